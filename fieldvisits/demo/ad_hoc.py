"""Ad-hoc visits of the current days, one in each state, and an attendance; each on its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from accounts.permissions import Superiors
from fieldvisits.actions import attendances, requests
from fieldvisits.demo import words
from fieldvisits.demo.clock import standing_at
from fieldvisits.demo.people import WALK, code_of
from fieldvisits.models import AdHocRequest, LedgerEntry, Visit

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.demo.season import Season

ONE_DAY = timedelta(days=1)


@dataclass
class AdHoc:
    """One requested, one endorsed, one approved by the member in charge."""

    season: Season

    def play(self) -> None:
        today = self.season.today
        first, *_rest, last = self._members(WALK)
        self._requested(first, today + 3 * ONE_DAY)
        endorsed = self._requested(last, today + 5 * ONE_DAY)
        self._endorse(endorsed)
        other = next(code for code in self.season.tables.members if code != WALK)
        approved = self._requested(self._members(other)[-1], today + 2 * ONE_DAY)
        self._endorse(approved)
        self._approve(approved)
        self._attend(first)

    def _members(self, code: str) -> list[Person]:
        """Without the one whose plan the five-minute walk finds empty."""
        codes = [one for one in self.season.tables.members[code] if one != code_of("canbo")]
        return [self.season.people[one] for one in codes]

    def _requested(self, cadre: Person, wanted: date) -> AdHocRequest:
        """On the first day from ``wanted`` on that nothing of the cadre takes."""
        taken = set(
            LedgerEntry.objects.filter(cadre=cadre, live=True).values_list("date", flat=True)
        )
        day = wanted
        while day in taken:
            day += ONE_DAY
        visit = Visit(
            unit=self.season.units[self.season.dice.randrange(len(self.season.units))],
            starts_on=day,
            ends_on=day,
            session="morning",
            kind="working_session",
            content=words.AD_HOC,
        )
        with standing_at(self.season.today - ONE_DAY, 9):
            asked = requests.save(AdHocRequest(reason=words.AD_HOC_REASON), visit, by=cadre)
            requests.send(asked, by=cadre)
        return asked

    def _endorse(self, asked: AdHocRequest) -> None:
        with standing_at(self.season.today - ONE_DAY, 10):
            if asked.superior is not None:
                by = self.season.people[asked.superior.code]
                requests.endorse(asked, by=by, comment=words.AD_HOC_REPORT)

    def _approve(self, asked: AdHocRequest) -> None:
        with standing_at(self.season.today - ONE_DAY, 11):
            superiors = Superiors.of_day(self.season.today)
            by = superiors.in_charge.get(asked.department_id or 0) or superiors.secretary
            if by is not None:
                requests.approve(asked, by=self.season.people[by.code])

    def _attend(self, cadre: Person) -> None:
        day = self.season.today
        visit = Visit(
            unit=self.season.units[0],
            starts_on=day,
            ends_on=day,
            session="morning",
            content=words.ATTENDED,
            role=words.ROLE_ATTENDED,
        )
        with standing_at(day, 8):
            attendances.log(visit, by=cadre)
