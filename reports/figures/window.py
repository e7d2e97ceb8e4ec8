"""The year looked at, and the day up to which: read once, handed to everything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from fieldvisits.calendar import days_from, is_working_day
from fieldvisits.models import Holiday, Regulation

if TYPE_CHECKING:
    from fieldvisits.calendar import type_of_holiday

# No run of days off is longer; a report can fall due that much after its week.
LONGEST_BREAK = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Window:
    """``first`` to ``last`` are the regime's year; ``as_of`` ends at midnight in Hà Nội."""

    year: int
    first: date
    last: date
    as_of: date
    target: int  # half-days
    pro_rates: bool
    exempt_month_days: int  # that many take a month out of scope (R20)
    level_quotas: tuple[tuple[str, int], ...]  # (level, days), where they are set (R1)
    assumed: bool
    annual_due_on: date
    friday_at: time
    after_at: time  # of a weekly report after a weekend or a day off
    holidays: type_of_holiday
    working_days: tuple[date, ...]

    @classmethod
    def read(cls, year: int, as_of: date) -> Window:
        """Two queries: the regulation and the holidays."""
        return cls.of(Regulation.objects.for_year(year), year, as_of)

    @classmethod
    def of(cls, regulation: Regulation, year: int, as_of: date) -> Window:
        """One query, where the regulation of the year has been read already."""
        first, last = regulation.window(year)
        begins, ends = weeks_of_year(year)
        holidays = Holiday.objects.between(min(first, begins), max(last, ends) + LONGEST_BREAK)
        return cls(
            year=year,
            first=first,
            last=last,
            as_of=as_of,
            target=2 * regulation.target_days,
            pro_rates=regulation.pro_rates,
            exempt_month_days=regulation.exempt_month_days,
            level_quotas=tuple(sorted(regulation.level_quotas.items())),
            assumed=regulation.assumed_for(year),
            annual_due_on=regulation.annual_due_on(year),
            friday_at=regulation.weekly_due_at,
            after_at=regulation.weekly_after_at,
            holidays=holidays,
            working_days=tuple(
                day for day in days_from(first, last) if is_working_day(day, holidays)
            ),
        )

    @property
    def reached(self) -> date:
        """The last day of the window that has come; before ``first`` if none has."""
        return min(self.as_of, self.last)

    @property
    def checkpoint(self) -> date:
        """The day that "needed by" looks ahead to: the annual report, then the year's end."""
        return self.annual_due_on if self.as_of <= self.annual_due_on else self.last


def default_as_of(year: int, today: date) -> date:
    """Return the earlier of today and the last day of the year's window."""
    return min(today, Regulation.objects.for_year(year).window(year)[1])


def weeks_of_year(year: int) -> tuple[date, date]:
    """Return the first Monday and the last Sunday of the ISO weeks numbered in ``year``.

    >>> weeks_of_year(2018)
    (datetime.date(2018, 1, 1), datetime.date(2018, 12, 30))
    """
    next_year = date.fromisocalendar(year + 1, 1, 1)
    return date.fromisocalendar(year, 1, 1), next_year - timedelta(days=1)
