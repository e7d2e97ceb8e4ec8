"""The reorganisation of 1/7/2025: districts and communes end, new communes and wards begin.

The tables of ``accounts/data`` are taken in as one import, in one transaction. What the office
calls a unit stays as the office wrote it: a code that is known keeps its own names, only its
last version ends.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import endings
from accounts.actions.ending import Ending
from accounts.actions.journal import Journal
from accounts.actions.offices_moving import end_offices
from accounts.actions.organisation import Decision, record
from accounts.actions.through_time import require_right
from accounts.choices import OrganisationSubject, OrganisationVerb, UnitLevel
from accounts.endings import Change, Consequence
from accounts.interchange.importing import take_in
from accounts.interchange.run import Run, Tally
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
    from collections.abc import Iterator

    from accounts.interchange.sources import type_of_cells
    from accounts.models import Person

DATA = Path(__file__).resolve().parent.parent / "data"
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
class Foreseen:
    """What would be, as if it had been done: read in a transaction that was taken back."""

    counts: list[Count]
    units: Tally
    links: Tally
    ending: int
    beginning: int
    link_count: int
    called_otherwise: list[tuple[str, str]]  # as here, as in the table
    rows: list[Consequence]
    mark: str

    @property
    def is_idle(self) -> bool:
        return self.units.is_idle and self.links.is_idle


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


def is_done() -> bool:
    return OrganisationEvent.objects.about(OrganisationSubject.UNIT, CODE).exists()


def foresee() -> Foreseen:
    """Do everything, look, and take it back."""
    with transaction.atomic():
        found = _write()
        transaction.set_rollback(True)
    return found


@transaction.atomic
def reorganise(
    *, by: Person, seen: str, moves_people: bool, decision: Decision
) -> OrganisationEvent:
    """Take the tables in, end what is held in the old units, tell who follows.

    Raises ``ValidationError`` and writes nothing if it is another picture than the one seen.
    """
    require_right(by)
    list(Unit.objects.select_for_update().order_by("pk").values_list("pk"))
    found = _write()
    if found.mark != seen:
        raise ValidationError(
            _("What is concerned has changed meanwhile. Look at it again, then confirm."),
            code="stale",
        )
    if found.is_idle:
        raise ValidationError(_("There is nothing left to do: all of it is on record."))
    ended = _ended_with_it()
    people = _end_offices(ended, by=by, moves_people=moves_people, decision=decision)
    event = record(
        (OrganisationSubject.UNIT, CODE), OrganisationVerb.REORGANISED, by=by, on=ON,
        decision=decision, after={
            "counts": [[row.level, row.before, row.after] for row in found.counts],
            "links": found.link_count, "moves_people": moves_people,
        },
    )  # fmt: skip
    endings.follow(_change(ended), people, by)
    return event


def _write() -> Foreseen:
    otherwise: list[tuple[str, str]] = []
    run = Run(lambda _sentence: None)
    sheets = {
        "units": lambda: _unit_cells(otherwise),
        "unit_succession": lambda: read_shipped(DATA / "hanoi_unit_succession.csv"),
    }
    take_in(run, Source(sheets))
    if run.failed:
        raise ValidationError([str(problem) for problem in run.problems[:20]])
    ended = _ended_with_it()
    rows = endings.previewed(_change(ended))
    begun = UnitVersion.objects.filter(starts_on=ON)
    links = UnitSuccession.objects.filter(on=ON).count()
    units, successions = run.tallies["units"], run.tallies["unit_succession"]
    counts = counts_now()
    said = repr((counts, links, [(row.count, row.rows) for row in rows], otherwise))
    return Foreseen(
        counts, units, successions, len(ended), begun.count(), links, otherwise, rows,
        hashlib.sha256(said.encode()).hexdigest()[:16],
    )  # fmt: skip


def _ended_with_it() -> frozenset[int]:
    there = UnitVersion.objects.on(ON).values("unit")
    rows = UnitVersion.objects.filter(ends_on=ON - DAY).exclude(unit__in=there)
    return frozenset(rows.values_list("unit_id", flat=True))


def _change(ended: frozenset[int]) -> Change:
    return Change(subject=OrganisationSubject.UNIT, ended=ended, on=ON)


def _unit_cells(otherwise: list[tuple[str, str]]) -> type_of_cells:
    """The table's rows; of a code known here, the office's own versions instead."""
    rows = read_shipped(DATA / "hanoi_units.csv")
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


def _end_offices(
    ended: frozenset[int], *, by: Person, moves_people: bool, decision: Decision
) -> set[int]:
    """Representatives and places in clusters end with their unit; main successors take over."""
    people: set[int] = set()
    for old, heir in _held(ended):
        ending = Ending(nature=UNITS, olds=[old], on=ON, moves_people=moves_people)
        people |= end_offices(Journal(), ending, heir, by=by, decision=decision)
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
