"""Whom to write to at a unit, and who coordinates with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.choices import Body, DepartmentKind, Office
from accounts.models import Appointment, Person

if TYPE_CHECKING:
    from collections.abc import Iterable


def representatives(unit_id: int) -> Iterable[Person]:
    """The people who represent a unit today and may sign in."""
    held = Appointment.objects.on(timezone.localdate()).filter(body=Body.UNIT, unit=unit_id)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).in_order()


def coordinators(department_id: int | None) -> Iterable[Person]:
    """The head of the department; of the Office for members without a department."""
    held = Appointment.objects.on(timezone.localdate()).filter(
        body=Body.DEPARTMENT, office=Office.HEAD
    )
    if department_id is None:
        held = held.filter(department__kind=DepartmentKind.OFFICE)
    else:
        held = held.filter(department=department_id)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).in_order()


def inspectors() -> Iterable[Person]:
    held = Appointment.objects.on(timezone.localdate()).filter(body=Body.INSPECTION_COMMITTEE)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).in_order()
