"""The quarters before the current one, as rows of an office's earlier records."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from fieldvisits.calendar import Quarter, Week, days_from, is_working_day, weekly_report_due
from fieldvisits.demo import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fieldvisits.demo.people import Row, Tables

DAYS_A_QUARTER = 19
ONE_DAY = timedelta(days=1)


def is_out_of_the_way(code: str) -> bool:
    """Units nobody visits, so that the coverage map has something to say."""
    return sum(map(ord, code)) % 11 == 0


@dataclass
class Past:
    """Draws visits and weekly reports up to the last day of the quarter before ``today``."""

    tables: Tables
    today: date
    dice: random.Random
    holidays: Mapping[date, str]
    units: Sequence[tuple[str, str, str]]  # code, valid_from, valid_to (ISO or empty)
    weeks: dict[tuple[str, Week], bool] = field(default_factory=dict)
    number: int = 0

    def draw(self) -> None:
        first = Quarter.of(self.today).previous.previous.previous
        for people in [*self.tables.members.values(), self.tables.committee]:
            for person in people:
                zeal = self.dice.uniform(0.6, 1.3)
                for quarter in (first, first.next, first.next.next):
                    self._quarter(person, quarter, round(DAYS_A_QUARTER * zeal))
        self._weekly()

    def _quarter(self, person: str, quarter: Quarter, days: int) -> None:
        free = [
            day
            for day in days_from(quarter.first_day, quarter.last_day)
            if is_working_day(day, self.holidays) or self.dice.random() < 0.04  # noqa: PLR2004 -- a few weekends
        ]
        self.dice.shuffle(free)
        taken: set[date] = set()
        while days > 0 and free:
            start = free.pop()
            length = self.dice.choice((1, 1, 1, 2, 2, 3))
            span = list(days_from(start, min(start + (length - 1) * ONE_DAY, quarter.last_day)))
            if taken & set(span):
                continue
            taken |= set(span)
            days -= len(span)
            self._visit(person, span[0], span[-1])

    def _visit(self, person: str, first: date, last: date) -> None:
        self.number += 1
        kind = self.dice.choices(list(words.KIND_WEIGHTS), list(words.KIND_WEIGHTS.values()))[0]
        state = self._state(last)
        if state == "accepted" and self.dice.random() < 0.04:  # noqa: PLR2004 -- a few
            kind = "event_attendance"
        content = (
            words.ATTENDED if kind == "event_attendance" else self.dice.choice(words.CONTENTS[kind])
        )
        product = "none"
        if kind == "thematic" and state in ("approved", "reported", "accepted"):
            product = self.dice.choices(("accepted", "owed", "submitted"), (85, 8, 7))[0]
        self.tables.add(
            "visits",
            code=f"L{first.year}{self.number:05d}",
            cadre_code=person,
            date_from=first.isoformat(),
            date_to=last.isoformat(),
            session=self._session(first, last),
            unit_code=self._unit(first, last),
            kind=kind,
            origin="ad_hoc" if self.dice.random() < 0.08 else "plan",  # noqa: PLR2004 -- one in twelve
            state=state,
            product=product,
            confirmation=self._confirmation(state),
            content=content,
            result=words.RESULT if state in ("reported", "accepted") else "",
            team="",
        )
        if state in ("approved", "reported", "accepted"):
            for day in days_from(first, last):
                week = Week.of(day)
                weekend = day.weekday() > 4  # noqa: PLR2004 -- Saturday, Sunday
                self.weeks[person, week] = self.weeks.get((person, week), False) or weekend

    def _session(self, first: date, last: date) -> str:
        if first != last:
            return "full"
        return self.dice.choice(("full", "full", "full", "morning", "afternoon"))

    def _state(self, last: date) -> str:
        recent = (self.today - last).days < 25  # noqa: PLR2004 -- not yet worked through
        if recent:
            return self.dice.choice(("approved", "reported", "accepted", "accepted"))
        return self.dice.choices(
            ("accepted", "reported", "cancelled", "declined", "approved"), (90, 3, 4, 2, 1)
        )[0]

    def _confirmation(self, state: str) -> str:
        if state != "accepted":
            return "none"
        return self.dice.choices(
            ("confirmed", "none", "asked", "corrected", "disputed", "denied"), (45, 45, 5, 2, 2, 1)
        )[0]

    def _unit(self, first: date, last: date) -> str:
        while True:
            code, begins, ends = self.dice.choice(self.units)
            if (not begins or begins <= first.isoformat()) and (
                not ends or ends >= last.isoformat()
            ):
                return code

    def _weekly(self) -> None:
        for (person, week), weekend in sorted(self.weeks.items()):
            due = weekly_report_due(week, weekend_slot=weekend, holidays=self.holidays)
            if due.date() >= self.today:
                continue
            chance = self.dice.random()
            if chance < 0.07:  # noqa: PLR2004 -- some are missing
                continue
            late = chance < 0.16  # noqa: PLR2004 -- some are late
            at: datetime = due + timedelta(hours=30) if late else due - timedelta(hours=3)
            self.tables.add("weekly_reports", **_report(person, week, at))


def _report(person: str, week: Week, at: datetime) -> Row:
    return {
        "person_code": person,
        "week": str(week),
        "submitted_at": at.replace(tzinfo=None).isoformat(timespec="minutes"),
        "results": "Đã thực hiện các buổi làm việc theo kế hoạch tuần.",
        "difficulties": "",
        "proposals": "",
    }
