"""The reorganisation of 1/7/2025: districts and communes end, new communes and wards begin.

The tables of ``accounts/data`` are taken in as one import, in one transaction. What the office
calls a unit stays as the office wrote it: a code that is known keeps its own names, only its
last version ends.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts import endings
from accounts.actions.ending import Ending
from accounts.actions.journal import Journal
from accounts.actions.offices_moving import end_offices
from accounts.actions.organisation import NO_DECISION, Decision, record
from accounts.choices import OrganisationSubject, OrganisationVerb, UnitLevel
from accounts.endings import Change
from accounts.interchange.importing import take_in
from accounts.interchange.run import Run
from accounts.interchange.sources import Source, read_shipped
from accounts.interchange.units import UNITS as UNIT_TABLE
from accounts.models import (
    Appointment,
    ClusterMembership,
    OrganisationEvent,
    Unit,
    UnitSuccession,
    UnitVersion,
)
from accounts.models.responsible import TAKES_OVER
from accounts.through_time import DAY, UNITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from accounts.interchange.importing import Manner
    from accounts.interchange.sources import type_of_cells
    from accounts.models import Person

DATA = Path(__file__).resolve().parent.parent / "data"
UNIT_FILE, LINK_FILE = DATA / "hanoi_units.csv", DATA / "hanoi_unit_succession.csv"
ON = date(2025, 7, 1)
CODE = "HN-2025"  # under which it stands on the record
LEVELS = (UnitLevel.DISTRICT, UnitLevel.COMMUNE, UnitLevel.AFFILIATED)


@dataclass(frozen=True, slots=True)
class Count:
    """How many units of a level there are on the last day before, and on the day."""

    level: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The decision it rests on, and whether representatives go over to main successors."""

    moves_people: bool = True
    decision: Decision = NO_DECISION

    def plain(self) -> dict[str, Any]:
        """As it is kept until a worker takes it up."""
        on = self.decision.on
        said = {"number": self.decision.number, "on": on.isoformat() if on else None}
        return {"moves_people": self.moves_people, "decision": said}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Asked:
        said = kept["decision"]
        on = date.fromisoformat(said["on"]) if said["on"] else None
        return cls(kept["moves_people"], Decision(said["number"], on))


def counts_now() -> list[Count]:
    """Units by level on 30/6 and on 1/7/2025, as they stand here: two queries."""
    before, after = (
        Counter(UnitVersion.objects.on(day).values_list("level", flat=True))
        for day in (ON - DAY, ON)
    )
    return [
        Count(str(level.label), before[level], after[level])
        for level in UnitLevel
        if level in LEVELS or before[level] or after[level]
    ]


def latest_event() -> OrganisationEvent | None:
    """That it was done, or taken back; None where neither ever was."""
    events = OrganisationEvent.objects.about(OrganisationSubject.UNIT, CODE)
    return events.select_related("by").first()


def row_count() -> int:
    """How many rows the tables have, for the progress of the first time they are read."""
    return sum(sum(1 for _row in read_shipped(path)) - 1 for path in (UNIT_FILE, LINK_FILE))


def reorganise(asked: Asked, manner: Manner, *, by: Person, tell: Callable[[str], None]) -> Run:
    """Take the tables in, end what is held in the old units, tell who follows.

    A dry run does the same as far as it can be seen, and takes it back. What is found beside
    the rows stands in ``run.beside``; problems, where nothing was written, in the run as well.
    """
    otherwise: list[tuple[str, str]] = []
    run = Run(tell, on_row=manner.on_row)

    def settle(run: Run) -> None:
        ended = _ended_with_it()
        run.beside = _seen(ended, otherwise, asked)
        if not manner.dry_run:
            _follow(run, ended, asked, by)
        manner.settle(run)

    sheets = {
        "units": lambda: _unit_cells(otherwise),
        "unit_succession": lambda: read_shipped(LINK_FILE),
    }
    take_in(run, Source(sheets), replace(manner, settle=settle))
    return run


def _seen(ended: frozenset[int], otherwise: list[tuple[str, str]], asked: Asked) -> dict[str, Any]:
    """What would be, or is: plain values, in words."""
    concerned = endings.previewed(_change(ended, asked))
    return {
        "counts": [[row.level, row.before, row.after] for row in counts_now()],
        "ending": len(ended),
        "beginning": UnitVersion.objects.filter(starts_on=ON).count(),
        "links": UnitSuccession.objects.filter(on=ON).count(),
        "called_otherwise": [list(names) for names in otherwise],  # as here, as in the table
        "concerned": [
            {
                "title": str(row.title), "count": row.count, "rows": list(row.rows),
                "more": row.more, "what": str(row.what), "url": row.url,
            }
            for row in concerned
        ],
    }  # fmt: skip


