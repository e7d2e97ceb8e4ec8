"""Papers that wait for one who decides: an office's, whoever held it when they were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.choices import Body, Office
from accounts.models import Appointment, Portfolio
from accounts.models.department import of_headed
from fieldvisits.choices import PlanState, ProductState, RequestState, VisitState
from fieldvisits.models import AdHocRequest, LedgerEntry, Plan, Product, Visit
from fieldvisits.models.paper import left_to_member_in_charge

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.models.plan import PlanQuerySet
    from fieldvisits.models.product import ProductQuerySet
    from fieldvisits.models.request import AdHocRequestQuerySet
    from fieldvisits.models.visit import VisitQuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])


def waiting_plans(person: Person, today: date) -> PlanQuerySet:
    """Submitted plans for a head or a member, or who stands in for one (R17, R25)."""
    plans = Plan.objects.own().filter(state=PlanState.SUBMITTED)
    below = of_headed(person.offices(today).acting_head_of, today)
    return _of_office(plans, below, person, today).order_by("moved_at", "pk")


def waiting_visits(person: Person, today: date) -> VisitQuerySet:
    """Reported visits likewise, by the department of their days."""
    visits = Visit.objects.filter(state=VisitState.REPORTED)
    below = of_headed(person.offices(today).acting_head_of, today)
    days = LedgerEntry.objects.filter(below, visit=OuterRef("pk"))
    return _of_office(visits, Q(Exists(days)), person, today).order_by("moved_at", "pk")


def waiting_requests(person: Person, today: date) -> AdHocRequestQuerySet:
    """Ad-hoc requests to endorse likewise."""
    asked = AdHocRequest.objects.filter(state=RequestState.REQUESTED)
    below = of_headed(person.offices(today).acting_head_of, today)
    found = _of_office(asked, below, person, today, owner="visit__cadre")
    return found.order_by("moved_at", "pk")


def _of_office(
    papers: Rows, below: Q, person: Person, today: date, *, owner: str = "cadre"
) -> Rows:
    offices = person.offices(today)
    mine = {person.pk, *offices.away_ids}
    own = set() if offices.is_away else {person.pk}  # what is delegated waits elsewhere
    wanted = Q(superior__in=own | offices.away_ids)
    if offices.acting_head_of:  # also what went to whoever held the office before
        committee = Appointment.objects.on(today).filter(body=Body.STANDING_COMMITTEE)
        wanted |= below & ~Q(**{f"{owner}__in": committee.values("person")})
    return papers.filter(wanted).exclude(**{f"{owner}__in": mine})


def waiting_products(person: Person, today: date) -> ProductQuerySet:
    """Products handed in, for whoever decides on them today (R17, R25): whom they were sent
    to is on record, and may have left the office, or be away, since.
    """
    offices = person.offices(today)
    on_committee = Appointment.objects.on(today).filter(body=Body.STANDING_COMMITTEE)
    of_members = Q(visit__cadre__in=on_committee.values("person"))
    on_bench = not offices.is_away_on_committee  # away: another decides
    wanted = Q(pk__in=[])
    if offices.acting_head_of:
        wanted |= of_headed(offices.acting_head_of, today) & ~of_members
    if offices.is_on_committee and on_bench:
        wanted |= left_to_member_in_charge(offices, "visit__cadre")
        wanted |= of_members & Q(superior=person)
    if offices.is_secretary and on_bench:
        in_charge = Portfolio.objects.on(today).values("department")
        left = _by_head_or_vacant(today) & ~Q(department__in=in_charge)
        wanted |= of_members | left
    rows = Product.objects.standing().filter(wanted, state=ProductState.SUBMITTED)
    return rows.exclude(visit__cadre__in={person.pk, *offices.away_ids}).order_by("moved_at", "pk")


def _by_head_or_vacant(today: date) -> Q:
    heads = Appointment.objects.on(today).filter(body=Body.DEPARTMENT, office=Office.HEAD)
    own = heads.filter(department=OuterRef("department"), person=OuterRef("visit__cadre"))
    return Q(Exists(own)) | ~Q(department__in=heads.values("department"))
