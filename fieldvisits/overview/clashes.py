"""Two teams at one unit in one week: what the head and the committee should see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldvisits.calendar import Week

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from fieldvisits.models import Visit


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody at a unit, from a day to a day."""

    visit_id: int
    cadre_id: int
    name: str
    department_id: int | None
    unit_id: int
    first: date
    last: date
    team: str = ""

    @classmethod
    def of(cls, visit: Visit, department_id: int | None) -> Stay:
        return cls(
            visit_id=visit.pk,
            cadre_id=visit.cadre_id,
            name=visit.cadre.full_name,
            department_id=department_id,
            unit_id=visit.unit_id,
            first=visit.starts_on,
            last=visit.ends_on,
            team=visit.team,
        )

    @property
    def party(self) -> str:
        """Who travels together counts as one."""
        return self.team or str(self.cadre_id)

    def weeks(self) -> Iterator[Week]:
        week = Week.of(self.first)
        while week.monday <= self.last:
            yield week
            week = week.next

    def is_apart_from(self, other: Stay) -> bool:
        """Somebody else, who does not travel in the same team."""
        return other.cadre_id != self.cadre_id and not (self.team and self.team == other.team)


class Clashes:
    """Stays by unit and week."""

    def __init__(self, stays: Iterable[Stay]) -> None:
        self.by_place: defaultdict[tuple[int, Week], list[Stay]] = defaultdict(list)
        for stay in stays:
            for week in stay.weeks():
                self.by_place[stay.unit_id, week].append(stay)

    def with_(self, stay: Stay) -> list[Stay]:
        """Return who else is at that unit in one of those weeks, by first day."""
        others = {
            other.visit_id: other
            for week in stay.weeks()
            for other in self.by_place[stay.unit_id, week]
            if stay.is_apart_from(other)
        }
        return sorted(others.values(), key=lambda other: (other.first, other.name))

    def places(self) -> list[tuple[int, Week, list[Stay]]]:
        """Every unit and week with more than one team, in order of weeks."""
        found = []
        for (unit_id, week), stays in self.by_place.items():
            if any(stay.is_apart_from(stays[0]) for stay in stays[1:]):
                found.append((unit_id, week, sorted(stays, key=lambda stay: stay.first)))
        return sorted(found, key=lambda place: (place[1], place[0]))
