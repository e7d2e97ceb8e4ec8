"""What the clock has to do, and whether it did."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from celery.schedules import crontab
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.clock import note_run
from accounts.models import ClockRun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django_stubs_ext import StrOrPromise

log = logging.getLogger(__name__)

NAMES: dict[str, StrOrPromise] = {
    "fieldvisits.remind": gettext_lazy("Reminding of what is due"),
    "fieldvisits.expire_confirmations": gettext_lazy("Closing requests nobody answered"),
    "reports.build_queued_reports": gettext_lazy("Building reports that were asked for"),
    "accounts.deliver_messages": gettext_lazy("Sending messages"),
    "accounts.take_up_imports": gettext_lazy("Taking in tables"),
    "accounts.forget_old_imports": gettext_lazy("Clearing files of old imports"),
    "config.back_up": gettext_lazy("The nightly backup"),
}
DAILY_AT_LEAST = timedelta(hours=26)
PATIENCE = timedelta(minutes=15)  # with work that is done every minute


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work of the clock, and its last run."""

    task: str
    every: timedelta  # a run older than this is too old
    run: ClockRun | None

    @property
    def name(self) -> str:
        return str(NAMES.get(self.task, self.task))

    def is_late(self, now: datetime) -> bool:
        return self.run is not None and now - self.run.ended_at > self.every

    @property
    def failed(self) -> bool:
        return bool(self.run and self.run.last_error)

    @property
    def said(self) -> str:
        if self.run is None:
            return _("has not run yet")
        return timezone.localtime(self.run.ended_at).strftime("%d/%m/%Y %H:%M")


def works() -> Iterator[Work]:
    """Everything in the schedule with its last run: one query."""
    runs = {run.task: run for run in ClockRun.objects.all()}
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        task, schedule = str(entry["task"]), entry["schedule"]
        daily = isinstance(schedule, crontab)
        every = DAILY_AT_LEAST if daily else max(PATIENCE, 5 * schedule)
        yield Work(task, every, runs.get(task))


def note(task: str, error: Any = "") -> None:
    """Write down that a task ended; that this fails is no reason for the task to fail."""
    try:
        note_run(task, at=timezone.now(), error=str(error or ""))
    except DatabaseError:
        log.exception("the run of %s was not noted", task)
