"""What the package proposes as days off: the shipped table, beyond it the `holidays` library.

A proposal only: what the office enters is the truth (R21). Read on the one page that shows it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from fieldvisits.choices import HolidayKind

TABLE = Path(__file__).resolve().parent / "data" / "vn_holidays.csv"
FIRST, LAST = 2018, 2040


@dataclass(frozen=True, slots=True, order=True)
class Day:
    date: date
    kind: str
    name: str


@lru_cache(maxsize=1)
def _table() -> tuple[Day, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple(Day(date.fromisoformat(r["date"]), r["kind"], r["name"]) for r in rows)


@lru_cache(maxsize=8)
def proposed(year: int) -> tuple[Day, ...]:
    """The days of a year; announced ones where the table has the year, else computed.

    >>> proposed(2018)[1]
    Day(date=datetime.date(2018, 2, 14), kind='off', name='29 Tết')
    """
    known = tuple(day for day in _table() if day.date.year == year)
    if known or not FIRST <= year <= LAST:
        return known
    from holidays import country_holidays  # noqa: PLC0415 -- slow to load, one page needs it

    found = country_holidays("VN", years=[year], language="vi")
    days = (Day(day, HolidayKind.OFF.value, name) for day, name in found.items())
    return tuple(sorted(days))


def is_announced(year: int) -> bool:
    return any(day.date.year == year for day in _table())
