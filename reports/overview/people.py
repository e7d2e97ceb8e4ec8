"""Rows of people with their figures, and what became of single half-days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fieldvisits.choices import DayReason
from reports.standing import verdict_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.figures import CadreFigures, DayRow, YearFigures


@dataclass(frozen=True, slots=True)
class PersonRow:
    figures: CadreFigures
    department: str
    tone: str
    shape: str
    words: str
    bar: dict[str, Any]


def person_rows(figures: YearFigures, *, department: str, standing: str) -> list[PersonRow]:
    """The people of a department and of a standing, in the order of names; all where empty."""
    names = {row.code: row.name for row in figures.departments}
    wanted = [
        cadre
        for cadre in figures.cadres
        if department in ("", cadre.department) and standing in ("", cadre.standing)
    ]
    wanted.sort(key=lambda cadre: (cadre.sort_key, cadre.code))
    return [_row(cadre, names.get(cadre.department, ""), figures.target) for cadre in wanted]


def _row(cadre: CadreFigures, department: str, target: int) -> PersonRow:
    tone, shape, words = verdict_of(cadre)
    bar = {
        "done": cadre.days.accepted,
        "provisional": cadre.days.provisional,
        "ahead": cadre.days.ahead,
        "target": cadre.target,
        "pace": cadre.pace if cadre.target else None,
        "full": max(target, cadre.forecast, 1),
    }
    return PersonRow(cadre, department, tone, shape, words, bar)


@dataclass(frozen=True, slots=True)
class ReasonCount:
    reason: DayReason
    half_days: int


def reasons(rows: Iterable[DayRow]) -> list[ReasonCount]:
    """How many half-day rows there are for each reason, in the order of the reasons."""
    found = Counter(row.reason for row in rows)
    order = [DayReason.COUNTED, *(reason for reason in DayReason if reason != DayReason.COUNTED)]
    return [ReasonCount(reason, found[reason]) for reason in order if found[reason]]
