"""A quarterly plan as its page shows it: rows with their marks, sums, who holds it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import superiors_for
from fieldvisits import checks, permissions, workflow
from fieldvisits.calendar import SATURDAY, Week, days_from
from fieldvisits.choices import COUNTING_KINDS, DEAD_STATES, HolidayKind, PlanState, VisitState
from fieldvisits.models import Holiday, Regulation, Step, Visit
from fieldvisits.overview import holding
from fieldvisits.overview.quarter_grid import others_at, quarter_grid
from fieldvisits.overview.team import mates_of
from fieldvisits.overview.words import department_name, history

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.core.exceptions import ValidationError

    from accounts.models import Person
    from fieldvisits.calendar import type_of_holiday
    from fieldvisits.models import Plan
    from fieldvisits.models.plan import PlanQuerySet
    from fieldvisits.overview.quarter_grid import type_of_others
    from fieldvisits.overview.team import type_of_mates


@dataclass(frozen=True)
class Mark:
    """Something a reader of the row should see: in words, with a shape."""

    words: str
    tone: str = ""
    shape: str = "info"


@dataclass(frozen=True)
class Row:
    visit: Visit
    unit: str
    marks: list[Mark]
    number: int

    @property
    def says(self) -> str:
        return f"{self.visit.starts_on:%d/%m} {self.unit}"


@dataclass(frozen=True)
class PlanPage:
    """Everything the page of a plan needs; nothing is asked of the database afterwards."""

    plan: Plan
    rows: list[Row]
    decides: Person | None
    due_on: date
    opens_on: date
    today: date
    is_own: bool
    holidays: type_of_holiday = field(default_factory=dict)
    others: type_of_others = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    shows_figures: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the person looking may change its rows."""
        return self.is_own and self.plan.is_with_cadre and not self.plan.is_carrier

    @property
    def counted(self) -> list[Visit]:
        return [row.visit for row in self.rows if row.visit.state not in DEAD_STATES]

    @property
    def total(self) -> int:
        return sum(visit.counted_half_days for visit in self.counted)

    @property
    def by_kind(self) -> list[tuple[Any, int]]:
        """Half-days by kind, the largest first; kinds without any at the end."""
        sums: Counter[str] = Counter()
        for visit in self.counted:
            sums[visit.kind] += visit.counted_half_days
        kinds = sorted(COUNTING_KINDS, key=lambda kind: -sums[kind])
        return [(kind.label, sums[kind]) for kind in kinds]

    @property
    def facts(self) -> dict[str, Any]:
        return holding.of_plan(self.plan, self.decides, due_on=self.due_on, today=self.today)

    @property
    def problems(self) -> list[ValidationError]:
        """What keeps it from being submitted, while it is with its cadre."""
        if not self.is_open:
            return []
        return checks.plan_problems(
            self.plan,
            self.counted,
            opens_on=self.opens_on,
            decides=self.decides,
            today=self.today,
        )

    @property
    def returned(self) -> Step | None:
        """The step that returned it, while it waits to be corrected."""
        back = [step for step in self.steps if step.name == "return"]
        return back[-1] if back and self.plan.state == PlanState.RETURNED else None

    @property
    def history(self) -> list[dict[str, Any]]:
        return history(self.plan, self.steps)

    def grid(self, edited: int | None = None) -> dict[str, Any]:
        return quarter_grid(
            self.plan.quarter,
            self.counted,
            holidays=self.holidays,
            others=self.others,
            edited=edited,
        )


def with_names(plans: PlanQuerySet) -> PlanQuerySet:
    """Plans with their people, and the name the department has today."""
    named = plans.select_related("cadre", "superior", "dossier")
    return named.annotate(department_name=department_name("department", timezone.localdate()))


