"""What the reports hold about a person: weekly and quarterly reports, issues, steps, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding, register
from reports.models import Issue

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person


def _issues(person: Person) -> QuerySet[Issue]:
    return Issue.objects.filter(Q(raised_by=person) | Q(owner=person))


STATE, WHEN, SUBMITTED = _("State"), _("When"), _("Submitted")
WRITTEN = (
    (_("Results"), "results"),
    (_("Difficulties"), "difficulties"),
    (_("Proposals"), "proposals"),
)
HOLDINGS = (
    Holding(
        name="weekly_reports",
        title=_("Weekly reports"),
        rows=lambda person: person.weeklyreports.all(),
        columns=(
            (_("Year"), "year"), (_("Week"), "number"), (STATE, "get_state_display"),
            (SUBMITTED, "submitted_at"), *WRITTEN,
        ),
    ),
    Holding(
        name="quarterly_reports",
        title=_("Quarterly reports"),
        rows=lambda person: person.quarterlyreports.all(),
        columns=(
            (_("Year"), "year"), (_("Quarter"), "quarter_number"), (STATE, "get_state_display"),
            (SUBMITTED, "submitted_at"), *WRITTEN, (_("Self-assessment"), "self_assessment"),
        ),
    ),
    Holding(
        name="issues",
        title=_("Issue register"),
        rows=_issues,
        columns=(
            (WHEN, "raised_at"), (_("Issue"), "text"), (STATE, "get_state_display"),
            (_("Answer"), "answer"),
        ),
    ),
    Holding(
        name="objections",
        title=_("Objections to the figures of a year"),
        rows=lambda person: person.objections.all(),
        columns=((WHEN, "made_at"), (_("Year"), "year"), (_("Objection"), "text")),
    ),
    Holding(
        name="report_steps",
        title=_("Steps taken on reports"),
        rows=lambda person: person.reportsteps_taken.all(),
        columns=((WHEN, "at"), (_("Step"), "name"), (_("Comment"), "comment")),
    ),
    Holding(
        name="report_files",
        title=_("Annual summaries asked for"),
        rows=lambda person: person.report_jobs.defer("snapshot"),
        columns=((WHEN, "asked_at"), (_("Year"), "year"), (STATE, "get_state_display")),
    ),
)  # fmt: skip


def join_in() -> None:
    register(*HOLDINGS)
