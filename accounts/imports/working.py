"""Imports in the background: looked through, and taken in once somebody has said so.

The row is the queue. What an import writes and the word that it is done are one transaction,
so a worker that dies in the middle leaves nothing, and the next one begins anew.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.choices import ImportState
from accounts.imports import recording
from accounts.imports.previews import counts_of, digest_of, preview_of
from accounts.imports.telling import tell_ended
from accounts.interchange.importing import Manner, run_import
from accounts.interchange.reorganisation import Asked, reorganise
from accounts.models import ImportJob
from accounts.models.claimed import CLAIM_LASTS, LostClaim

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime

    from accounts.interchange.run import Run

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3  # a file that ends its worker time and again is given up
PROGRESS_EVERY = 100  # rows
PROGRESS_LASTS = 600  # seconds


def take_up(*, now: datetime) -> int:
    """Work on every upload that waits; return how many were worked on here."""
    worked = 0
    while (job := _next(now)) is not None:
        claimed = _claim(job, now)
        if claimed is None:
            break  # another worker is at it and goes on with what is left
        with translation.override(claimed.language or settings.LANGUAGE_CODE):
            _work(claimed)
        worked += 1
    return worked


def _next(now: datetime) -> ImportJob | None:
    waiting = ImportJob.objects.claimable(now)
    at_work = ImportJob.objects.filter(
        state=ImportState.IMPORTING, claimed_at__gte=now - CLAIM_LASTS
    )
    if at_work.exists():  # one import at a time
        waiting = waiting.exclude(state=ImportState.TO_IMPORT)
    return waiting.defer("preview", "journal").order_by("asked_at", "pk").first()


def _claim(job: ImportJob, now: datetime) -> ImportJob | None:
    try:
        with transaction.atomic():
            return ImportJob.objects.claim(job, now)
    except IntegrityError:  # another import was begun between our reading and our writing
        return None


def progress_of(job: ImportJob) -> int:
    """Rows read so far: kept beside the database, which shows nothing before it is all there."""
    return cache.get(_key(job), 0)


def _key(job: ImportJob) -> str:
    return f"import-progress-{job.pk}"


def _work(job: ImportJob) -> None:
    try:
        if job.attempts > MOST_ATTEMPTS:
            message = f"given up after {MOST_ATTEMPTS} attempts"
            raise RuntimeError(message)  # noqa: TRY301 -- a failure like any other
        if job.state == ImportState.CHECKING:
            _look_through(job)
        else:
            _take_in(job)
    except LostClaim:
        log.warning("import %s was taken over by another worker", job.pk)
    except Exception as error:
        log.exception("import %s failed", job.pk)
        _fail(job, error)
    finally:
        cache.delete(_key(job))


@contextmanager
def _on_disk(job: ImportJob) -> Generator[Path]:
    """The file where the readers can open it, wherever the storage keeps it."""
    ending = Path(job.file.name or "").suffix
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{ending}"
        with job.file.open("rb") as kept, path.open("wb") as copy:
            shutil.copyfileobj(kept, copy)
        yield path


def _run(job: ImportJob, manner: Manner) -> tuple[Run, list[str]]:
    warnings: list[str] = []
    if job.is_reorganisation:
        by = job.confirmed_by or job.asked_by
        asked = Asked.of(job.options)
        return reorganise(asked, manner, by=by, tell=warnings.append), warnings
    with _on_disk(job) as path:
        return run_import(path, manner, warnings.append), warnings


def _manner(job: ImportJob, **more: object) -> Manner:
    def on_row(count: int) -> None:
        if count % PROGRESS_EVERY == 0:
            cache.set(_key(job), count, PROGRESS_LASTS)

    own: Any = {"shown": job.name, "most_rows": settings.IMPORT_ROWS, "on_row": on_row, **more}
    return Manner(quotes_papers=False, **own)


def _look_through(job: ImportJob) -> None:
    run, warnings = _run(job, _manner(job, dry_run=True))
    state = ImportState.REFUSED if run.failed else ImportState.CHECKED
    values = {"digest": "" if run.failed else digest_of(run)}
    _end(job, state, preview=preview_of(run, warnings), **values, **counts_of(run))


def _take_in(job: ImportJob) -> None:
    def settle(run: Run) -> None:
        """The last thing before it is kept: it has to be what was confirmed."""
        if digest_of(run) != job.digest:
            run.problem("", 0, "", _("What is on record has changed; look through it again."))
            return
        journal = run.journal.as_json()
        _put_on_record(job, journal)
        _end(job, ImportState.DONE, journal=journal, **counts_of(run))

    run, warnings = _run(job, _manner(job, settle=settle))
    if run.failed:
        preview = preview_of(run, warnings)
        _end(job, ImportState.FAILED, preview=preview, **counts_of(run))


def _put_on_record(job: ImportJob, journal: list[dict[str, Any]]) -> None:
    """Under the name of whoever confirmed it; the reorganisation's actions have done it."""
    by = job.confirmed_by
    if by is None or job.is_reorganisation:  # a constraint knows that there is somebody
        return
    recording.write(recording.taken_in(journal, by=by))
    recording.follow_addresses(journal, by=by)


def _fail(job: ImportJob, error: Exception) -> None:
    text = f"{type(error).__name__}: {error}".replace("\0", "")[:500]
    try:
        _end(job, ImportState.FAILED, error=text)
    except LostClaim:
        return


@transaction.atomic
def _end(job: ImportJob, state: ImportState, **values: object) -> None:
    """Write how it ended, if the job is still ours; whoever asked hears of it."""
    job.renew(state=state, finished_at=timezone.now(), **values)
    if state != ImportState.CHECKED:  # waits for a person, who is looking
        tell_ended(job, state)
