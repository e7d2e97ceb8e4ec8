"""A cadre's quarter as weeks and half-days, and who else is at the same unit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from fieldvisits.calendar import SATURDAY, Quarter, Week
from fieldvisits.choices import HALVES, Half, ProductState, Session, VisitKind, VisitState
from fieldvisits.ledger.conditions import APPROVED_STATES
from fieldvisits.models import LedgerEntry
from fieldvisits.overview.words import department_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from fieldvisits.calendar import type_of_holiday
    from fieldvisits.models import Plan, Visit

LOOKS = {
    VisitState.PROPOSED: "plan",
    VisitState.APPROVED: "appr",
    VisitState.REPORTED: "wait",
    VisitState.ACCEPTED: "done",
}
LAST_WEEKS_OF_A_MONTH = 7

# {(unit, week): names of the other departments that are there}
type_of_others = dict[tuple[int, Week], list[str]]


def others_at(plan: Plan, unit_ids: Iterable[int]) -> type_of_others:
    """Departments other than the plan's at the same units, by week: registered or approved."""
    weeks = plan.quarter.weeks()
    rows = (
        LedgerEntry.objects.filter(
            Q(state__in=APPROVED_STATES) | Q(visit__registered_on__isnull=False, live=True),
            unit__in=set(unit_ids),
            date__range=(weeks[0].monday, weeks[-1].sunday),
        )
        .exclude(cadre=plan.cadre_id)
        .exclude(department=plan.department_id, department__isnull=False)
        .order_by()
        .values_list("unit", "date", department_name("department", "date", field="short_name"))
        .distinct()
    )
    found: defaultdict[tuple[int, Week], list[str]] = defaultdict(list)
    for unit, day, name in rows:
        names = found[unit, Week.of(day)]
        if (said := name or _("the Standing Committee")) not in names:
            names.append(said)
    return dict(found)


def look_of(visit: Visit) -> str:
    """The look of a visit's half-days: asked, approved, provisional, counted."""
    if (
        visit.state == VisitState.ACCEPTED
        and visit.kind == VisitKind.THEMATIC
        and visit.product != ProductState.ACCEPTED
    ):
        return "wait"
    return LOOKS.get(VisitState(visit.state), "")


@dataclass
class Day:
    """One day of the sheet; ``says`` tells in words what the tile shows."""

    date: date
    am: str = ""
    pm: str = ""
    other: bool = False
    weekend: bool = False
    outside: bool = False
    words: list[str] = field(default_factory=list)
    counted: int = 0

    @property
    def says(self) -> str:
        return f"{self.date:%d/%m}: {'; '.join(self.words)}" if self.words else ""

    def claim(self, visit: Visit, look: str, *, others: list[str]) -> None:
        for half in HALVES[Session(visit.session)]:
            setattr(self, "am" if half == Half.AM else "pm", look)
        self.words.append(f"{visit.get_session_display()} {visit.unit.name_on(visit.starts_on)}")
        if others:
            self.other = True
            self.words.append(_("also there: %(names)s") % {"names": ", ".join(others)})
        if visit.counts and not visit.shared:
            self.counted += len(HALVES[Session(visit.session)])


def quarter_grid(
    quarter: Quarter,
    visits: Iterable[Visit],
    *,
    holidays: type_of_holiday,
    others: type_of_others,
    edited: int | None = None,
) -> dict[str, Any]:
    """Weeks of ``quarter`` for the component ``quarter_grid``; ``edited`` is lit."""
    days = {
        day: Day(day, weekend=day.weekday() >= SATURDAY, outside=day not in quarter)
        for week in quarter.weeks()
        for day in week.days()
    }
    for day, kind in holidays.items():
        if day in days and kind == "off":
            days[day].am = days[day].pm = "off"
            days[day].words.append(_("day off"))
    for visit in visits:
        look = "sel" if edited and visit.pk == edited else look_of(visit)
        for day in dict.fromkeys(day for day, _half in visit.slots()):
            if day in days and look:
                there = others.get((visit.unit_id, Week.of(day)), [])
                days[day].claim(visit, look, others=there)
    return {
        "caption": _("Half-days of the quarter, by week"),
        "weeks": [_week(week, days) for week in quarter.weeks()],
        "legend": "plan appr wait done off dot" if edited is None else "plan sel off dot",
    }


def _week(week: Week, days: dict[date, Day]) -> dict[str, Any]:
    own = [days[day] for day in week.days()]
    return {
        "number": week.number,
        "first": week.monday,
        "total": sum(day.counted for day in own),
        "starts_month": any(day.date.day <= LAST_WEEKS_OF_A_MONTH for day in own[:1]),
        "days": own,
    }