def _follow(run: Run, ended: frozenset[int], asked: Asked, by: Person) -> None:
    journal = Journal()
    people = _end_offices(ended, journal, by=by, asked=asked)
    run.journal.take_over(journal)
    record(
        (OrganisationSubject.UNIT, CODE), OrganisationVerb.REORGANISED, by=by, on=ON,
        decision=asked.decision, after={
            "counts": run.beside["counts"], "links": run.beside["links"],
            "moves_people": asked.moves_people,
        },
    )  # fmt: skip
    endings.follow(_change(ended, asked), people, by)


def note_taken_back(*, by: Person) -> None:
    """Put on record that it was taken back; the record keeps both."""
    done = latest_event()
    said = {"takes_back": done.pk if done else 0, "what": OrganisationVerb.REORGANISED.value}
    record((OrganisationSubject.UNIT, CODE), OrganisationVerb.WITHDRAWN, by=by, on=ON, after=said)


def _ended_with_it() -> frozenset[int]:
    there = UnitVersion.objects.on(ON).values("unit")
    rows = UnitVersion.objects.filter(ends_on=ON - DAY).exclude(unit__in=there)
    return frozenset(rows.values_list("unit_id", flat=True))


def _change(ended: frozenset[int], asked: Asked) -> Change:
    return Change(
        subject=OrganisationSubject.UNIT, ended=ended, on=ON, moves_people=asked.moves_people
    )


def _unit_cells(otherwise: list[tuple[str, str]]) -> type_of_cells:
    """The table's rows; of a code known here, the office's own versions instead.

    Read when the transaction has begun: nobody changes a unit until it ends.
    """
    list(Unit.objects.select_for_update().order_by("pk").values_list("pk"))
    rows = read_shipped(UNIT_FILE)
    number, header = next(rows)
    columns = [column.name for column in UNIT_TABLE.columns]
    yield number, columns
    own = _own_versions()
    for number, cells in rows:
        given = dict(zip(header, cells, strict=True))
        known = own.get(given["code"])
        if known is None:
            yield number, [given[name] for name in columns]
            continue
        last = known[-1]
        if last["name"] != given["name"]:
            otherwise.append((last["name"], given["name"]))
        ends = given["valid_to"]
        if ends and not last["valid_to"] and last["valid_from"] <= ends:
            last["valid_to"] = ends
        for version in known:
            yield number, [version[name] for name in columns]


def _own_versions() -> dict[str, list[dict[str, str]]]:
    """Every version here as cells of the table, by code, oldest first."""
    found: dict[str, list[dict[str, str]]] = {}
    names = [column.name for column in UNIT_TABLE.columns]
    for values in UNIT_TABLE.give():
        cells = {name: _cell(value) for name, value in zip(names, values, strict=True)}
        found.setdefault(cells["code"], []).append(cells)
    return found


def _cell(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _end_offices(ended: frozenset[int], journal: Journal, *, by: Person, asked: Asked) -> set[int]:
    """Representatives and places in clusters end with their unit; main successors take over."""
    people: set[int] = set()
    for old, heir in _held(ended):
        ending = Ending(nature=UNITS, olds=[old], on=ON, moves_people=asked.moves_people)
        people |= end_offices(journal, ending, heir, by=by, decision=asked.decision)
    return people


def _held(ended: frozenset[int]) -> Iterator[tuple[Unit, Unit | None]]:
    """The ended units in which something is still held, with their main successor."""
    still = Q(ends_on=None) | Q(ends_on__gte=ON)
    held = set(Appointment.objects.filter(still, unit__in=ended).values_list("unit_id", flat=True))
    places = ClusterMembership.objects.filter(still, unit__in=ended)
    held |= set(places.values_list("unit_id", flat=True))
    links = UnitSuccession.objects.filter(old__in=held, share__in=TAKES_OVER)
    heirs = {link.old_id: link.new for link in links.select_related("new")}
    units = Unit.objects.filter(pk__in=held).prefetch_related("versions").order_by("code")
    for unit in units:
        yield unit, heirs.get(unit.pk)
