"""Visits as history that is taken over: made in the state given, never overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Max
from django.db.models.functions import Collate
from django.utils.translation import gettext as _

from accounts.interchange.run import CHANGES_SHOWN, Change
from accounts.interchange.tables import Column, Row, Table
from accounts.interchange.upserts import refuse_backwards
from accounts.interchange.values import CODE, DAY, choice, clean_lines, line, lines, quoted
from accounts.models import UnitVersion
from fieldvisits.calendar import Quarter
from fieldvisits.choices import (
    Confirmation,
    Origin,
    ProductState,
    Session,
    VisitKind,
    VisitState,
)
from fieldvisits.interchange.booking import share_and_book
from fieldvisits.interchange.carriers import Carriers
from fieldvisits.models import Visit

if TYPE_CHECKING:
    from datetime import date

    from accounts.interchange.run import Run

BATCH = 1000
LONGEST = timedelta(days=366)
# Ad-hoc requests on their way have states of their own that the tables do not know.
EXPORTED_AS = {"requested": "proposed", "endorsed": "proposed"}
# The fields behind the columns, in the order of the table; people and units by code.
_FIELDS = {
    "code": "code",
    "cadre_code": "cadre__code",
    "date_from": "starts_on",
    "date_to": "ends_on",
    "session": "session",
    "unit_code": "unit__code",
    "kind": "kind",
    "origin": "origin",
    "state": "state",
    "product": "product",
    "confirmation": "confirmation",
    "content": "content",
    "result": "result",
    "team": "team",
}
_PLAIN = tuple(name for name, path in _FIELDS.items() if "__" not in path and name != "code")


@dataclass
class Takeover:
    """One visits table on its way in, batch by batch: memory does not grow with it."""

    run: Run
    before: int  # the newest visit before this import
    carriers: Carriers = field(init=False)
    units: dict[int, list[UnitVersion]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.carriers = Carriers(self.run.journal)

    def take(self, rows: list[Row]) -> None:
        on_record = self._on_record([row["code"] for row in rows])
        first: dict[str, int] = {}
        new = []
        for row in rows:
            visit = self._read(row)
            if (seen := first.setdefault(row["code"], row.number)) != row.number:
                self._refuse_repeated(row, seen)
            elif (held := on_record.get(row["code"])) is not None:
                self._compare(row, held)
            elif visit is not None:
                self._warn(row, visit.unit_id)
                new.append(visit)
        if new and not self.run.failed:
            self.carriers.take_over(new)
            self.run.tallies["visits"].created += len(new)
            for visit in new[:CHANGES_SHOWN]:
                self.run.tallies["visits"].show(Change("new", 0, visit.code))

    def _on_record(self, codes: list[str]) -> dict[str, dict[str, Any]]:
        rows = Visit.objects.filter(code__in=codes).values("pk", *_FIELDS.values())
        return {row["code"]: row for row in rows.order_by()}

    def _read(self, row: Row) -> Visit | None:
        run = self.run
        before = run.problem_count
        cadre = run.refer("visits", row, "cadre_code", "people")
        unit = run.refer("visits", row, "unit_code", "units")
        refuse_backwards(run, "visits", row, "date_from", "date_to")
        if row["date_to"] - row["date_from"] > LONGEST:
            run.problem("visits", row.number, "date_to", _("A visit lasts at most a year."))
        if cadre is None or unit is None or run.problem_count > before:
            return None
        values = {_FIELDS[name]: row[name] for name in _PLAIN if row.has(name)}
        return Visit(code=row["code"], cadre_id=cadre, unit_id=unit, **values)

    def _warn(self, row: Row, unit: int) -> None:
        """Rules of planning do not bind history; who imports it is told."""
        first, last = row["date_from"], row["date_to"]
        names = {"code": quoted(row["code"]), "row": row.number}
        if not (self._exists(unit, first) and self._exists(unit, last)):
            names["unit"] = quoted(row["unit_code"])
            self.run.warn(
                _("Visit %(code)s (row %(row)d): unit %(unit)s was not there on that day.") % names
            )
        if last not in Quarter.of(first):
            self.run.warn(
                _("Visit %(code)s (row %(row)d) runs over the end of the quarter.") % names
            )

    def _exists(self, unit: int, day: date) -> bool:
        if not self.units:
            versions = defaultdict(list)
            for version in UnitVersion.objects.only("unit", "starts_on", "ends_on").order_by():
                versions[version.unit_id].append(version)
            self.units = dict(versions)
        return any(version.covers(day) for version in self.units.get(unit, ()))

    def _refuse_repeated(self, row: Row, other: int) -> None:
        if other:
            reason = _("Row %(row)d already says something about %(label)s.")
        else:
            reason = _("An earlier row already says something about %(label)s.")
        names = {"row": other, "label": quoted(row["code"])}
        self.run.problem("visits", row.number, "code", reason % names)

    def _compare(self, row: Row, held: dict[str, Any]) -> None:
        """The same content is no change; other content is refused, both contents named."""
        if held["pk"] > self.before:
            self._refuse_repeated(row, 0)
            return
        differing = []
        for name, path in _FIELDS.items():
            there = _given(name, held[path])
            if row.has(name) and row[name] != there:
                differing.append(
                    _("%(column)s is “%(there)s” on record and “%(here)s” here")
                    % {
                        "column": name,
                        "there": self.run.on_record(name, there),
                        "here": quoted(str(row[name])),
                    }
                )
        if differing:
            reason = _("Visit %(code)s exists with other content: %(differences)s.")
            names = {"code": quoted(row["code"]), "differences": "; ".join(differing)}
            self.run.problem("visits", row.number, "code", reason % names)
        else:
            self.run.tallies["visits"].unchanged += 1


def _given(name: str, value: Any) -> Any:
    """Return a stored value as the table gives it."""
    if name == "state":
        return EXPORTED_AS.get(value, value)
    return clean_lines(value) if name in ("content", "result", "team") else value


def _take(run: Run, rows: Iterable[Row]) -> None:
    before = Visit.objects.aggregate(newest=Max("pk"))["newest"] or 0
    takeover, stream = Takeover(run, before), iter(rows)
    while batch := list(islice(stream, BATCH)):
        takeover.take(batch)
    if not run.failed and run.tallies["visits"].created:
        share_and_book(run, before)


def _give() -> Iterator[tuple[Any, ...]]:
    collation = "C" if connection.vendor == "postgresql" else "BINARY"
    rows = Visit.objects.order_by(Collate("code", collation)).values_list(*_FIELDS.values())
    names = tuple(_FIELDS)
    for row in rows.iterator(chunk_size=2000):
        yield tuple(_given(name, value) for name, value in zip(names, row, strict=True))


VISITS = Table(
    "visits",
    (
        Column("code", CODE),
        Column("cadre_code", CODE),
        Column("date_from", DAY),
        Column("date_to", DAY),
        Column("session", choice(Session)),
        Column("unit_code", CODE),
        Column("kind", choice(VisitKind)),
        Column("origin", choice(Origin)),
        Column("state", choice(VisitState)),
        Column("product", choice(ProductState)),
        Column("confirmation", choice(Confirmation)),
        Column("content", lines(2000)),
        Column("result", lines(8000), optional=True, empty=""),
        Column("team", line(40), optional=True, empty=""),
    ),
    _take,
    _give,
    holds_papers=True,
)
