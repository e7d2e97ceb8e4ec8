"""Papers that wait for one who decides: an office's, whoever held it when they were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.choices import Body
from accounts.models import Appointment
from accounts.models.department import of_headed
from fieldvisits.choices import PlanState, ProductState, RequestState, VisitState
from fieldvisits.models import AdHocRequest, LedgerEntry, Plan, Product, Visit

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


def waiting_products(person: Person, today: date) -> ProductQuerySet:
    """Products handed in likewise."""
    handed_in = Product.objects.standing().filter(state=ProductState.SUBMITTED)
    below = of_headed(person.offices(today).acting_head_of, today)
    found = _of_office(handed_in, below, person, today, owner="visit__cadre")
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
