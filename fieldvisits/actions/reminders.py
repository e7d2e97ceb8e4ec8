"""What the clock reminds of in the planner: plans, results, products. One row per kind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.links import address
from accounts.models import Person
from fieldvisits.calendar import Quarter
from fieldvisits.choices import PlanState, ProductState, VisitState
from fieldvisits.models import Plan, Product, Visit
from fieldvisits.reminding import Kind, Owed, end_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldvisits.reminding import Morning


def owed_plans(morning: Morning) -> Iterator[Owed]:
    """Plans of this quarter and the next that were not sent off (R5)."""
    for quarter in (Quarter.of(morning.today), Quarter.of(morning.today).next):
        due = morning.regulation(quarter.year).plan_due_on(quarter)
        first, last = morning.span
        if first <= due <= last:
            for cadre in _without_plan(quarter, morning):
                yield Owed(
                    person=cadre,
                    about=str(quarter),
                    due_at=end_of(due),
                    url=reverse("fieldvisits:plan-list"),
                    values={"quarter": quarter.roman, "year": quarter.year},
                )


def _without_plan(quarter: Quarter, morning: Morning) -> list[Person]:
    """Everybody who owes a plan for ``quarter`` and has not sent one off."""
    sent = (
        Plan.objects.own()
        .for_quarter(quarter)
        .exclude(state__in=[PlanState.DRAFT, PlanState.RETURNED])
    )
    return list(
        Person.objects.filter(pk__in=morning.departments, in_scope=True, is_active=True)
        .exclude(pk__in=sent.values("cadre"))
        .exclude(exemptions__starts_on__lte=quarter.first_day, exemptions__ends_on=None)
        .exclude(
            exemptions__starts_on__lte=quarter.first_day,
            exemptions__ends_on__gte=quarter.last_day,
        )
        .in_order()
    )


def owed_results(morning: Morning) -> Iterator[Owed]:
    """Visits that are over and whose result nobody recorded (R10)."""
    first, last = morning.span
    longest = max((version.result_due_days for version in morning.regulations), default=0)
    rows = Visit.objects.filter(
        state=VisitState.APPROVED,
        ends_on__lte=morning.today,
        ends_on__gte=first - timedelta(days=longest),
    )
    for visit in rows.select_related("cadre", "unit").prefetch_related("unit__versions"):
        regulation = morning.regulation(visit.ends_on.year)
        due = visit.ends_on + timedelta(days=regulation.result_due_days)
        if due <= last:
            yield Owed(
                person=visit.cadre,
                about=str(visit.pk),
                due_at=end_of(due),
                url=address("fieldvisits:visit-report", visit.pk),
                values=_of_visit(visit),
            )


def _of_visit(visit: Visit) -> dict[str, object]:
    return {
        "unit": visit.unit.name_on(visit.starts_on),
        "day": f"{visit.starts_on:%d/%m/%Y}",
    }


def owed_products(morning: Morning) -> Iterator[Owed]:
    """Products of thematic visits that were not handed in, or came back (R4)."""
    rows = Product.objects.filter(
        state=ProductState.OWED, due_on__range=morning.span, visit__state__in=VISITED
    )
    found = rows.select_related("visit__cadre", "visit__unit")
    for product in found.prefetch_related("visit__unit__versions"):
        yield Owed(
            person=product.visit.cadre,
            about=str(product.pk),
            due_at=end_of(product.due_on),
            url=address("fieldvisits:product-detail", product.pk)
            or product.visit.get_absolute_url(),
            values=_of_visit(product.visit),
            department_id=product.department_id,
        )


VISITED = (VisitState.APPROVED, VisitState.REPORTED, VisitState.ACCEPTED)
KINDS = (
    Kind(
        name="plan",
        find=owed_plans,
        coming=_("Your plan for quarter %(quarter)s/%(year)d is due on %(due)s"),
        late=_("Your plan for quarter %(quarter)s/%(year)d was due on %(due)s"),
        told=_("%(name)s has not submitted the plan for quarter %(quarter)s/%(year)d"),
    ),
    Kind(
        name="result",
        find=owed_results,
        coming=_("The result of your visit to %(unit)s, %(day)s, is due on %(due)s"),
        late=_("The result of your visit to %(unit)s, %(day)s, was due on %(due)s"),
        told=_("%(name)s has not recorded the result of the visit to %(unit)s, %(day)s"),
    ),
    Kind(
        name="product",
        find=owed_products,
        coming=_("The product of your visit to %(unit)s, %(day)s, is due on %(due)s"),
        late=_("The product of your visit to %(unit)s, %(day)s, was due on %(due)s"),
        told=_("%(name)s has not handed in the product of the visit to %(unit)s, %(day)s"),
    ),
)
