"""Weekly and quarterly reports: writing a draft, and the steps of their paths (R10, R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import superiors_for
from fieldvisits.actions.bulk import one_by_one
from fieldvisits.actions.door import Stale, hold, take
from reports import permissions
from reports.actions import issues
from reports.models import QuarterlyReport, WeeklyReport

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import Person
    from fieldvisits.calendar import Quarter, Week
    from fieldvisits.models.paper import StepFields
    from reports.models.report import Report

AnyReport = TypeVar("AnyReport", WeeklyReport, QuarterlyReport)


def weekly_key(week: Week) -> dict[str, int]:
    return {"year": week.year, "number": week.number}


def quarterly_key(quarter: Quarter) -> dict[str, int]:
    return {"year": quarter.year, "quarter_number": quarter.number}


def save_weekly(
    week: Week, *, by: Person, said: dict[str, Any], revision: int | None = None
) -> WeeklyReport:
    """Write the draft of ``by`` for ``week``: a new one, or over the one that was seen.

    ``revision`` is the one of the draft the person saw, None if there was none. Raises
    ``ValidationError`` if it was changed elsewhere meanwhile or has been sent off,
    ``PermissionDenied`` if the person reports on no visits.
    """
    return _save(WeeklyReport, weekly_key(week), by=by, said=said, revision=revision)


def save_quarterly(
    quarter: Quarter, *, by: Person, said: dict[str, Any], revision: int | None = None
) -> QuarterlyReport:
    """As ``save_weekly``, of a quarter."""
    return _save(QuarterlyReport, quarterly_key(quarter), by=by, said=said, revision=revision)


@transaction.atomic
def _save(
    model: type[AnyReport],
    key: dict[str, int],
    *,
    by: Person,
    said: dict[str, Any],
    revision: int | None,
) -> AnyReport:
    if not (verdict := permissions.writes_reports(by, on=timezone.localdate())):
        raise PermissionDenied(str(verdict.reason))
    report, made = _found_or_made(model, key, by=by, said=said)
    if made or all(getattr(report, name) == value for name, value in said.items()):
        return report  # pressed twice, or sent again: written once
    return write_over(report, said, revision=revision, is_open=lambda: report.is_with_writer)


def write_over(
    report: Any, said: dict[str, Any], *, revision: int | None, is_open: Callable[[], bool]
) -> Any:
    """Put ``said`` into a draft, if it is still the one that was seen; of a weekly, quarterly
    or annual report. Raises ``ValidationError`` as ``save_weekly`` does.
    """
    hold(report)
    if not is_open():
        raise ValidationError(
            _("The report has been sent off; withdraw it, or ask for it back, to change it."),
            code="moved_on",
        )
    if revision != report.revision:
        raise ValidationError(
            _(
                "This report was changed elsewhere meanwhile. What you typed is still here; "
                "compare it with the report, then save again."
            ),
            code="stale",
        )
    rows = type(report).objects.filter(pk=report.pk, revision=report.revision, state=report.state)
    if not rows.update(**said, revision=F("revision") + 1):
        raise Stale(report)
    report.refresh_from_db()
    return report


def _found_or_made(
    model: type[AnyReport], key: dict[str, int], *, by: Person, said: dict[str, Any]
) -> tuple[AnyReport, bool]:
    own = model.objects.filter(person=by, **key)
    if report := own.first():
        return report, False
    try:
        with transaction.atomic():
            values = {**key, **said, "moved_at": timezone.now(), "revision": 1}
            return model.objects.create(person=by, **values), True
    except IntegrityError:  # somebody pressed twice: the other press was first
        return own.get(), False


@transaction.atomic
def submit(
    report: Report, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Send a report to the superior of today; its content is frozen, the first time stays."""
    on, now = timezone.localdate(), timezone.now()
    hold(report)
    department = report.person.offices(on).department_id
    changes = {
        "department_id": department,
        "superior": superiors_for(by, on).of(report.person, department),
        "submitted_at": report.submitted_at or now,
    }
    return take(report, "submit", by=by, version=version, comment=comment, changes=changes)


@transaction.atomic
def report_nothing(week: Week, *, by: Person, revision: int | None = None) -> StepFields:
    """Say that there is nothing to report of ``week``, and send it: a valid report (R12).

    Raises ``ValidationError`` if something is written in the draft already.
    """
    said = {"has_nothing": True}
    report = save_weekly(week, by=by, said=said, revision=revision)
    if f"{report.results}{report.difficulties}{report.proposals}".strip():
        raise ValidationError(
            _("Something is written in the draft already. Submit that, or empty it first."),
            code="not_empty",
        )
    return submit(report, by=by)


def withdraw(
    report: Report, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    return take(report, "withdraw", by=by, version=version, comment=comment)


@transaction.atomic
def acknowledge(
    report: WeeklyReport, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Say that it was read; what it proposes goes into the issue register (R12)."""
    step = take(report, "acknowledge", by=by, version=version, comment=comment)
    issues.follow_up(report, by=by)
    return step


@transaction.atomic
def accept(
    report: QuarterlyReport, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Close the quarter; what it proposes goes into the issue register (R12)."""
    step = take(report, "accept", by=by, version=version, comment=comment)
    issues.follow_up(report, by=by)
    return step


def send_back(
    report: QuarterlyReport, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Return a report to its writer with a reason."""
    return take(report, "return", by=by, version=version, comment=comment)


def acknowledge_all(reports: list[WeeklyReport], *, by: Person) -> list[tuple[WeeklyReport, str]]:
    """Acknowledge many, each in its own transaction; return (report, problem or "")."""
    return one_by_one(reports, lambda report: acknowledge(report, by=by))