def plan_page(plan: Plan, person: Person, *, today: date) -> PlanPage:
    """Read what the page of ``plan`` shows to ``person``: a constant number of queries."""
    if plan.cadre_id == person.pk:
        plan.cadre = person  # whose offices are read already
    visits = list(_rows_of(plan))
    weeks = plan.quarter.weeks()
    holidays = Holiday.objects.between(weeks[0].monday, weeks[-1].sunday)
    others = others_at(plan, [visit.unit_id for visit in visits]) if visits else {}
    regulation = Regulation.objects.for_year(plan.year)
    decides = plan.superior
    if plan.is_with_cadre or decides is None:
        decides = superiors_for(person, today).of(plan.cadre, plan.department_id)
    return PlanPage(
        plan=plan,
        rows=_rows(visits, holidays, others, today, mates_of(visits)),
        decides=decides,
        due_on=regulation.plan_due_on(plan.quarter),
        opens_on=regulation.registration_opens_on(plan.quarter),
        today=today,
        is_own=plan.cadre_id == person.pk,
        holidays=holidays,
        others=others,
        steps=list(plan.steps.select_related("by", "on_behalf_of")) if plan.version else [],
        shows_figures=bool(permissions.reads_figures(person, plan.cadre_id, plan.department_id)),
    )


def _rows_of(plan: Plan) -> Iterable[Visit]:
    rows = plan.visits.in_order().select_related("unit").prefetch_related("unit__versions")
    if plan.is_with_cadre:
        rows = rows.live()
    return (
        rows.prefetch_related(
            Prefetch("steps", Step.objects.filter(name="decline"), to_attr="declined_steps")
        )
        if plan.state == PlanState.SETTLED
        else rows
    )


def _rows(
    visits: list[Visit],
    holidays: type_of_holiday,
    others: type_of_others,
    today: date,
    mates: type_of_mates,
) -> list[Row]:
    return [
        Row(
            visit=visit,
            unit=visit.unit.name_on(visit.starts_on),
            marks=[*_marks(visit, holidays, others, today), *_team(visit, mates)],
            number=number,
        )
        for number, visit in enumerate(visits, 1)
    ]


def _marks(
    visit: Visit, holidays: type_of_holiday, others: type_of_others, today: date
) -> Iterable[Mark]:
    yield from day_marks(visit, holidays)
    days = list(days_from(visit.starts_on, visit.ends_on))
    weeks = dict.fromkeys(Week.of(day) for day in days)
    names = [name for week in weeks for name in others.get((visit.unit_id, week), [])]
    if names:
        said = ", ".join(dict.fromkeys(names))
        yield Mark(_("In the same week: %(names)s") % {"names": said}, "warn", "late")
    if visit.shared:
        yield Mark(_("In the same half-day as another visit: not counted a second time"))
    if not visit.unit.exists_on(visit.ends_on):
        yield Mark(_("The unit does not exist any more on this day"), "warn", "late")
    if visit.approved_afterwards:
        yield Mark(_("Approved afterwards"), "warn", "due")
    if visit.state == VisitState.PROPOSED and visit.registered_on and visit.starts_on <= today:
        yield Mark(_("The day has come; it waits for a decision"), "warn", "due")


def _team(visit: Visit, mates: type_of_mates) -> Iterable[Mark]:
    if names := mates.get(visit.team):
        yield Mark(_("In the team: %(names)s") % {"names": ", ".join(names)}, shape="person")


def day_marks(visit: Visit, holidays: type_of_holiday) -> Iterable[Mark]:
    """Weekends and days off count, and are flagged for whoever decides (R18)."""
    days = list(days_from(visit.starts_on, visit.ends_on))
    if any(day.weekday() > SATURDAY for day in days):
        yield Mark(_("Sunday: whoever decides sees this mark"))
    elif any(day.weekday() == SATURDAY for day in days):
        yield Mark(_("Saturday: whoever decides sees this mark"))
    if any(holidays.get(day) == HolidayKind.OFF for day in days):
        yield Mark(_("Day off: whoever decides sees this mark"))


def buttons(plan: Plan, person: Person) -> list[workflow.Transition]:
    return workflow.open_to(person, plan)
