"""One's own reports: the weeks of a year and its quarters, owed, on time, late, missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.looks import look_of
from fieldvisits.calendar import Quarter, Week
from fieldvisits.ledger import conditions
from fieldvisits.models import LedgerEntry
from reports.choices import WeekState
from reports.figures.weekly import OwedWeek, visited_weeks
from reports.figures.window import Window
from reports.models import QuarterlyReport, WeeklyReport

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from accounts.models import Person
    from fieldvisits.models import Regulation
    from reports.models.report import Report

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A week or a quarter: whether its report is owed, by when, and what became of it."""

    about: Week | Quarter
    report: Any  # None if none was begun
    due_at: datetime | None
    due_on: date | None
    standing: WeekState | None  # None: not owed, or not due yet

    @property
    def can_write(self) -> bool:
        return self.report is None or self.report.is_with_writer

    @property
    def look(self) -> tuple[str, str]:
        return look_of("week", self.standing.value) if self.standing else ("", "open")


def own_weeks(person: Person, window: Window, now: datetime, today: date) -> list[ReportLine]:
    """The weeks with visits, those reported, and the present one; latest first. Three queries."""
    owed = {row.week: row for row in visited_weeks(window, [person.pk]).get(person.pk, [])}
    rows = WeeklyReport.objects.filter(person=person, year=window.year)
    reports = {report.week: report for report in rows}
    present = Week.of(today)
    weeks = {week for week in owed if week <= present} | set(reports)
    if present.year == window.year:
        weeks.add(present)
    return [
        _week(week, owed.get(week), reports.get(week), now) for week in sorted(weeks, reverse=True)
    ]


def _week(
    week: Week, owed: OwedWeek | None, report: WeeklyReport | None, now: datetime
) -> ReportLine:
    if owed is None:
        return ReportLine(week, report, None, None, None)
    settled = owed.submitted_at is not None or owed.due_at < now
    return ReportLine(
        week, report, owed.due_at, owed.due_at.date(), owed.state if settled else None
    )


def own_quarters(
    person: Person, year: int, regulation: Regulation, today: date
) -> list[ReportLine]:
    """The quarters of a year that owe a report or have one; latest first. Two queries."""
    rows = QuarterlyReport.objects.filter(person=person, year=year)
    reports = {report.quarter: report for report in rows}
    visited = quarters_visited([person.pk], year).get(person.pk, set())
    found = []
    for number in reversed(QUARTERS):
        quarter = Quarter(year, number)
        report = reports.get(quarter)
        if report or (quarter in visited and quarter.last_day <= today):
            due_on = regulation.quarterly_due_on(quarter) if quarter in visited else None
            state = quarter_standing(report, due_on, today)
            found.append(ReportLine(quarter, report, None, due_on, state))
    return found


def quarters_visited(cadre_ids: Iterable[int], year: int) -> dict[int, set[Quarter]]:
    """The quarters in which somebody had an approved or actual visit day (R10). One query."""
    days = LedgerEntry.objects.filter(
        conditions.OWES_REPORT, cadre__in=cadre_ids, date__year=year
    ).order_by()
    found: dict[int, set[Quarter]] = {}
    for cadre_id, day in days.values_list("cadre_id", "date").distinct():
        found.setdefault(cadre_id, set()).add(Quarter.of(day))
    return found


def quarter_standing(report: Report | None, due_on: date | None, today: date) -> WeekState | None:
    """On time until the end of the due day; missing only once that has gone by."""
    if due_on is None:
        return None
    if report is not None and report.submitted_at is not None:
        late = timezone.localdate(report.submitted_at) > due_on
        return WeekState.LATE if late else WeekState.ON_TIME
    return WeekState.MISSING if today > due_on else None
