"""A department's quarter: people beside weeks, as far as the viewer may see their plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from fieldvisits.models import Plan, Step, Visit
from fieldvisits.overview.board_rows import HIDDEN, MISSING, Drawing, Place, Row, Wanted
from fieldvisits.overview.members import Member, members_on
from fieldvisits.overview.uncovered import Uncovered, coverage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models import Department, Person
    from fieldvisits.calendar import Quarter, Week


@dataclass(frozen=True)
class Board:
    weeks: list[Week]
    rows: list[Row]
    sums: list[tuple[str, int]]  # per week: its label and distinct half-days
    half_days: int
    visits: int
    clashes: list[Place]
    uncovered: list[Uncovered]
    head: Person | None
    sees_filed: bool
    people: list[Row]  # before filtering

    def named(self, *states: str) -> list[str]:
        return [row.person.full_name for row in self.people if row.state in states]

    def in_states(self, *states: str) -> int:
        return len(self.named(*states))


def sees_filed(viewer: Person, department: Department | None, today: date) -> bool:
    """Whether every submitted plan of the department is open to ``viewer``."""
    offices = viewer.offices(today)
    if department is None:
        return offices.is_secretary
    return department.pk == offices.headed_id or department.pk in offices.portfolio_ids


def board(
    viewer: Person, department: Department | None, quarter: Quarter, today: date, wanted: Wanted
) -> Board:
    """Read the page: a constant number of queries."""
    department_id = department.pk if department else None
    members = members_on(min(today, quarter.last_day), department_id)
    plans = _plans(viewer, department_id, quarter)
    visits = _visits(viewer, department_id, quarter)
    seen = coverage(quarter, {visit.unit_id for visit in visits})
    drawing = Drawing(viewer, quarter, today, visits, seen, wanted)
    if not sees_filed(viewer, department, today):
        drawing.without_plan = HIDDEN
    drawing.read_forecast(members, department_id)
    ad_hoc = [visit for visit in visits if _is_ad_hoc(visit, department_id, quarter)]
    drawing.add_ad_hoc(ad_hoc)
    people = _people(members, plans, ad_hoc)
    rows = [drawing.row(member, plan) for member, plan in people]
    shown = [row for row in rows if _is_wanted(row, wanted)]
    pks = {row.person.pk for row in shown}
    return Board(
        weeks=quarter.weeks(),
        rows=shown,
        sums=drawing.sums(pks),
        half_days=sum(row.half_days for row in shown),
        visits=sum(len(cell.chips) for row in shown for cell in row.cells),
        clashes=drawing.places({plan.pk for plan in plans}),
        uncovered=seen.missing,
        head=next((member.person for member in members if member.is_head), None),
        sees_filed=drawing.without_plan == MISSING,
        people=rows,
    )


def _plans(viewer: Person, department_id: int | None, quarter: Quarter) -> list[Plan]:
    returned = Step.objects.filter(plan=OuterRef("pk"), name="return").order_by("-number")
    agreed = Step.objects.filter(plan=OuterRef("pk"), name="agree").order_by("-number")
    return list(
        Plan.objects.visible_to(viewer)
        .own()
        .for_quarter(quarter)
        .filter(department=department_id)
        .select_related("cadre", "superior")
        .annotate(
            why=Subquery(returned.values("comment")[:1]),
            agreed_by_pk=Subquery(agreed.values("by")[:1]),
        )
        .order_by("cadre__sort_key", "cadre__code")
    )


def _visits(viewer: Person, department_id: int | None, quarter: Quarter) -> list[Visit]:
    """Visits of the department's plans, ad-hoc ones, and what else is seen of their units."""
    own = Q(
        plan__department=department_id,
        plan__year=quarter.year,
        plan__quarter_number=quarter.number,
        plan__is_carrier=False,
    )
    own |= Q(
        request__isnull=False,
        request__department=department_id,
        starts_on__range=(quarter.first_day, quarter.last_day),
    )
    theirs = Visit.objects.live().filter(own)
    return list(
        Visit.objects.visible_to(viewer)
        .live()
        .filter(own | Q(unit__in=theirs.values("unit")))
        .filter(own | Q(starts_on__lte=quarter.last_day, ends_on__gte=quarter.first_day))
        .select_related("cadre")
        .annotate(department_id=Coalesce("plan__department_id", "request__department_id"))
        .annotate(request_pk=F("request"))
        .in_order()
    )


def _is_ad_hoc(visit: Any, department_id: int | None, quarter: Quarter) -> bool:
    """Asked for in the department; the others are there for being at the same units."""
    of_department = visit.request_pk is not None and visit.department_id == department_id
    return of_department and visit.starts_on in quarter


def _people(
    members: list[Member], plans: Iterable[Plan], ad_hoc: Iterable[Visit]
) -> list[tuple[Member, Plan | None]]:
    """Members with their plans, then whoever has left the department: plans, ad-hoc visits."""
    by_cadre = {plan.cadre_id: plan for plan in plans}
    found = [(member, by_cadre.pop(member.person.pk, None)) for member in members]
    left: list[tuple[Member, Plan | None]]
    left = [(Member(plan.cadre, plan.department_id, ""), plan) for plan in by_cadre.values()]
    known = {member.person.pk for member, _plan in found + left}
    gone = {visit.cadre_id: visit for visit in ad_hoc if visit.cadre_id not in known}
    left += [(Member(visit.cadre, visit.department_id, ""), None) for visit in gone.values()]  # type: ignore[attr-defined]  # annotated
    return sorted(found + left, key=lambda pair: pair[0].person.sort_key)


def _is_wanted(row: Row, wanted: Wanted) -> bool:
    if wanted.state and row.state != wanted.state:
        return False
    return not wanted.narrows_visits or any(cell.chips for cell in row.cells)
