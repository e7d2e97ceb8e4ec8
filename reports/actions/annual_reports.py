"""The annual report of a department: compiling it, and the steps of its path (R11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldvisits.actions.door import hold, take
from reports import contents, permissions
from reports.actions.writing import write_over
from reports.models import AnnualReport

if TYPE_CHECKING:
    from accounts.models import Department, Person
    from fieldvisits.models.paper import StepFields


@transaction.atomic
def save(
    department: Department,
    year: int,
    *,
    by: Person,
    said: dict[str, Any],
    revision: int | None = None,
) -> AnnualReport:
    """Write the texts of the report: a new one, or over the one that was seen.

    ``revision`` is that of the draft the person saw, None if there was none. Raises
    ``ValidationError`` if it was changed elsewhere meanwhile or has been sent off,
    ``PermissionDenied`` for anybody but the head and the deputies.
    """
    if not (verdict := permissions.compiles_annual(by, department.pk)):
        raise PermissionDenied(str(verdict.reason))
    report, made = _found_or_made(department, year, said)
    if made or all(getattr(report, name) == value for name, value in said.items()):
        return report  # pressed twice, or sent again: written once
    found: AnnualReport = write_over(
        report, said, revision=revision, is_open=lambda: report.is_with_department
    )
    return found


def _found_or_made(
    department: Department, year: int, said: dict[str, Any]
) -> tuple[AnnualReport, bool]:
    own = AnnualReport.objects.filter(department=department, year=year)
    if report := own.first():
        return report, False
    try:
        with transaction.atomic():
            values = {**said, "moved_at": timezone.now(), "revision": 1}
            return AnnualReport.objects.create(department=department, year=year, **values), True
    except IntegrityError:  # somebody pressed twice, or a deputy was faster
        return own.get(), False


@transaction.atomic
def submit(
    report: AnnualReport, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Send it to TCKT with the figures of the moment; the first time decides what is late."""
    hold(report)
    changes = {"submitted_at": report.submitted_at or timezone.now()}
    return take(report, "submit", by=by, version=version, comment=comment, changes=changes)


def recall(
    report: AnnualReport, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    return take(report, "recall", by=by, version=version, comment=comment)


def put_before(
    report: AnnualReport, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    return take(report, "put_before", by=by, version=version, comment=comment)


def take_back(
    report: AnnualReport, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Undo the putting before, until a member has received or returned it."""
    return take(report, "take_back", by=by, version=version, comment=comment)


def send_back(
    report: AnnualReport, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Return it to its department with a reason."""
    return take(report, "return", by=by, version=version, comment=comment)


def receive(
    report: AnnualReport, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    return take(report, "receive", by=by, version=version, comment=comment)


@transaction.atomic
def add(
    report: AnnualReport, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Freeze the figures as they are now beside those of the report, which stay.

    Raises ``ValidationError`` if nothing has changed since the last ones.
    """
    hold(report)
    last = report.versions.order_by("-number").first()
    if last and _figures(last.content) == _figures(contents.annual_content(report)):
        raise ValidationError(
            _("The figures are those of the last snapshot; there is nothing to add."),
            code="unchanged",
        )
    return take(report, "addendum", by=by, version=version, comment=comment)


def _figures(content: dict[str, Any]) -> Any:
    """The figures of a snapshot, whatever the day it was taken."""
    return content["summary"]["departments"]
