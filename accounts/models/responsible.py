"""Which unit answers for a visit: the one visited, or its superior directly under the city.

Before 1/7/2025 that was the district union, since then it is the commune or ward; always a
directly affiliated union. Asked for a date, since parents have dated versions.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from accounts.choices import Share, UnitLevel
from accounts.models.unit import Unit, UnitSuccession, UnitVersion

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

UNDER_THE_CITY = (UnitLevel.DISTRICT, UnitLevel.AFFILIATED)
TAKES_OVER = (Share.WHOLE, Share.MAIN)  # who of several goes on with what was under way
STEPS_UP = 4  # branch, base, commune, district: nobody stands deeper


def under_the_city(day: date) -> QuerySet[UnitVersion]:
    """The units that stand directly under the city on ``day``, as they are called then."""
    directly = Q(level__in=UNDER_THE_CITY) | Q(parent=None)
    directly |= Q(parent__versions__level=UnitLevel.CITY)
    rows = UnitVersion.objects.on(day).filter(directly).exclude(level=UnitLevel.CITY)
    return rows.distinct().order_by("search_text", "pk")


def responsible_unit(unit: Unit, on: date) -> Unit:
    """Return the unit that is told and asked about a visit to ``unit`` on ``on``."""
    here = unit
    for _step in range(STEPS_UP):
        version = here.version_on(on)
        if version is None or version.level in UNDER_THE_CITY or version.parent is None:
            break
        above = version.parent.version_on(on)
        if above is None or above.level == UnitLevel.CITY:
            break
        here = version.parent
    return here


def answering_unit(unit: Unit, on: date, today: date) -> Unit:
    """The responsible unit, or who took over from it or from the unit visited, if it has ended."""
    found = responsible_unit(unit, on)
    if found.exists_on(today):
        return found
    links = UnitSuccession.objects.filter(
        old__in=(unit.pk, found.pk), share__in=TAKES_OVER
    ).select_related("new")
    own_first = sorted(links, key=lambda link: (link.old_id != unit.pk, link.share != Share.WHOLE))
    return next((link.new for link in own_first if link.new.exists_on(today)), found)


@dataclass
class ResponsibleUnits:
    """The same for many visits: all versions are read once. Answers with numbers of units."""

    versions: dict[int, list[UnitVersion]] = field(default_factory=dict)
    heirs: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> ResponsibleUnits:
        versions: defaultdict[int, list[UnitVersion]] = defaultdict(list)
        rows = UnitVersion.objects.only("unit", "parent", "level", "starts_on", "ends_on")
        for row in rows.order_by(F("starts_on").asc(nulls_first=True)):
            versions[row.unit_id].append(row)
        heirs: defaultdict[int, list[int]] = defaultdict(list)
        links = UnitSuccession.objects.filter(share__in=TAKES_OVER)
        for link in sorted(links, key=lambda link: link.share != Share.WHOLE):
            heirs[link.old_id].append(link.new_id)
        return cls(dict(versions), dict(heirs))

    def _on(self, unit_id: int, day: date) -> UnitVersion | None:
        rows = self.versions.get(unit_id, [])
        past = [row for row in rows if row.starts_on is None or row.starts_on <= day]
        return past[-1] if past else rows[0] if rows else None

    def of(self, unit_id: int, on: date) -> int:
        here = unit_id
        for _step in range(STEPS_UP):
            version = self._on(here, on)
            if version is None or version.level in UNDER_THE_CITY or version.parent_id is None:
                break
            above = self._on(version.parent_id, on)
            if above is None or above.level == UnitLevel.CITY:
                break
            here = version.parent_id
        return here

    def answering(self, unit_id: int, on: date, today: date) -> int:
        """As ``answering_unit``: the heirs of the unit visited come before those above it."""
        found = self.of(unit_id, on)
        if self._exists(found, today):
            return found
        heirs = [*self.heirs.get(unit_id, []), *self.heirs.get(found, [])]
        return next((heir for heir in heirs if self._exists(heir, today)), found)

    def _exists(self, unit_id: int, day: date) -> bool:
        return any(version.covers(day) for version in self.versions.get(unit_id, []))


def _covers(prefix: str, day: OuterRef) -> Q:
    starts, ends = f"{prefix}starts_on", f"{prefix}ends_on"
    return (Q(**{f"{starts}__lte": day}) | Q(**{starts: None})) & (
        Q(**{f"{ends}__gte": day}) | Q(**{ends: None})
    )


def for_units(unit_ids: Collection[int], *, unit: str = "unit", on: str = "starts_on") -> Q:
    """Rows whose ``unit`` is one of these, or lies below one that was responsible ``on`` the
    day: a condition the database answers by itself, whatever the number of rows.
    """
    if not unit_ids:
        return Q(pk__in=[])
    day = OuterRef(on)
    above = Q()
    for depth in range(1, STEPS_UP):
        path = "parent__versions__" * (depth - 1)
        where = Q(**{f"{path}parent__in": unit_ids})
        for step in range(1, depth):
            where &= _covers("parent__versions__" * step, day)
        above |= where
    direct = UnitVersion.objects.filter(
        _covers("", day),
        Q(level__in=UNDER_THE_CITY) | Q(parent=None) | Q(parent__versions__level=UnitLevel.CITY),
        unit__in=unit_ids,
    ).exclude(level=UnitLevel.CITY)
    below = UnitVersion.objects.filter(_covers("", day), above, unit=OuterRef(unit)).exclude(
        level__in=UNDER_THE_CITY
    )
    return Q(**{f"{unit}__in": unit_ids}) | (Q(Exists(direct)) & Q(Exists(below)))
