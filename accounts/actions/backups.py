"""What is on record about backups. Nobody acts here but the clock, or an operator's command."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from accounts.choices import Body, Office
from accounts.models import Appointment, BackupRun, Person

if TYPE_CHECKING:
    from datetime import date, datetime

ANOTHER_TRY = timedelta(hours=1)  # after a backup that failed, or whose process died


def begin(place: str, *, now: datetime, night: date | None = None) -> BackupRun | None:
    """Note that a backup begins; None if this night's is made, or is being made, elsewhere."""
    values = {"started_at": now, "place": place[:300], "finished_at": None, "error": ""}
    try:
        with transaction.atomic():
            return BackupRun.objects.create(night=night, **values)
    except IntegrityError:
        # The condition is what makes a second worker come too late.
        again = BackupRun.objects.filter(night=night, ok=False, started_at__lt=now - ANOTHER_TRY)
        return BackupRun.objects.get(night=night) if again.update(**values) else None


@transaction.atomic
def succeed(run: BackupRun, **told: object) -> BackupRun:
    """Note what was kept: ``size``, ``rows``, ``files``, ``missing_files``, ``version``."""
    for name, value in {"ok": True, "finished_at": timezone.now(), **told}.items():
        setattr(run, name, value)
    run.save()
    return run


@transaction.atomic
def fail(run: BackupRun, error: BaseException) -> BackupRun:
    """Note why there is none; the administrators hear of a night without a backup."""
    run.finished_at = timezone.now()
    run.error = f"{type(error).__name__}: {error}".replace("\0", "")[:500]
    run.save()
    if run.night:
        for person in _administrators(timezone.localdate()):
            notify(
                person,
                kind="backup_failed",
                subject=_("The backup of the night of %(night)s was not made"),
                body=_("The system said: %(error)s"),
                values={
                    "night": date_format(run.night, "SHORT_DATE_FORMAT"),
                    "error": run.error,
                },
                key=f"backup-failed:{run.night}",
            )
    return run


def _administrators(on: date) -> list[Person]:
    held = Appointment.objects.on(on).filter(body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR)
    return list(Person.objects.filter(is_active=True, pk__in=held.values("person")))


def latest() -> tuple[BackupRun | None, BackupRun | None]:
    """The last backup that was begun, and the last one that was made. One query."""
    begun, made = BackupRun.objects.all(), BackupRun.objects.filter(ok=True)
    wanted = Q(pk=Subquery(begun.values("pk")[:1])) | Q(pk=Subquery(made.values("pk")[:1]))
    found = list(BackupRun.objects.filter(wanted))
    return (found[0], next((run for run in found if run.ok), None)) if found else (None, None)
