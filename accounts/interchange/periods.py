"""Portfolios of committee members, and exemptions from visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.choices import ExemptionReason
from accounts.interchange.tables import Column, Row, Table
from accounts.interchange.upserts import (
    Wanted,
    count,
    refuse_backwards,
    refuse_repeated,
    upsert,
)
from accounts.interchange.values import CODE, DAY, choice, line, quoted
from accounts.models import Exemption, Portfolio

if TYPE_CHECKING:
    from accounts.interchange.run import Run


def _take_portfolios(run: Run, rows: Iterable[Row]) -> None:
    wanted = []
    for row in rows:
        person = run.refer("portfolios", row, "person_code", "people")
        department = run.refer("portfolios", row, "department_code", "departments")
        refuse_backwards(run, "portfolios", row, "from", "to")
        if person and department:
            identity = {"person_id": person, "department_id": department, "starts_on": row["from"]}
            label = f"{row['person_code']} {row['department_code']} {row['from']}"
            wanted.append(Wanted(row, label, identity, {"ends_on": row.get("to")}))
    refuse_repeated(run, "portfolios", "from", wanted)
    if run.failed:
        return
    rows_now = Portfolio.objects.all()
    existing = {(row.person_id, row.department_id, row.starts_on): row for row in rows_now}
    _look_for_two_in_charge(run, wanted, existing)
    upsert(run, Portfolio, wanted, existing)  # type: ignore[arg-type]  # keys are tuples
    count(run, "portfolios", wanted)


def _look_for_two_in_charge(
    run: Run, wanted: list[Wanted], existing: dict[tuple[int, int, date], Portfolio]
) -> None:
    """Say where two members are in charge of a department at a time, and name both."""
    # First day, last day, row (0: on record) and name of each.
    held: defaultdict[int, list[tuple[date, date, int, str]]] = defaultdict(list)
    named = {item.key for item in wanted}
    for item in wanted:
        first, last = item.identity["starts_on"], item.values["ends_on"] or date.max
        held[item.identity["department_id"]].append((first, last, item.row.number, item.label))
    for key, row in existing.items():
        if key not in named and row.department_id in held:
            label = f"{row.starts_on} – {row.ends_on or ''}"
            period = (row.starts_on, row.ends_on or date.max, 0, label)
            held[row.department_id].append(period)
    for periods in held.values():
        for earlier, later in pairwise(sorted(periods)):
            if later[0] <= earlier[1]:
                one, other = sorted((earlier[2:], later[2:]))
                reason = _("%(other)s: another member is in charge at the same time (%(one)s).")
                names = {"other": quoted(other[1]), "one": quoted(one[1])}
                said = {"table": "portfolios", "row": other[0], "reason": reason % names}
                run.warn(_("%(table)s, row %(row)d: %(reason)s") % said)


def _give_portfolios() -> Iterator[tuple[Any, ...]]:
    names = ("person__code", "department__code", "starts_on", "ends_on")
    rows = Portfolio.objects.order_by().values_list(*names)
    yield from sorted(rows, key=lambda row: row[:3])


PORTFOLIOS = Table(
    "portfolios",
    (
        Column("person_code", CODE),
        Column("department_code", CODE),
        Column("from", DAY),
        Column("to", DAY, optional=True),
    ),
    _take_portfolios,
    _give_portfolios,
)


# --- exemptions ----------------------------------------------------------------------


def _take_exemptions(run: Run, rows: Iterable[Row]) -> None:
    wanted = []
    for row in rows:
        person = run.refer("exemptions", row, "person_code", "people")
        refuse_backwards(run, "exemptions", row, "from", "to")
        if person:
            identity = {"person_id": person, "reason": row["reason"], "starts_on": row["from"]}
            values = {"ends_on": row.get("to")}
            values |= {"note": row["note"]} if row.has("note") else {}
            label = f"{row['person_code']} {row['reason']} {row['from']}"
            wanted.append(Wanted(row, label, identity, values))
    refuse_repeated(run, "exemptions", "from", wanted)
    if run.failed:
        return
    existing = {(row.person_id, row.reason, row.starts_on): row for row in Exemption.objects.all()}
    upsert(run, Exemption, wanted, existing)  # type: ignore[arg-type]  # keys are tuples
    count(run, "exemptions", wanted)


def _give_exemptions() -> Iterator[tuple[Any, ...]]:
    names = ("person__code", "reason", "starts_on", "ends_on", "note")
    rows = Exemption.objects.order_by().values_list(*names)
    yield from sorted(rows, key=lambda row: (row[0], row[2], row[1]))


EXEMPTIONS = Table(
    "exemptions",
    (
        Column("person_code", CODE),
        Column("reason", choice(ExemptionReason)),
        Column("from", DAY),
        Column("to", DAY, optional=True),
        Column("note", line(300), optional=True, empty=""),
    ),
    _take_exemptions,
    _give_exemptions,
)
