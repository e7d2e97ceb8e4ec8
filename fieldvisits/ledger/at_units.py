"""Days, visits and people at host units, and which units were reached at all.

Here and not beside the other figures: the planner shows them on the pages of units.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max

from accounts.models import UnitVersion
from fieldvisits.ledger import conditions
from fieldvisits.models import LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from accounts.models import Unit

# More units than this are not named one by one to the database.
FEW = 500

# First day, last day, parent.
type_of_version = tuple[date | None, date | None, int | None]


@dataclass(frozen=True, slots=True)
class UnitDays:
    """Three different counts of what was carried out at a unit or below it."""

    unit_id: int
    half_days: int = 0
    visits: int = 0
    people: int = 0

    @property
    def covered(self) -> bool:
        return self.half_days > 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of some units were reached in a period."""

    covered: int
    units: int

    @property
    def share(self) -> float | None:
        return self.covered / self.units if self.units else None


@dataclass(frozen=True)
class Tree:
    """Units and their parents, by day."""

    versions: dict[int, list[type_of_version]]

    @classmethod
    def read(cls) -> Tree:
        """One query."""
        versions: defaultdict[int, list[type_of_version]] = defaultdict(list)
        rows = UnitVersion.objects.order_by().values_list(
            "unit_id", "starts_on", "ends_on", "parent_id"
        )
        for unit_id, starts_on, ends_on, parent_id in rows:
            versions[unit_id].append((starts_on, ends_on, parent_id))
        return cls(dict(versions))

    def parent(self, unit_id: int, day: date) -> int | None:
        """The parent of a unit on a day; None unless both are valid then."""
        for starts_on, ends_on, parent_id in self.versions.get(unit_id, ()):
            if _covers(starts_on, ends_on, day):
                return parent_id if parent_id and self._exists(parent_id, day) else None
        return None

    def at_and_above(self, unit_id: int, day: date) -> list[int]:
        found: list[int] = []
        step: int | None = unit_id
        while step is not None and step not in found:  # nobody is above oneself
            found.append(step)
            step = self.parent(step, day)
        return found

    def below(self, unit_ids: Collection[int]) -> set[int]:
        """The units that ever were at or below one of these."""
        children = defaultdict(set)
        for unit_id, versions in self.versions.items():
            for _starts_on, _ends_on, parent_id in versions:
                children[parent_id].add(unit_id)
        found: set[int] = set()
        waiting = list(unit_ids)
        while waiting:
            unit_id = waiting.pop()
            if unit_id not in found:
                found.add(unit_id)
                waiting.extend(children[unit_id])
        return found

    def _exists(self, unit_id: int, day: date) -> bool:
        return any(
            _covers(starts_on, ends_on, day)
            for starts_on, ends_on, _parent in self.versions.get(unit_id, ())
        )


def _covers(starts_on: date | None, ends_on: date | None, day: date) -> bool:
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)


def unit_days(
    units: Iterable[Unit], first: date, last: date, as_of: date, *, tree: Tree | None = None
) -> dict[int, UnitDays]:
    """Return {unit id: counts} of what was carried out from ``first`` to ``last`` by ``as_of``.

    A visit counts at its unit and at every unit above it on the day of the half-day. A
    half-day at two units counts once for each. Two queries, and the one for ``units``.
    """
    wanted = {unit.pk for unit in units}
    tree = tree or Tree.read()
    entries = _entries(first, min(last, as_of), tree.below(wanted))
    slots: defaultdict[int, set[tuple[int, date, str]]] = defaultdict(set)
    visits: defaultdict[int, set[int]] = defaultdict(set)
    people: defaultdict[int, set[int]] = defaultdict(set)
    above: dict[tuple[int, date], list[int]] = {}
    for unit_id, visit_id, cadre_id, day, half in entries:
        key = unit_id, day
        if key not in above:
            above[key] = [found for found in tree.at_and_above(*key) if found in wanted]
        for found in above[key]:
            slots[found].add((cadre_id, day, half))
            visits[found].add(visit_id)
            people[found].add(cadre_id)
    return {
        pk: UnitDays(pk, len(slots[pk]), len(visits[pk]), len(people[pk])) for pk in sorted(wanted)
    }


def _entries(
    first: date, last: date, unit_ids: Collection[int]
) -> Iterable[tuple[int, int, int, date, str]]:
    entries = LedgerEntry.objects.filter(conditions.CARRIED_OUT, date__range=(first, last))
    if len(unit_ids) <= FEW:
        entries = entries.filter(unit__in=unit_ids)
    return entries.order_by().values_list("unit_id", "visit_id", "cadre_id", "date", "half")


def last_days(as_of: date, tree: Tree | None = None) -> dict[int, date]:
    """Return {unit id: the last day somebody came}, at the unit or below it. Two queries."""
    tree = tree or Tree.read()
    rows = (
        LedgerEntry.objects.filter(conditions.CARRIED_OUT, date__lte=as_of)
        .order_by()
        .values_list("unit_id")
        .annotate(last=Max("date"))
    )
    found: dict[int, date] = {}
    for unit_id, day in rows:
        for above in tree.at_and_above(unit_id, day):
            found[above] = max(day, found.get(above, day))
    return found


def at_unit(unit: Unit, first: date, last: date, tree: Tree) -> tuple[UnitDays, Counter[str]]:
    """Return the counts of one unit with those below it, and {kind: half-days}. One query.

    A half-day of several visits of one cadre goes to the kind of the lowest code.
    """
    entries = LedgerEntry.objects.filter(
        conditions.CARRIED_OUT, date__range=(first, last), unit__in=tree.below([unit.pk])
    )
    rows = entries.order_by().values_list("code", "kind", "unit_id", "cadre_id", "date", "half")
    kinds: dict[tuple[int, date, str], str] = {}
    visits: set[str] = set()
    for code, kind, unit_id, cadre_id, day, half in sorted(rows):
        if unit.pk in tree.at_and_above(unit_id, day):
            kinds.setdefault((cadre_id, day, half), kind)
            visits.add(code)
    people = {cadre_id for cadre_id, _day, _half in kinds}
    return UnitDays(unit.pk, len(kinds), len(visits), len(people)), Counter(kinds.values())


def coverage(counts: Collection[UnitDays]) -> Coverage:
    """Return how many of these units were reached."""
    return Coverage(sum(count.covered for count in counts), len(counts))


@dataclass(frozen=True, slots=True)
class GroupDays:
    """Units taken together: how many, how many of them reached, the sum of their days (R22)."""

    units: int = 0
    covered: int = 0
    half_days: int = 0


def by_group(counts: Mapping[int, UnitDays], groups: Mapping[int, int]) -> dict[int, GroupDays]:
    """Return {group: numbers}; ``groups`` says which group each unit belongs to.

    A half-day at two units of a group counts once for each, as in the list of units.
    """
    found: defaultdict[int, list[UnitDays]] = defaultdict(list)
    for unit_id, group in groups.items():
        if unit_id in counts:
            found[group].append(counts[unit_id])
    return {
        group: GroupDays(len(rows), coverage(rows).covered, sum(count.half_days for count in rows))
        for group, rows in found.items()
    }
