"""What must be so before a report is sent: all problems at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import superiors_for
from fieldvisits.checks import LEAST_WORDS, day
from fieldvisits.models import Regulation

if TYPE_CHECKING:
    from reports.models import AnnualReport, Issue, QuarterlyReport, WeeklyReport
    from reports.models.report import Report


def weekly_ready_to_submit(report: WeeklyReport) -> None:
    """R12: something said, or said that there is nothing; the week has begun."""
    problems = _without_reader(report)
    if report.week.monday > timezone.localdate():
        problems.append(
            ValidationError(
                _("The week begins on %(day)s; it can be reported from that day on.")
                % {"day": day(report.week.monday)},
                code="not_begun",
            )
        )
    said = f"{report.results} {report.difficulties} {report.proposals}"
    if not report.has_nothing and len(said.split()) < LEAST_WORDS:
        problems.append(
            ValidationError(
                _(
                    "Say concretely what was done this week and what came out of it, "
                    "or report that there is nothing to report."
                ),
                code="field-results",
            )
        )
    if problems:
        raise ValidationError(problems)


def quarterly_ready_to_submit(report: QuarterlyReport) -> None:
    """R10: in detail: the results, and the own assessment against the plan; the quarter is over."""
    problems = _without_reader(report)
    if report.quarter.last_day > timezone.localdate():
        problems.append(
            ValidationError(
                _("The quarter ends on %(day)s; it can be reported from that day on.")
                % {"day": day(report.quarter.last_day)},
                code="not_over",
            )
        )
    if len(report.results.split()) < LEAST_WORDS:
        problems.append(
            ValidationError(
                _("Say concretely what was done this quarter and what came out of it."),
                code="field-results",
            )
        )
    if not report.self_assessment.strip():
        problems.append(
            ValidationError(
                _("Say how what was done compares with the plan."), code="field-self_assessment"
            )
        )
    if problems:
        raise ValidationError(problems)


def annual_ready_to_submit(report: AnnualReport) -> None:
    """R11: complete, with results and lessons; the year has begun."""
    problems = []
    first, _last = Regulation.objects.for_year(report.year).window(report.year)
    if first > timezone.localdate():
        problems.append(
            ValidationError(
                _("The year begins on %(day)s; it can be reported from that day on.")
                % {"day": day(first)},
                code="not_begun",
            )
        )
    if len(report.results.split()) < LEAST_WORDS:
        problems.append(
            ValidationError(
                _("Say concretely what the department did this year and what came out of it."),
                code="field-results",
            )
        )
    if not report.lessons.strip():
        problems.append(
            ValidationError(_("Say what the department has learned."), code="field-lessons")
        )
    if problems:
        raise ValidationError(problems)


def issue_is_new(issue: Issue) -> None:
    """It is raised once, and says something."""
    if issue.version:
        raise ValidationError(_("This issue stands in the register already."), code="moved_on")
    if not issue.text.strip():
        raise ValidationError(_("Say what it is about."), code="field-text")
    if issue.due_on is not None:
        issue_ready_to_assign(issue)


def issue_ready_to_assign(issue: Issue) -> None:
    """R12: somebody in office, and a day that has not gone by."""
    today, problems = timezone.localdate(), []
    if not issue.owner.offices(today).is_in_agency:
        problems.append(
            ValidationError(_("Choose somebody who holds an office today."), code="field-owner")
        )
    if issue.due_on is None or issue.due_on < today:
        problems.append(ValidationError(_("Name a day from today on."), code="field-due_on"))
    if problems:
        raise ValidationError(problems)


def _without_reader(report: Report) -> list[ValidationError]:
    """Somebody has to hold the office that reads it (R17)."""
    on = timezone.localdate()
    department = report.person.offices(on).department_id
    if superiors_for(report.person, on).of(report.person, department):
        return []
    return [
        ValidationError(_("Nobody holds the office that reads this report."), code="no_superior")
    ]
