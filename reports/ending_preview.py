"""Reports that are concerned when a department ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.choices import OrganisationSubject
from accounts.endings import NAMED, Change, Consequence, register
from reports.choices import AnnualState, IssueState, QuarterlyState, WeeklyState
from reports.models import AnnualReport, Issue, QuarterlyReport, WeeklyReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet


def join_in() -> None:
    register(preview=preview)


def preview(change: Change) -> Iterator[Consequence]:
    if change.subject != OrganisationSubject.DEPARTMENT:
        return
    to = change.heir or _("the member of the Standing Committee in charge")
    passes = _("They pass to the head of %(heir)s.") % {"heir": to}
    weekly = WeeklyReport.objects.filter(state=WeeklyState.SUBMITTED)
    yield _of(change, _("Weekly reports not read yet"), weekly, passes)
    quarterly = QuarterlyReport.objects.filter(state=QuarterlyState.SUBMITTED)
    yield _of(change, _("Quarterly reports not accepted yet"), quarterly, passes)
    annual = AnnualReport.objects.exclude(state=AnnualState.RECEIVED)
    yield _of(change, _("Annual reports not received yet"), annual, passes)
    issues = Issue.objects.exclude(state=IssueState.CLOSED)
    yield _of(change, _("Issues not closed yet"), issues, _("They stay with who answers for them."))


def _of(change: Change, title: str, rows: QuerySet[Any], what: str) -> Consequence:
    rows = rows.filter(department__in=change.ended)
    shown = tuple(str(row) for row in rows.order_by("pk")[:NAMED])
    return Consequence(title=title, count=rows.count(), rows=shown, what=what)
