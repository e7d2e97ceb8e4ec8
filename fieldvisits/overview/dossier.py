"""A dossier as its readers see it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import COMMITTEE_CODE
from accounts.looks import look_of
from fieldvisits import workflow
from fieldvisits.choices import DossierState, PlanState
from fieldvisits.models import AgendaLine, Dossier, Plan, Visit
from fieldvisits.overview.members import Member, members_on
from fieldvisits.overview.names import DepartmentNames, UnitNames
from fieldvisits.overview.words import history, since

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models.dossier import DossierQuerySet


def with_begun(dossiers: DossierQuerySet) -> DossierQuerySet:
    """Read along whether a sitting has decided a line of each (``Dossier.is_begun``)."""
    decided = AgendaLine.objects.decided().filter(dossier=OuterRef("pk"))
    return dossiers.annotate(begun=Exists(decided))


def holder_of(dossier: Dossier, head: Person | str | None = None) -> dict[str, object]:
    """State, who holds it, since when, what next: the line every paper opens with."""
    tone, shape = look_of("dossier", dossier.state)
    holders = {
        DossierState.COMPILING: head or _("the head of the department"),
        DossierState.WITH_COORDINATION: _("Organisation and Inspection"),
        DossierState.BEFORE_COMMITTEE: _("the Standing Committee"),
    }
    following = {
        DossierState.COMPILING: _(
            "The department meets and agrees; then the dossier goes to Organisation and Inspection"
        ),
        DossierState.WITH_COORDINATION: _(
            "Organisation and Inspection checks that it is complete and puts it before the "
            "Standing Committee"
        ),
        DossierState.BEFORE_COMMITTEE: _(
            "The Standing Committee decides line by line in a sitting"
        ),
    }
    return {
        "state_label": dossier.get_state_display(),
        "tone": tone,
        "shape": shape,
        "holder": holders.get(DossierState(dossier.state), ""),
        "since": since(dossier.moved_at, timezone.localdate()),
        "next_step": following.get(DossierState(dossier.state), ""),
    }


def round_name(number: int) -> str:
    return _("main dossier") if number == 0 else _("supplementary round %(n)d") % {"n": number}


# ---- one dossier -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    visit: Visit
    unit: str


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part of the dossier."""

    person: Person
    plan: Plan
    lines: list[Line]
    half_days: int


@dataclass(frozen=True)
class Detail:
    title: str
    department: str
    code: str
    holder: dict[str, object]
    people: list[Part]
    half_days: int
    visits: int
    missing: list[Member]
    steps: list[workflow.Transition]
    history: list[dict[str, object]]


def detail(viewer: Person, dossier: Dossier) -> Detail:
    """The dossier as its recipient reads it."""
    names = DepartmentNames.read()
    plans = _plans_of(viewer, dossier)
    visits = _visits_of(plans)
    units = UnitNames.of({visit.unit_id for visit in visits})
    people = _by_person(plans, visits, units)
    day = min(timezone.localdate(), dossier.quarter.last_day)
    members = members_on(day, dossier.department_id)
    department = names.full(dossier.department_id, dossier.quarter.first_day)
    head = next((member.person.full_name for member in members if member.is_head), "")
    return Detail(
        title=department,
        department=department,
        code=dossier.department.code if dossier.department else COMMITTEE_CODE,
        holder=holder_of(dossier, head),
        people=people,
        half_days=sum(person.half_days for person in people),
        visits=len(visits),
        missing=_without_plan(members, dossier),
        steps=workflow.open_to(viewer, dossier),
        history=history(dossier, dossier.steps.select_related("by", "on_behalf_of")),
    )


def _plans_of(viewer: Person, dossier: Dossier) -> list[Plan]:
    """Plans in the dossier; while it is being compiled those that would go with it."""
    within = Q(dossier=dossier)
    if dossier.state == DossierState.COMPILING:
        within = Q(
            department=dossier.department_id,
            year=dossier.year,
            quarter_number=dossier.quarter_number,
            state=PlanState.AGREED,
        )
    plans = Plan.objects.visible_to(viewer).own().filter(within).select_related("cadre")
    return list(plans.order_by("cadre__sort_key", "cadre__code"))


def _visits_of(plans: list[Plan]) -> list[Visit]:
    return list(Visit.objects.filter(plan__in=plans).live().in_order())


def _by_person(plans: list[Plan], visits: list[Visit], units: UnitNames) -> list[Part]:
    by_plan: defaultdict[int | None, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_plan[visit.plan_id].append(visit)
    return [
        Part(
            person=plan.cadre,
            plan=plan,
            lines=[
                Line(visit, units.full(visit.unit_id, visit.starts_on))
                for visit in by_plan[plan.pk]
            ],
            half_days=distinct_half_days(by_plan[plan.pk]),
        )
        for plan in plans
    ]


def distinct_half_days(visits: list[Visit]) -> int:
    """Half-days of one person that could count, each once (R18)."""
    return len({slot for visit in visits if visit.counted_half_days for slot in visit.slots()})


def _without_plan(members: list[Member], dossier: Dossier) -> list[Member]:
    """Who of the department has no plan in this dossier nor in another round."""
    sent = set(
        Plan.objects.own()
        .for_quarter(dossier.quarter)
        .filter(department=dossier.department_id)
        .filter(Q(dossier__isnull=False) | Q(state=PlanState.AGREED))
        .values_list("cadre", flat=True)
    )
    return [member for member in members if member.person.pk not in sent]
