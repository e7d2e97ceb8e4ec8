"""Days off of a year: the office's own beside the proposal, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from accounts.choices import OrganisationSubject, OrganisationVerb
from accounts.models import OrganisationEvent
from fieldvisits.actions.holidays import mark_of
from fieldvisits.calendar import Week, days_from, is_working_day, weekly_report_due
from fieldvisits.choices import HolidayKind
from fieldvisits.models import Holiday, Regulation
from fieldvisits.proposals import is_announced, proposed

if TYPE_CHECKING:
    from fieldvisits.calendar import type_of_holiday
    from fieldvisits.proposals import Day

FRIDAY = 5  # of an ISO week


@dataclass(frozen=True, slots=True)
class Line:
    """One date; ``own`` and ``proposal`` are empty where the other side alone has it."""

    date: date
    own: Holiday | None
    proposal: Day | None

    @property
    def own_kind(self) -> str:
        return str(HolidayKind(self.own.kind).label) if self.own else ""

    @property
    def proposed_kind(self) -> str:
        return str(HolidayKind(self.proposal.kind).label) if self.proposal else ""

    @property
    def differs(self) -> bool:
        if self.own is None or self.proposal is None:
            return True
        return (self.own.kind, self.own.name) != (self.proposal.kind, self.proposal.name)


@dataclass(frozen=True, slots=True)
class Follows:
    """What a set of days means: working days (the pace), and weekly reports due elsewhere."""

    working_days: int
    moved_dues: list[tuple[int, date]]  # week, the day it is due instead of Friday


@dataclass(frozen=True, slots=True)
class HolidayPage:
    year: int
    lines: list[Line]
    now: Follows
    proposal: Follows
    mark: str
    announced: bool
    events: list[tuple[OrganisationEvent, str]]

    @property
    def differing(self) -> int:
        return sum(line.differs for line in self.lines)


def holiday_page(year: int) -> HolidayPage:
    """Five queries."""
    rows = Holiday.objects.filter(date__range=(date(year, 1, 1), date(year + 1, 1, 31)))
    both = {row.date: row for row in rows}
    own = {day: row for day, row in both.items() if day.year == year}
    after = {day: row.kind for day, row in both.items() if day.year > year}
    theirs = {day.date: day for day in proposed(year)}
    regulation = Regulation.objects.for_year(year)
    events = OrganisationEvent.objects.about(OrganisationSubject.HOLIDAYS, str(year))
    return HolidayPage(
        year=year,
        lines=[
            Line(day, own.get(day), theirs.get(day)) for day in sorted(own.keys() | theirs.keys())
        ],
        now=follows({day: row.kind for day, row in both.items()}, regulation, year),
        proposal=follows(after | {day: row.kind for day, row in theirs.items()}, regulation, year),
        mark=mark_of(year),
        announced=is_announced(year),
        events=[(event, said_of(event)) for event in events.select_related("by")[:50]],
    )


def follows(holidays: type_of_holiday, regulation: Regulation, year: int) -> Follows:
    first, last = regulation.window(year)
    working = sum(is_working_day(day, holidays) for day in days_from(first, last))
    moved = []
    for number in range(1, 54):
        try:
            friday = date.fromisocalendar(year, number, FRIDAY)
        except ValueError:  # most years have 52 weeks
            break
        due = weekly_report_due(Week(year, number), weekend_slot=False, holidays=holidays).date()
        if due != friday:
            moved.append((number, due))
    return Follows(working, moved)


def said_of(event: OrganisationEvent) -> str:
    """The day as it is from then on, or as it was before it was taken out."""
    gone = event.kind == OrganisationVerb.WITHDRAWN
    row = event.details.get("before" if gone else "after", {})
    kind = dict(HolidayKind.choices).get(row.get("kind", ""), "")
    return f"{row.get('name', '')} ({kind})"
