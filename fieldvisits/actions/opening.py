"""Opening a quarter: whoever travels is told that plans can be registered (R5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from accounts.choices import Body
from accounts.models import Appointment, Person
from accounts.permissions_administration import require_administrator
from fieldvisits.models import Regulation
from fieldvisits.notices.opening import tell_open

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from fieldvisits.calendar import Quarter


def travellers(today: date) -> QuerySet[Person]:
    """Everybody in a department or on the Standing Committee who owes visits."""
    bodies = [Body.DEPARTMENT, Body.STANDING_COMMITTEE]
    held = Appointment.objects.on(today).filter(body__in=bodies)
    people = Person.objects.filter(is_active=True, in_scope=True)
    return people.filter(pk__in=held.values("person"))


@transaction.atomic
def open_quarter(quarter: Quarter, *, by: Person, today: date) -> int:
    """Tell everybody who has not been told; return how many that were."""
    require_administrator(by)
    due_on = Regulation.objects.for_year(quarter.year).plan_due_on(quarter)
    return sum(
        tell_open(person, quarter, due_on, today=today)
        for person in travellers(today).order_by("pk")
    )
