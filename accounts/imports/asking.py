"""What a person does with an import: upload, confirm, look again, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.choices import ImportKind, ImportState
from accounts.imports import recording
from accounts.interchange import reorganisation
from accounts.interchange.taking_back import take_back
from accounts.models import ImportJob
from accounts.permissions_imports import imports_tables

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.imports.uploads import Upload
    from accounts.interchange.reorganisation import Asked
    from accounts.models import Person

_AGAIN = (ImportState.CHECKED, ImportState.REFUSED, ImportState.FAILED)
_GOING_IN = (ImportState.TO_IMPORT, ImportState.IMPORTING)


def _require(by: Person) -> None:
    if not (verdict := imports_tables(by)):
        raise PermissionDenied(verdict.reason)


def ask(upload: Upload, *, by: Person) -> ImportJob:
    """Keep the file and have it looked through; nothing is taken in yet."""
    _require(by)
    job = ImportJob(
        name=upload.name,
        size=upload.content.size,
        asked_by=by,
        asked_at=timezone.now(),
        language=get_language() or "",
    )
    storage = job.file.storage
    job.file.name = storage.save(f"imports/{uuid4()}{upload.ending}", upload.content)
    try:
        with transaction.atomic():
            job.save()
    except BaseException:
        storage.delete(job.file.name)
        raise
    return job


@transaction.atomic
def ask_reorganisation(asked: Asked, *, by: Person) -> ImportJob:
    """Have the tables of 1/7/2025 looked through; nothing changes yet."""
    _require(by)
    return ImportJob.objects.create(
        kind=ImportKind.REORGANISATION,
        options=asked.plain(),
        preview={"rows": reorganisation.row_count()},
        asked_by=by,
        asked_at=timezone.now(),
        language=get_language() or "",
    )


def confirm(job: ImportJob, *, by: Person) -> ImportJob:
    """Have the file taken in. Of two who press at once one does; the other is told who."""
    _require(by)
    job.refresh_from_db()
    if job.state == ImportState.CHECKED and not job.is_confirmable:
        raise ValidationError(_("Nothing would change: there is nothing to take in."))
    taken = ImportJob.objects.filter(
        pk=job.pk, state=ImportState.CHECKED, digest=job.digest
    ).update(
        state=ImportState.TO_IMPORT,
        confirmed_by=by,
        confirmed_at=timezone.now(),
        attempts=0,
        error="",
    )
    job.refresh_from_db()
    if not taken and job.confirmed_by:
        sentence = _("%(person)s has already confirmed this import; it is taken in once.")
        raise ValidationError(sentence % {"person": job.confirmed_by})
    if not taken:
        raise ValidationError(_("This import cannot be confirmed: look at its state below."))
    return job


def look_again(job: ImportJob, *, by: Person) -> ImportJob:
    """Have the file looked through anew: what is on record may be another by now."""
    _require(by)
    asked = ImportJob.objects.filter(pk=job.pk, state__in=_AGAIN)
    asked = asked.exclude(kind=ImportKind.TABLES, file="")
    values = {"state": ImportState.TO_CHECK, "confirmed_by": None, "confirmed_at": None}
    if not asked.update(**values, attempts=0, error=""):
        raise ValidationError(_("This import cannot be looked through again."))
    job.refresh_from_db()
    return job


@transaction.atomic
def undo(job: ImportJob, *, by: Person) -> ImportJob:
    """Take the last import back, all of it; raise ``ValidationError`` naming what forbids it."""
    _require(by)
    _undo(job, by)
    kept = job.file.name
    if kept:
        transaction.on_commit(lambda: job.file.storage.delete(kept))
    return job


def stands_in_the_way(job: ImportJob, *, by: Person) -> list[str]:
    """What taking the import back would be refused for; nothing is changed."""
    try:
        with transaction.atomic():
            _undo(job, by)
            transaction.set_rollback(True)
    except ValidationError as refusal:
        return refusal.messages
    finally:
        job.refresh_from_db()
    return []


def _undo(job: ImportJob, by: Person) -> None:
    # The compare-and-set first: it makes a second person, or a new import, wait.
    taken = ImportJob.objects.filter(pk=job.pk, state=ImportState.DONE).update(
        state=ImportState.UNDONE, undone_by=by, undone_at=timezone.now(), file=""
    )
    if not taken:
        raise ValidationError(_("Only an import that was taken in can be taken back."))
    if ImportJob.objects.filter(state__in=_GOING_IN).exists():
        raise ValidationError(_("Another import is being taken in; wait until it is done."))
    later = ImportJob.objects.filter(state=ImportState.DONE, finished_at__gt=job.finished_at)
    if newest := later.order_by("finished_at").last():
        sentence = _("A later import, “%(name)s”, was built on it; take that one back first.")
        raise ValidationError(sentence % {"name": newest.title})
    if job.journal is None:
        raise ValidationError(_("It lies too long ago; its record has been cleared away."))
    events = recording.taken_back(job.journal, by=by)
    take_back(job.journal)
    recording.write(events)
    recording.follow_addresses(job.journal, by=by, back=True)
    if job.is_reorganisation:
        reorganisation.note_taken_back(by=by)
    ImportJob.objects.filter(pk=job.pk).update(journal=None)


def forget_old(*, now: datetime, kept: object) -> int:
    """Clear away file, preview and journal of what was uploaded longer ago than ``kept``."""
    old = ImportJob.objects.filter(asked_at__lt=now - kept).exclude(state__in=_GOING_IN)  # type: ignore[operator]  # a timedelta
    old = old.exclude(file="", preview__isnull=True, journal__isnull=True)
    forgotten = 0
    for job in old.defer("preview", "journal"):
        name = job.file.name
        ImportJob.objects.filter(pk=job.pk).update(file="", preview=None, journal=None)
        if name:
            job.file.storage.delete(name)
        forgotten += 1
    return forgotten
