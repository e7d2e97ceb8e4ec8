"""Days at units of each level, where the regulation asks for a number of them (R1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.choices import UnitLevel
from fieldvisits.ledger.conditions import ACCEPTED
from fieldvisits.models import LedgerEntry
from fieldvisits.overview.names import UnitNames

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from reports.figures.window import Window

type_of_levels = dict[int, Counter[str]]


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level of the regulation's quotas: half-days of one cadre, or people of many."""

    label: str
    quota: int  # days
    half_days: int = 0
    met: int = 0  # people who met it
    people: int = 0

    @property
    def is_met(self) -> bool:
        return self.half_days >= 2 * self.quota


def level_half_days(window: Window, cadre_ids: Collection[int]) -> type_of_levels:
    """Official half-days by cadre and level of the unit on the day; none without quotas.

    A half-day at several units goes to the visit with the lowest code, as in every split.
    Two queries.
    """
    if not window.level_quotas:
        return {}
    rows = LedgerEntry.objects.filter(
        ACCEPTED, date__range=(window.first, window.reached), cadre__in=cadre_ids
    )
    lowest: dict[tuple[int, date, str], tuple[str, int]] = {}
    found = rows.values_list("cadre_id", "date", "half", "code", "unit_id")
    for cadre_id, day, half, code, unit_id in found:
        slot = (cadre_id, day, half)
        lowest[slot] = min(lowest.get(slot, (code, unit_id)), (code, unit_id))
    names = UnitNames.of({unit_id for _code, unit_id in lowest.values()})
    sums: type_of_levels = {}
    for (cadre_id, day, _half), (_code, unit_id) in lowest.items():
        if version := names.version(unit_id, day):
            sums.setdefault(cadre_id, Counter())[version.level] += 1
    return sums


def _quotas(window: Window) -> list[tuple[UnitLevel, int]]:
    asked = dict(window.level_quotas)
    return [(level, asked[level]) for level in UnitLevel if level in asked]


def levels_of_cadre(window: Window, cadre_id: int) -> list[LevelRow]:
    days = level_half_days(window, [cadre_id]).get(cadre_id, Counter())
    return [
        LevelRow(str(level.label), quota, half_days=days[level]) for level, quota in _quotas(window)
    ]


def levels_of_many(window: Window, cadre_ids: Collection[int]) -> list[LevelRow]:
    """How many of these people have met the quota of each level."""
    days = level_half_days(window, cadre_ids)
    return [
        LevelRow(
            str(level.label),
            quota,
            met=sum(by_level[level] >= 2 * quota for by_level in days.values()),
            people=len(cadre_ids),
        )
        for level, quota in _quotas(window)
    ]
