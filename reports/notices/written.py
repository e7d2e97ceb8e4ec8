"""Who is told of the steps of weekly and quarterly reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fieldvisits.notices.telling import tell_step

if TYPE_CHECKING:
    from fieldvisits.models.paper import StepFields
    from reports.models import QuarterlyReport, WeeklyReport


def _of_week(report: WeeklyReport) -> dict[str, object]:
    return {"name": report.person, "week": report.number, "year": report.year}


def _of_quarter(report: QuarterlyReport) -> dict[str, object]:
    return {"name": report.person, "quarter": report.quarter.roman, "year": report.year}


def _weekly_submitted(report: WeeklyReport, step: StepFields) -> None:
    subject = _("%(name)s submits the report of week %(week)d/%(year)d")
    tell_step(report.superior, "to_read", report, step, subject, _of_week(report))


def _quarterly_submitted(report: QuarterlyReport, step: StepFields) -> None:
    subject = _("%(name)s submits the report of quarter %(quarter)s/%(year)d")
    tell_step(report.superior, "to_decide", report, step, subject, _of_quarter(report))


def _quarterly_returned(report: QuarterlyReport, step: StepFields) -> None:
    subject = _("Your report of quarter %(quarter)s/%(year)d has been returned")
    tell_step(report.person, "returned", report, step, subject, _of_quarter(report))


def _quarterly_accepted(report: QuarterlyReport, step: StepFields) -> None:
    subject = _("Your report of quarter %(quarter)s/%(year)d has been accepted")
    tell_step(report.person, "decided", report, step, subject, _of_quarter(report))


def _weekly_acknowledged(report: WeeklyReport, step: StepFields) -> None:
    """Said only with a word of the superior: that it was read is seen on the page."""
    if step.comment:
        subject = _("%(by)s answers your report of week %(week)d/%(year)d")
        values = {**_of_week(report), "by": step.by}
        tell_step(report.person, "decided", report, step, subject, values)


WEEKLY = {"submit": _weekly_submitted, "acknowledge": _weekly_acknowledged}
QUARTERLY = {
    "submit": _quarterly_submitted,
    "return": _quarterly_returned,
    "accept": _quarterly_accepted,
}
