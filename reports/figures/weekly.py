"""Weekly reports owed, on time, late and missing (R12)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldvisits.calendar import ONE_DAY, SATURDAY, Week, weekly_report_due
from fieldvisits.ledger import conditions
from fieldvisits.models import LedgerEntry
from reports.choices import WeekState
from reports.figures.window import weeks_of_year
from reports.models import WeeklyReport

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from reports.figures.window import Window


@dataclass(frozen=True, slots=True)
class OwedWeek:
    """A week that owes a report and has fallen due."""

    week: Week
    due_at: datetime
    submitted_at: datetime | None

    @property
    def state(self) -> WeekState:
        if self.submitted_at is None:
            return WeekState.MISSING
        return WeekState.ON_TIME if self.submitted_at <= self.due_at else WeekState.LATE


@dataclass(frozen=True, slots=True)
class Weekly:
    """Numbers of weeks; ``owed`` is the sum of the others."""

    on_time: int = 0
    late: int = 0
    missing: int = 0

    @classmethod
    def of(cls, weeks: Iterable[OwedWeek]) -> Weekly:
        states = [week.state for week in weeks]
        return cls(*(states.count(state) for state in WeekState))

    @classmethod
    def sum(cls, parts: Iterable[Weekly]) -> Weekly:
        rows = [(part.on_time, part.late, part.missing) for part in parts]
        return cls(*(sum(column) for column in zip(*rows, strict=True)))

    @property
    def owed(self) -> int:
        return self.on_time + self.late + self.missing

    def as_json(self) -> dict[str, int]:
        return {
            "owed": self.owed,
            "on_time": self.on_time,
            "late": self.late,
            "missing": self.missing,
        }


NO_WEEKS = Weekly()


def owed_weeks(
    window: Window, cadre_ids: Collection[int] | None = None
) -> dict[int, list[OwedWeek]]:
    """Return, per cadre and in order, the weeks whose report was due by the as-of day.

    These are the ISO weeks numbered in the year, whatever its window. Two queries.
    """
    found = {
        cadre_id: [week for week in weeks if week.due_at.date() <= window.as_of]
        for cadre_id, weeks in visited_weeks(window, cadre_ids).items()
    }
    return {cadre_id: weeks for cadre_id, weeks in found.items() if weeks}


def visited_weeks(
    window: Window, cadre_ids: Collection[int] | None = None
) -> dict[int, list[OwedWeek]]:
    """As ``owed_weeks``, with those that fall due after the as-of day. Two queries."""
    submitted = _submitted(window, cadre_ids)
    found: defaultdict[int, list[OwedWeek]] = defaultdict(list)
    due: dict[tuple[date, bool], tuple[Week, datetime]] = {}
    for (cadre_id, monday), on_weekend in sorted(_visited(window, cadre_ids).items()):
        key = monday, on_weekend
        if key not in due:
            due[key] = _due(Week.of(monday), window, on_weekend=on_weekend)
        week, due_at = due[key]
        at = submitted.get((cadre_id, week.number))
        found[cadre_id].append(OwedWeek(week, due_at, at))
    return dict(found)


def _due(week: Week, window: Window, *, on_weekend: bool) -> tuple[Week, datetime]:
    return week, weekly_report_due(
        week,
        weekend_slot=on_weekend,
        holidays=window.holidays,
        friday_at=window.friday_at,
        after_at=window.after_at,
    )


def _visited(window: Window, cadre_ids: Collection[int] | None) -> dict[tuple[int, date], bool]:
    """The weeks (their Mondays) with a slot of a visit that owes a report: is one on a weekend?"""
    entries = LedgerEntry.objects.filter(
        conditions.OWES_REPORT, date__range=weeks_of_year(window.year)
    )
    if cadre_ids is not None:
        entries = entries.filter(cadre__in=cadre_ids)
    weeks: dict[tuple[int, date], bool] = {}
    mondays: dict[date, tuple[date, bool]] = {}
    for cadre_id, day in entries.order_by().values_list("cadre_id", "date").distinct():
        if day not in mondays:
            mondays[day] = day - day.weekday() * ONE_DAY, day.weekday() >= SATURDAY
        monday, on_weekend = mondays[day]
        key = cadre_id, monday
        weeks[key] = weeks.get(key, False) or on_weekend
    return weeks


def _submitted(
    window: Window, cadre_ids: Collection[int] | None
) -> dict[tuple[int, int], datetime | None]:
    reports = WeeklyReport.objects.filter(year=window.year).order_by()
    if cadre_ids is not None:
        reports = reports.filter(person__in=cadre_ids)
    return {
        (person_id, number): at
        for person_id, number, at in reports.values_list("person_id", "number", "submitted_at")
    }
