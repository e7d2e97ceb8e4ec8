"""The rows of a department's board: one person, thirteen weeks, a chip per visit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.looks import look_of
from accounts.text import search_text
from fieldvisits import workflow
from fieldvisits.calendar import Week
from fieldvisits.choices import PlanState, VisitState
from fieldvisits.ledger.totals import totals
from fieldvisits.models import Plan, Regulation, Visit
from fieldvisits.models.visit import PUBLIC_STATES
from fieldvisits.overview.clashes import Clashes, Stay
from fieldvisits.overview.members import Member

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models import Person
    from fieldvisits.calendar import Quarter
    from fieldvisits.overview.uncovered import Coverage
    from fieldvisits.workflow import Transition

# What stands for a person without a plan that the viewer may see.
MISSING, HIDDEN, AWAY = "missing", "hidden", "away"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the page; empty: everything."""

    state: str = ""
    kind: str = ""
    unit: str = ""

    @property
    def narrows_visits(self) -> bool:
        return bool(self.kind or self.unit)


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    half_days: int
    url: str
    look: str
    says: str


@dataclass(slots=True)
class Cell:
    label: str
    chips: list[Chip] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the department."""

    person: Person
    state: str
    label: str
    look: tuple[str, str]
    plan: Plan | None
    why: str
    acts: list[Transition]
    cells: list[Cell]
    half_days: int
    forecast: int | None

    @property
    def may_be_agreed_to(self) -> bool:
        return any(step.name == "agree" for step in self.acts)


@dataclass(frozen=True)
class Place:
    """A unit with more than one team in a week."""

    title: str
    teams: int
    who: str


class Drawing:
    """What the rows of one page share."""

    def __init__(
        self,
        viewer: Person,
        quarter: Quarter,
        today: date,
        visits: list[Visit],
        seen: Coverage,
        wanted: Wanted,
    ) -> None:
        self.viewer, self.quarter, self.today = viewer, quarter, today
        self.units, self.recent, self.wanted = seen.names, seen.recent, wanted
        self.without_plan = MISSING
        self.weeks = quarter.weeks()
        self.forecast: dict[int, int] = {}
        self.slots: defaultdict[int, set[tuple[date, str]]] = defaultdict(set)
        self.by_plan: defaultdict[int, list[Visit]] = defaultdict(list)
        self.ad_hoc: defaultdict[int, list[Visit]] = defaultdict(list)  # by cadre
        for visit in visits:
            if visit.plan_id is not None:
                self.by_plan[visit.plan_id].append(visit)
        stays = [Stay.of(visit, visit.department_id) for visit in visits]  # type: ignore[attr-defined]  # annotated
        self.stays = {stay.visit_id: stay for stay in stays}
        self.clashes = Clashes(stays)

    def read_forecast(self, members: list[Member], department_id: int | None) -> None:
        """Days expected for the year, for those whose figures the viewer may see."""
        offices = self.viewer.offices(self.today)
        ids = {member.person.pk for member in members}
        if not (
            offices.sees_all_departments
            or (department_id is not None and offices.headed_id == department_id)
        ):
            ids &= {self.viewer.pk}
        first, last = Regulation.objects.for_year(self.quarter.year).window(self.quarter.year)
        sums: defaultdict[int, int] = defaultdict(int)
        for (cadre_id, _bench), found in totals(first, last, self.today, cadre_ids=ids).items():
            sums[cadre_id] += found.forecast
        self.forecast = {pk: sums[pk] for pk in ids}

    def row(self, member: Member, plan: Plan | None) -> Row:
        state, label, look = self._state(member, plan)
        chips_from = self._wanted_visits(member, plan)
        cells = self._cells(chips_from)
        taken = {
            slot
            for visit in chips_from
            if visit.counted_half_days
            for slot in visit.slots()
            if slot[0] in self.quarter
        }
        self.slots[member.person.pk] = taken
        forecast = self.forecast.get(member.person.pk)
        if forecast is not None and plan is not None:
            forecast += self._still_proposed(plan)
        return Row(
            person=member.person,
            state=state,
            label=label,
            look=look,
            plan=plan,
            why=getattr(plan, "why", "") or "" if state == PlanState.RETURNED else "",
            acts=self._acts(plan),
            cells=cells,
            half_days=len(taken),
            forecast=forecast,
        )

    def _still_proposed(self, plan: Plan) -> int:
        proposed = [v for v in self.by_plan[plan.pk] if v.state == VisitState.PROPOSED]
        return len({slot for v in proposed if v.counted_half_days for slot in v.slots()})

    def _state(self, member: Member, plan: Plan | None) -> tuple[str, str, tuple[str, str]]:
        if plan is not None and not (plan.state == PlanState.DRAFT and member.away):
            state, label = plan.state, plan.get_state_display()
            if state == PlanState.DRAFT:
                return MISSING, _("Not submitted"), ("warn", "draft")
            if state == PlanState.SUBMITTED and plan.superior and plan.superior != self.viewer:
                label = _("Waiting for comrade %(name)s") % {"name": plan.superior}
            return state, label, look_of("plan", state)
        if member.away:
            until = member.away_until
            words = (_("until %(day)s") % {"day": date_format(until, "d/m/Y")}) if until else ""
            return AWAY, f"{member.away.capitalize()} {words}".strip(), ("", "cut")
        if self.without_plan == HIDDEN:
            return HIDDEN, _("Not in a dossier yet"), ("", "open")
        return MISSING, _("Not submitted"), ("warn", "open")

    def _acts(self, plan: Plan | None) -> list[Transition]:
        if plan is None or plan.state not in (PlanState.SUBMITTED, PlanState.AGREED):
            return []
        offices = self.viewer.offices(self.today)
        if not offices.leads_department and plan.superior_id != self.viewer.pk:
            return []  # saves two queries; who decides today is asked of ``open_to``
        found = workflow.open_to(self.viewer, plan)
        return [step for step in found if step.name in ("agree", "return")]

    def add_ad_hoc(self, visits: Iterable[Visit]) -> None:
        """Visits of the quarter that no plan foresaw, asked for in the department."""
        for visit in visits:
            self.ad_hoc[visit.cadre_id].append(visit)

    def _wanted_visits(self, member: Member, plan: Plan | None) -> list[Visit]:
        visits = [*(self.by_plan[plan.pk] if plan else []), *self.ad_hoc[member.person.pk]]
        if self.wanted.kind:
            visits = [visit for visit in visits if visit.kind == self.wanted.kind]
        if self.wanted.unit:
            words = search_text(self.wanted.unit)
            visits = [visit for visit in visits if words in self._search_text(visit)]
        return visits

    def _search_text(self, visit: Visit) -> str:
        version = self.units.version(visit.unit_id, visit.starts_on)
        return version.search_text if version else ""

    def _cells(self, visits: list[Visit]) -> list[Cell]:
        cells = {week: Cell(_("Week %(number)d") % {"number": week.number}) for week in self.weeks}
        for visit in visits:
            week = Week.of(max(visit.starts_on, self.quarter.first_day))
            if week in cells:
                cells[week].chips.append(self._chip(visit))
        return list(cells.values())

    def _chip(self, visit: Visit) -> Chip:
        look, says = "", ""
        if not visit.counted_half_days:
            look, says = "zero", _("not counted")
        elif others := self.clashes.with_(self.stays[visit.pk]):
            look = "clash"
            says = _("same unit in the week: %(names)s") % {
                "names": ", ".join(other.name for other in others)
            }
        elif visit.unit_id not in self.recent and visit.state not in PUBLIC_STATES:
            look, says = "first", _("nobody has been there for long")
        if visit.plan_id is None:
            look, says = look or "adhoc", ", ".join(filter(None, (_("ad hoc"), says)))
        return Chip(
            label=self.units.short(visit.unit_id, visit.starts_on),
            half_days=visit.counted_half_days,
            url=f"{visit.get_absolute_url()}",
            look=look,
            says=says,
        )

    def sums(self, people: set[int]) -> list[tuple[str, int]]:
        found = dict.fromkeys(self.weeks, 0)
        for person in people:
            for day, _half in self.slots[person]:
                found[Week.of(day)] += 1
        return [
            (_("Week %(number)d") % {"number": week.number}, total) for week, total in found.items()
        ]

    def places(self, plan_ids: set[int]) -> list[Place]:
        own = {visit.pk for pk in plan_ids for visit in self.by_plan[pk]}
        own |= {visit.pk for visits in self.ad_hoc.values() for visit in visits}
        found = []
        for unit_id, week, stays in self.clashes.places():
            if not own & {stay.visit_id for stay in stays}:
                continue
            found.append(
                Place(
                    title=_("%(unit)s, week %(week)d")
                    % {"unit": self.units.full(unit_id, week.monday), "week": week.number},
                    teams=len({stay.party for stay in stays}),
                    who="; ".join(_who(stay) for stay in stays),
                )
            )
        return found


def _who(stay: Stay) -> str:
    days = date_format(stay.first, "d/m")
    if stay.last != stay.first:
        days += f"–{date_format(stay.last, 'd/m')}"
    return f"{stay.name} ({days})"
