"""What the reports know of a change of office: what waits to be read, issues owned."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import consequences
from accounts.choices import Body, Office
from accounts.consequences import Change, Consequence
from reports.choices import AnnualState, IssueState, QuarterlyState, WeeklyState
from reports.models import AnnualReport, Issue, QuarterlyReport, ReportStep, WeeklyReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import Appointment


def join_in() -> None:
    consequences.register(foresees=foresee, done=done)


def foresee(change: Change) -> Iterator[Consequence]:
    row = change.ends
    if row is None or row.body not in (Body.DEPARTMENT, Body.STANDING_COMMITTEE):
        return
    waiting: list[tuple[str, Any, str]] = [
        (_("%(n)d weekly reports to read"), WeeklyReport, WeeklyState.SUBMITTED),
        (_("%(n)d quarterly reports to accept"), QuarterlyReport, QuarterlyState.SUBMITTED),
    ]
    counted = [
        (words, model.objects.filter(superior=change.person, state=state).count())
        for words, model, state in waiting
    ]
    if row.office == Office.HEAD:
        open_ones = AnnualReport.objects.filter(department=row.department)
        open_ones = open_ones.exclude(state=AnnualState.RECEIVED)
        counted.append((_("%(n)d annual reports of the department under way"), open_ones.count()))
    if named := tuple(words % {"n": n} for words, n in counted if n):
        yield Consequence(_("Reports that pass to whoever reads them then:"), "warn", named)
    owned = Issue.objects.filter(owner=change.person, state=IssueState.OPEN).count()
    if owned:
        text = _("%(n)d open issues are in the comrade's care; give them to somebody else.")
        yield Consequence(text % {"n": owned}, "warn")


def done(row: Appointment) -> Iterator[str]:
    by_them = Q(by=row.person_id) | Q(on_behalf_of=row.person_id)
    taken: dict[str, Any] = {
        "at__date__gte": row.starts_on,
        "at__date__lte": row.ends_on or date.max,
    }
    if ReportStep.objects.filter(by_them, **taken).exists():
        yield _("Reports were moved on by the comrade in this time.")
