"""Annual summaries: ask for one, build what was asked for.

The row is the queue. A worker claims it by compare-and-set and renews its claim at every
step, so ten workers build it once, and what a crash leaves behind is taken up by the next.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models.claimed import LostClaim
from reports import notices, permissions
from reports.choices import JobState
from reports.documents import annual, pdf
from reports.models import ReportJob

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from accounts.models import Department, Person

log = logging.getLogger(__name__)

STEPS = 3  # figures frozen, document built, file kept
MOST_ATTEMPTS = 3  # a report that ends its worker time and again is given up


def ask(
    *,
    year: int,
    as_of: date,
    department: Department | None,
    by: Person,
    form_key: UUID | None = None,
) -> ReportJob:
    """Queue a report, or return the one this very form, or anybody before, asked for.

    Raises ``PermissionDenied`` if this person may not. A finished report does not stand
    in the way: figures change, so asking again later builds a new one.
    """
    verdict = permissions.ask_for_annual_report(by, department, on=timezone.localdate())
    if not verdict:
        raise PermissionDenied(verdict.reason)
    wanted = {"year": year, "as_of": as_of, "department": department}
    if found := _asked_before(wanted, by, form_key):
        return found
    try:
        with transaction.atomic():
            return ReportJob.objects.create(
                **wanted, asked_by=by, asked_at=timezone.now(), total=STEPS, form_key=form_key
            )
    except IntegrityError:  # somebody asked between our reading and our writing
        if found := _asked_before(wanted, by, form_key):
            return found
        raise


def _asked_before(wanted: dict[str, object], by: Person, form_key: UUID | None) -> ReportJob | None:
    if form_key and (same := ReportJob.objects.filter(form_key=form_key, asked_by=by).first()):
        return same
    return ReportJob.objects.unfinished().filter(**wanted).first()


def build_queued(*, now: datetime) -> int:
    """Build every report that waits; return how many got ready here."""
    ready = 0
    while (job := ReportJob.objects.claimable(now).order_by("asked_at", "pk").first()) is not None:
        if claimed := _claim(job, now):
            ready += _build(claimed)
    return ready


def _claim(job: ReportJob, now: datetime) -> ReportJob | None:
    return ReportJob.objects.select_related("department", "asked_by").claim(job, now)


def _build(job: ReportJob) -> bool:
    try:
        if job.attempts > MOST_ATTEMPTS:
            message = f"given up after {MOST_ATTEMPTS} attempts"
            raise RuntimeError(message)  # noqa: TRY301 -- a failure like any other
        snapshot = _freeze(job)
        document = pdf.render(annual.html(snapshot))
        job.renew(done=2)
        _keep(job, document)
    except LostClaim:
        log.warning("report %s was taken over by another worker", job.pk)
        return False
    except Exception as error:
        log.exception("report %s was not built", job.pk)
        _fail(job, error)
        return False
    return True


def _freeze(job: ReportJob) -> dict[str, object]:
    """Freeze the figures, once: a job that is taken up again keeps its snapshot."""
    if not job.snapshot:
        job.snapshot = annual.freeze(
            job.year, job.as_of, job.department.code if job.department else None
        )
        job.content_hash = annual.content_hash(job.snapshot)
    job.renew(done=1, snapshot=job.snapshot, content_hash=job.content_hash)
    return job.snapshot


def _keep(job: ReportJob, document: bytes) -> None:
    """Store the file, then say so; a file without its row is worth nothing and goes."""
    storage = job.file.storage
    name = storage.save(f"reports/{uuid4()}.pdf", ContentFile(document))
    try:
        with transaction.atomic():
            job.renew(
                state=JobState.READY, file=name, done=STEPS, error="",
                finished_at=timezone.now(),
            )  # fmt: skip
            notices.annual_report_ready(job)
    except BaseException:
        storage.delete(name)
        raise


@transaction.atomic
def _fail(job: ReportJob, error: Exception) -> None:
    text = f"{type(error).__name__}: {error}".replace("\0", "")[:500]
    try:
        job.renew(state=JobState.FAILED, error=text, finished_at=timezone.now())
    except LostClaim:
        return
    notices.annual_report_failed(job)
