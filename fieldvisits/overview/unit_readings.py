"""Which units have read the regulation: it is made known to 100% of them (R16)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.choices import Body
from accounts.models import Appointment, UnitVersion
from accounts.models.responsible import under_the_city
from fieldvisits.models import RegulationReading

if TYPE_CHECKING:
    from datetime import date, datetime

    from fieldvisits.models import Regulation

READ, WAITING, NOBODY = "read", "waiting", "nobody"


@dataclass(frozen=True)
class UnitReading:
    """A unit has read a version once one of those who represented it then said so."""

    unit_id: int
    name: str
    people: str  # who represents it today
    read_at: datetime | None
    read_by: str

    @property
    def state(self) -> str:
        if self.read_at:
            return READ
        return WAITING if self.people else NOBODY


def unit_readings(version: Regulation, today: date) -> list[UnitReading]:
    """Every unit directly under the city, and whatever other one has a representative.

    Five queries, in order of names.
    """
    people = _representatives(today)
    read = _read(version)
    directly = list(under_the_city(today))
    further = people.keys() - {row.unit_id for row in directly}
    others = UnitVersion.objects.on(today).filter(unit__in=further)
    rows = [*directly, *others.order_by("search_text", "pk")]
    return [
        UnitReading(row.unit_id, row.union_name, ", ".join(people[row.unit_id]), *said)
        for row in rows
        for said in [read.get(row.unit_id, (None, ""))]
    ]


def _representatives(today: date) -> defaultdict[int, list[str]]:
    rows = Appointment.objects.on(today).filter(body=Body.UNIT, person__is_active=True)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for unit_id, name in rows.order_by("person__sort_key", "pk").values_list(
        "unit", "person__full_name"
    ):
        found[unit_id].append(name)
    return found


def _read(version: Regulation) -> dict[int, tuple[datetime, str]]:
    """{unit: when first, and by whom}, of those who represented it at that time."""
    readings = RegulationReading.objects.filter(regulation=version).order_by("read_at", "pk")
    at = dict(readings.values_list("person_id", "read_at"))
    held = Appointment.objects.filter(body=Body.UNIT, person__in=readings.values("person"))
    found: dict[int, tuple[datetime, str]] = {}
    for row in held.select_related("person"):
        moment = at[row.person_id]
        if row.unit_id is None or not row.covers(timezone.localdate(moment)):
            continue
        if row.unit_id not in found or moment < found[row.unit_id][0]:
            found[row.unit_id] = moment, row.person.full_name
    return found
