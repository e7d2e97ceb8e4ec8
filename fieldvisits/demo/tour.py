"""A tour of the demonstration: three colleagues at one unit on one day, planned as a team."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from accounts.models import Unit
from fieldvisits.actions import plans, teams
from fieldvisits.calendar import SATURDAY, days_from
from fieldvisits.demo import words
from fieldvisits.demo.people import HOST
from fieldvisits.models import LedgerEntry, Visit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fieldvisits.models import Plan

PEOPLE = 3
AHEAD = timedelta(days=4)  # the unit of the demonstration still has it to answer


def plan_tour(drafts: Sequence[Plan], today: date) -> None:
    """The first plans a visit and asks the others; each agrees and gets the row."""
    first, *others = drafts
    unit = Unit.objects.filter(code=HOST).first()
    day = _free_day(drafts, today + AHEAD)
    if unit is None or day is None:
        return
    visit = Visit(
        unit=unit,
        starts_on=day,
        ends_on=day,
        session="full",
        kind="working_session",
        content=words.TOUR,
    )
    plans.save_visit(visit, plan=first, by=first.cadre)
    colleagues = [plan.cadre for plan in others]
    for invitation in teams.invite(visit, by=first.cadre, colleagues=colleagues):
        teams.answer(invitation, by=invitation.colleague, agrees=True)


def _free_day(drafts: Sequence[Plan], wanted: date) -> date | None:
    """The first working day from ``wanted`` on that nobody of them has taken."""
    cadres = [plan.cadre_id for plan in drafts]
    taken = set(LedgerEntry.objects.filter(cadre__in=cadres).values_list("date", flat=True))
    quarter = drafts[0].quarter
    days = [
        day
        for day in days_from(quarter.first_day, quarter.last_day)
        if day.weekday() < SATURDAY and day not in taken
    ]
    return next((day for day in days if day >= wanted), days[-1] if days else None)
