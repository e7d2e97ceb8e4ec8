"""The figures of one cadre, and of all that are listed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.choices import COMMITTEE_CODE
from accounts.models import Department
from fieldvisits.ledger.totals import totals
from reports.choices import Standing
from reports.figures.days import NO_DAYS, Days, in_days
from reports.figures.listing import COMMITTEE, listed
from reports.figures.pace import PaceLine, exempted_days
from reports.figures.weekly import NO_WEEKS, Weekly, owed_weeks
from reports.figures.window import Window

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from accounts.models import Person
    from fieldvisits.ledger.slots import Bench
    from fieldvisits.ledger.totals import Totals
    from reports.figures.days import type_of_json
    from reports.figures.listing import Listed

NO_EXEMPTION: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class CadreFigures:
    """Where one cadre stands as of one day. Days are half-days throughout."""

    person_id: int
    code: str
    full_name: str
    sort_key: str
    department: str  # the code listed under
    department_id: int | None
    as_of: date
    checkpoint: date
    has_left: bool
    days: Days
    pace_line: PaceLine
    weekly: Weekly

    @property
    def target(self) -> int:
        return self.pace_line.target

    @property
    def pace(self) -> int:
        return self.pace_line.on(self.as_of)

    @property
    def gap(self) -> int:
        return max(0, self.target - self.days.accepted)

    @property
    def forecast(self) -> int:
        return self.days.forecast

    @property
    def met(self) -> bool | None:
        """None where it is not asked: exempted altogether, or no longer in the agency."""
        if not self.target or self.has_left:
            return None
        return self.days.accepted >= self.target

    @property
    def standing(self) -> Standing | None:
        if self.met is None:
            return None
        if self.met:
            return Standing.MET
        return Standing.ON_PACE if self.days.carried_out >= self.pace else Standing.BEHIND

    def needed_by(self, day: date) -> int:
        """Return what is still to be carried out to be on pace at the end of ``day``."""
        return max(0, self.pace_line.on(day) - self.days.carried_out)

    @property
    def needed(self) -> int:
        """Needed by ``checkpoint``: the annual report's last day, afterwards the year's."""
        return self.needed_by(self.checkpoint)

    def as_json(self) -> type_of_json:
        return {
            "code": self.code,
            "department": self.department,
            "target": in_days(self.target),
            **self.days.as_json(),
            "forecast": in_days(self.forecast),
            "pace": in_days(self.pace),
            "standing": self.standing.value if self.standing else None,
            **self.days.splits_as_json(),
            "gap": in_days(self.gap),
            "met": self.met,
            "weekly": self.weekly.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything the figures of some cadres are made of, read in six queries."""

    listed: list[Listed]
    totals: Mapping[int, Mapping[Bench, Totals]]
    exempted: Mapping[int, frozenset[date]]
    weekly: Mapping[int, Weekly]

    @classmethod
    def read(
        cls,
        window: Window,
        cadre_ids: Collection[int] | None = None,
        *,
        with_weeks: bool = True,
    ) -> Sources:
        by_cadre: defaultdict[int, dict[Bench, Totals]] = defaultdict(dict)
        found = totals(window.first, window.last, window.as_of, cadre_ids=cadre_ids)
        for (cadre_id, bench), total in found.items():
            by_cadre[cadre_id][bench] = total
        weeks = owed_weeks(window, cadre_ids) if with_weeks else {}
        return cls(
            listed=listed(window, cadre_ids),
            totals=dict(by_cadre),
            exempted=exempted_days(window, cadre_ids),
            weekly={cadre_id: Weekly.of(owed) for cadre_id, owed in weeks.items()},
        )


def cadre_figures(
    window: Window, sources: Sources, codes: Mapping[int, str]
) -> tuple[CadreFigures, ...]:
    """Return the figures of everybody listed, by code; ``codes`` names the departments."""
    usual = PaceLine.of(window, NO_EXEMPTION)
    return tuple(
        CadreFigures(
            person_id=person.person_id,
            code=person.code,
            full_name=person.full_name,
            sort_key=person.sort_key,
            department=code_of(person.bench, codes),
            department_id=person.bench.department_id,
            as_of=window.as_of,
            checkpoint=window.checkpoint,
            has_left=person.has_left,
            days=_days_of(person.person_id, sources),
            pace_line=(
                PaceLine.of(window, sources.exempted[person.person_id])
                if person.person_id in sources.exempted
                else usual
            ),
            weekly=sources.weekly.get(person.person_id, NO_WEEKS),
        )
        for person in sources.listed
    )


def _days_of(person_id: int, sources: Sources) -> Days:
    found = sources.totals.get(person_id)
    return Days.of(found.values()) if found else NO_DAYS


def code_of(bench: Bench, codes: Mapping[int, str]) -> str:
    """The code of a department, of the committee, or "" for neither."""
    if bench.department_id is not None:
        return codes[bench.department_id]
    return COMMITTEE_CODE if bench == COMMITTEE else ""


def cadre_standing(person: Person, year: int, as_of: date) -> CadreFigures | None:
    """Return the figures of one person; None for somebody who is not listed."""
    window = Window.read(year, as_of)
    sources = Sources.read(window, [person.pk])
    found = cadre_figures(window, sources, department_codes())
    return found[0] if found else None


def own_standing(person: Person, window: Window) -> CadreFigures:
    """Return the figures of somebody known to be listed, without the weekly reports.

    What a person sees on the desk every morning; three queries.
    """
    offices = person.offices(window.as_of)
    found = totals(window.first, window.last, window.as_of, cadre_ids=[person.pk])
    exempted = exempted_days(window, [person.pk])
    return CadreFigures(
        person_id=person.pk,
        code=person.code,
        full_name=person.full_name,
        sort_key=person.sort_key,
        department="",
        department_id=offices.department_id,
        as_of=window.as_of,
        checkpoint=window.checkpoint,
        has_left=False,
        days=Days.of(found.values()),
        pace_line=PaceLine.of(window, exempted.get(person.pk, NO_EXEMPTION)),
        weekly=NO_WEEKS,
    )


def department_codes() -> dict[int, str]:
    """Return {id: code} of all departments. One query."""
    return dict(Department.objects.order_by().values_list("pk", "code"))
