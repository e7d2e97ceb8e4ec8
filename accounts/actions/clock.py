"""Note when the clock did something: the administrator's desk shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from accounts.models import ClockRun

if TYPE_CHECKING:
    from datetime import datetime


@transaction.atomic
def note_run(task: str, *, at: datetime, error: str = "") -> None:
    """Remember that ``task`` ended ``at``; ``error`` says what went wrong, if anything did."""
    values: dict[str, object] = {"ended_at": at, "last_error": error[:500]}
    if not error:
        values["succeeded_at"] = at
    if not ClockRun.objects.filter(task=task).update(**values):
        ClockRun.objects.update_or_create(task=task, defaults=values)
