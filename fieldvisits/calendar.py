"""Dates of the regime: quarters, ISO weeks, working days, due days. Pure; today is an argument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SATURDAY = 5
ONE_DAY = timedelta(days=1)
ROMAN = ("I", "II", "III", "IV")

# Kinds of holiday rows, by date: {date: "off" | "makeup_work"}.
type_of_holiday = Mapping[date, str]


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A calendar quarter; a visit belongs to the quarter of its first day.

    >>> Quarter.of(date(2018, 10, 1))
    Quarter(year=2018, number=4)
    >>> Quarter(2018, 4).next.first_day
    datetime.date(2019, 1, 1)
    """

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read "2018-4"; raise ``ValueError`` for anything else.

        >>> Quarter.parse("2018-4").last_day
        datetime.date(2018, 12, 31)
        """
        year, number = (int(part) for part in text.split("-"))
        if not (1 <= number <= 4 and 1900 <= year <= 2200):  # noqa: PLR2004 -- four quarters
            raise ValueError(text)
        return cls(year, number)

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def roman(self) -> str:
        return ROMAN[self.number - 1]

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - ONE_DAY

    @property
    def next(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> Quarter:
        return Quarter.of(self.first_day - ONE_DAY)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def weeks(self) -> list[Week]:
        """The ISO weeks that touch the quarter, first to last: 13 or 14."""
        first, last = Week.of(self.first_day), Week.of(self.last_day)
        found = [first]
        while found[-1] != last:
            found.append(found[-1].next)
        return found


@dataclass(frozen=True, order=True, slots=True)
class Week:
    """An ISO week, Monday to Sunday; it belongs to the year of its number.

    >>> str(Week.of(date(2018, 12, 31)))
    '2019-W01'
    """

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Week:
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read "2018-W21"; raise ``ValueError`` for anything that is no ISO week."""
        year, _, number = text.partition("-W")
        week = cls(int(year), int(number))
        date.fromisocalendar(week.year, week.number, 1)
        return week

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        return self.monday + 6 * ONE_DAY

    @property
    def next(self) -> Week:
        return Week.of(self.monday + 7 * ONE_DAY)

    def days(self) -> list[date]:
        return [self.monday + n * ONE_DAY for n in range(7)]


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day from ``first`` to ``last``, both included; none if ``last`` is earlier."""
    for n in range((last - first).days + 1):
        yield first + n * ONE_DAY


def is_working_day(day: date, holidays: type_of_holiday) -> bool:
    """Monday to Friday less days off, plus working Saturdays made up for (R21).

    >>> is_working_day(date(2018, 2, 16), {date(2018, 2, 16): "off"})
    False
    >>> is_working_day(date(2018, 2, 24), {date(2018, 2, 24): "makeup_work"})
    True
    """
    kind = holidays.get(day)
    return kind == "makeup_work" or (kind != "off" and day.weekday() < SATURDAY)


def weekly_report_due(
    week: Week,
    *,
    weekend_slot: bool,
    holidays: type_of_holiday,
    friday_at: time = time(17),
    after_at: time = time(12),
) -> datetime:
    """When the report of ``week`` falls due (R12), in Hà Nội.

    Friday 17:00; with a slot on Saturday or Sunday the Monday after at 12:00; if that
    day is a day off, the next working day at 12:00. Both hours are the regulation's.

    >>> weekly_report_due(Week(2018, 21), weekend_slot=False, holidays={}).isoformat()
    '2018-05-25T17:00:00+07:00'
    >>> weekly_report_due(Week(2018, 21), weekend_slot=True, holidays={}).isoformat()
    '2018-05-28T12:00:00+07:00'
    """
    day = week.monday + (7 if weekend_slot else 4) * ONE_DAY
    at = after_at if weekend_slot else friday_at
    while not is_working_day(day, holidays):
        day += ONE_DAY
        at = after_at
    return datetime.combine(day, at, HANOI)


def window_of(year: int, *, month: int = 1, day: int = 1) -> tuple[date, date]:
    """First and last day of the regime's year (R1).

    A window that begins on 1 January is the calendar year; any other is named after
    the year it ends in.

    >>> window_of(2018)
    (datetime.date(2018, 1, 1), datetime.date(2018, 12, 31))
    >>> window_of(2018, month=10, day=25)
    (datetime.date(2017, 10, 25), datetime.date(2018, 10, 24))
    """
    if (month, day) == (1, 1):
        return date(year, 1, 1), date(year, 12, 31)
    return date(year - 1, month, day), date(year, month, day) - ONE_DAY
