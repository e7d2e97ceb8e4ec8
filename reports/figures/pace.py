"""The target of one cadre and the pace towards it (R20, R21)."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from accounts.models import Exemption
from fieldvisits.calendar import ONE_DAY, days_from

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reports.figures.window import Window

MONTHS = 12

type_of_exemptions = dict[int, frozenset[date]]


@dataclass(frozen=True, slots=True)
class PaceLine:
    """The half-days a cadre should have carried out by any day of the window.

    ``working_days`` are those of the window without the exempted ones, in order.
    """

    target: int
    working_days: tuple[date, ...] = field(repr=False)

    @classmethod
    def of(cls, window: Window, exempted: frozenset[date]) -> PaceLine:
        days = window.working_days
        if exempted:
            days = tuple(day for day in days if day not in exempted)
        return cls(target_of(window, exempted), days)

    def on(self, day: date) -> int:
        """Return the pace at the end of ``day``, rounded down to the half-day."""
        if not self.working_days:
            return 0
        return self.target * bisect_right(self.working_days, day) // len(self.working_days)


def target_of(window: Window, exempted: frozenset[date]) -> int:
    """Return the target in half-days, lowered by exemptions only where the regulation does."""
    if not window.pro_rates or not exempted:
        return window.target
    months = sum(
        sum(day in exempted for day in days_from(first, last)) < window.exempt_month_days
        for first, last in _months(window)
    )
    whole_days = -(-(window.target // 2) * months // MONTHS)  # rounded up
    return 2 * whole_days


def _months(window: Window) -> Iterator[tuple[date, date]]:
    """The twelve months of the window, beginning on its first day."""
    for n in range(MONTHS):
        yield months_after(window.first, n), months_after(window.first, n + 1) - ONE_DAY


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last.

    >>> months_after(date(2018, 10, 31), 4)
    datetime.date(2019, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def exempted_days(window: Window, cadre_ids: Collection[int] | None = None) -> type_of_exemptions:
    """Return the exempted days of the window per person; nobody without any. One query."""
    rows = Exemption.objects.touching(window.first, window.last).order_by()
    if cadre_ids is not None:
        rows = rows.filter(person__in=cadre_ids)
    days: defaultdict[int, set[date]] = defaultdict(set)
    for person_id, starts_on, ends_on in rows.values_list("person_id", "starts_on", "ends_on"):
        last = window.last if ends_on is None else min(ends_on, window.last)
        days[person_id].update(days_from(max(starts_on, window.first), last))
    return {person_id: frozenset(of_person) for person_id, of_person in days.items()}
