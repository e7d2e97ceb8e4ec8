"""Offices in words, on a day; departments by name, for filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst

from accounts.choices import Body
from accounts.models import Appointment, Department

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet


def place_of(row: Appointment, day: date) -> str:
    """Where an office is held: the department's or unit's name on ``day``, or the body's."""
    if row.department:
        return row.department.name_on(day)
    return row.unit.name_on(day) if row.unit else capfirst(str(row.get_body_display()))


def in_words(row: Appointment, day: date) -> str:
    """“trưởng ban, Ban Thanh niên Nông thôn”."""
    return row.title if row.body == Body.ADMINISTRATION else f"{row.title}, {place_of(row, day)}"


def with_places(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """With all that ``in_words`` asks for: three queries."""
    return rows.select_related("department", "unit", "person").prefetch_related(
        "department__versions", "unit__versions"
    )


def department_choices(day: date) -> list[tuple[int, str]]:
    """All there ever were: those that exist on ``day`` first."""
    rows = sorted(
        Department.objects.prefetch_related("versions"),
        key=lambda row: (not row.exists_on(day), row.code),
    )
    return [(row.pk, row.name_on(day)) for row in rows]


@dataclass(frozen=True, slots=True)
class Held:
    """What each of some people holds on a day, in words."""

    by_person: dict[int, list[str]]

    @classmethod
    def of(cls, people: Collection[int], day: date) -> Held:
        rows = Appointment.objects.on(day).filter(person__in=people).order_by("starts_on", "pk")
        found: dict[int, list[str]] = {}
        for row in with_places(rows):
            found.setdefault(row.person_id, []).append(in_words(row, day))
        return cls(found)

    def said(self, person_id: int) -> str:
        return "; ".join(self.by_person.get(person_id, []))
