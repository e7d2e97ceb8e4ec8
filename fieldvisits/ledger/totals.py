"""Totals of cadres over a window as of a day: whole months from the kept totals, the rest
from the ledger. Every statistic of ``reports.figures`` is built from these.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from fieldvisits.ledger.slots import (
    COUNT_NAMES,
    KIND_NAMES,
    Bench,
    Counts,
    Slot,
    read_slots,
)
from fieldvisits.models import LedgerEntry, MonthTotal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Totals:
    """The figures of docs/figures.md, in half-days, as of one day."""

    planned: int = 0
    approved: int = 0
    ahead: int = 0
    unreported: int = 0
    carried_out: int = 0
    accepted: int = 0
    provisional: int = 0
    confirmed: int = 0
    ad_hoc: int = 0
    event_attendance: int = 0
    denied: int = 0
    by_quarter: tuple[int, int, int, int] = (0, 0, 0, 0)
    by_kind: tuple[int, ...] = (0,) * len(KIND_NAMES)

    @property
    def forecast(self) -> int:
        return self.accepted + self.provisional + self.ahead

    def include(self, counts: Counts, month: int, *, past: bool) -> None:
        """Add half-days of one month, all of them up to the as-of day or all after it."""
        self.planned += counts.planned
        self.approved += counts.approved
        if not past:
            self.ahead += counts.standing
            return
        self.unreported += counts.awaiting
        for name in _PAST:
            setattr(self, name, getattr(self, name) + getattr(counts, name))
        quarters = list(self.by_quarter)
        quarters[(month - 1) // 3] += counts.accepted
        self.by_quarter = (quarters[0], quarters[1], quarters[2], quarters[3])
        self.by_kind = tuple(
            have + getattr(counts, kind)
            for have, kind in zip(self.by_kind, KIND_NAMES, strict=True)
        )

    def add(self, other: Totals) -> None:
        for name in _ALL:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        quarters = [a + b for a, b in zip(self.by_quarter, other.by_quarter, strict=True)]
        self.by_quarter = (quarters[0], quarters[1], quarters[2], quarters[3])
        self.by_kind = tuple(a + b for a, b in zip(self.by_kind, other.by_kind, strict=True))


_PAST = (
    "carried_out", "accepted", "provisional", "confirmed", "ad_hoc", "event_attendance", "denied",
)  # fmt: skip
_ALL = ("planned", "approved", "ahead", "unreported", *_PAST)

# {(cadre, where the cadre belonged on the date): totals}
type_of_totals = dict[tuple[int, Bench], Totals]


def totals(
    first: date, last: date, as_of: date, *, cadre_ids: Collection[int] | None = None
) -> type_of_totals:
    """Return the totals of the window ``first``..``last`` as of the end of ``as_of``.

    Two queries whatever the number of cadres; of everybody if ``cadre_ids`` is None.
    """
    found: defaultdict[tuple[int, Bench], Totals] = defaultdict(Totals)
    whole, parts = _split(first, last, as_of)
    for row in _months(whole, cadre_ids):
        counts = Counts(**{name: getattr(row, name) for name in COUNT_NAMES})
        key = row.cadre_id, Bench(row.department_id, row.on_committee)
        found[key].include(counts, row.month.month, past=row.month <= as_of)
    for slot in _days(parts, cadre_ids):
        found[slot.cadre_id, slot.bench].include(
            slot.counts, slot.date.month, past=slot.date <= as_of
        )
    return dict(found)


def _split(first: date, last: date, as_of: date) -> tuple[list[date], list[tuple[date, date]]]:
    """Split a window into whole months on one side of ``as_of``, and ranges of days."""
    whole, parts = [], []
    for month, end in _months_of(first, last):
        begins, ends = max(month, first), min(end, last)
        cut = begins <= as_of < ends
        if (begins, ends) == (month, end) and not cut:
            whole.append(month)
        else:
            parts.append((begins, ends))
    return whole, parts


def _months_of(first: date, last: date) -> Iterator[tuple[date, date]]:
    month = first.replace(day=1)
    while month <= last:
        following = (month + 31 * ONE_DAY).replace(day=1)
        yield month, following - ONE_DAY
        month = following


def _months(months: list[date], cadre_ids: Collection[int] | None) -> Iterator[MonthTotal]:
    if not months:
        return
    rows = MonthTotal.objects.filter(month__in=months).order_by()
    if cadre_ids is not None:
        rows = rows.filter(cadre__in=cadre_ids)
    yield from rows


def _days(parts: list[tuple[date, date]], cadre_ids: Collection[int] | None) -> list[Slot]:
    if not parts:
        return []
    inside = Q()
    for begins, ends in parts:
        inside |= Q(date__range=(begins, ends))
    entries = LedgerEntry.objects.filter(inside)
    if cadre_ids is not None:
        entries = entries.filter(cadre__in=cadre_ids)
    return read_slots(entries)
