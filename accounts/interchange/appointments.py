"""Offices held for a period, in a department, a unit or a body of the agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.choices import Body, Office
from accounts.interchange.tables import Column, Row, Table
from accounts.interchange.upserts import (
    Wanted,
    count,
    refuse_backwards,
    refuse_repeated,
    upsert,
)
from accounts.interchange.values import CODE, DAY, choice, line, quoted
from accounts.models import Appointment

if TYPE_CHECKING:
    from accounts.interchange.run import Run

_UNIT = "unit:"
_ADMINISTRATION = (Office.ADMINISTRATOR, Office.CLERK)
# The bodies a person's days are counted under.
_BENCHES = (Body.DEPARTMENT, Body.STANDING_COMMITTEE)


def _body_of(run: Run, row: Row) -> dict[str, Any] | None:
    """Read a body: one of the agency's by name, "unit:<code>", or a department's code."""
    text = row["body"]
    if text in Body.values and text not in (Body.DEPARTMENT, Body.UNIT):
        return {"body": text, "department_id": None, "unit_id": None}
    if text.startswith(_UNIT):
        code = text.removeprefix(_UNIT).strip()
        unit = run.refer("appointments", row, "body", "units", code)
        body = {"body": Body.UNIT.value, "department_id": None, "unit_id": unit}
        return body if unit else None
    department = run.refer("appointments", row, "body", "departments", text)
    body = {"body": Body.DEPARTMENT.value, "department_id": department, "unit_id": None}
    return body if department else None


def _wanted_appointment(run: Run, row: Row) -> Wanted | None:
    person = run.refer("appointments", row, "person_code", "people")
    body = _body_of(run, row)
    refuse_backwards(run, "appointments", row, "from", "to")
    in_administration = row["body"] == Body.ADMINISTRATION
    if in_administration != (row["office"] in _ADMINISTRATION) and (
        in_administration or row["office"] == Office.ADMINISTRATOR
    ):
        reason = _("The administration has administrators and clerks, and nobody else has.")
        run.problem("appointments", row.number, "office", reason)
    if not (person and body):
        return None
    identity = {"person_id": person, **body, "starts_on": row["from"]}
    values = {"office": row["office"], "ends_on": row.get("to")}
    if in_administration:  # one may be clerk and administrator from the same day
        identity["office"] = values.pop("office")
    label = f"{row['person_code']} {row['body']} {row['from']}"
    return Wanted(row, label, identity, values)


def _key_of(appointment: Appointment) -> tuple[Any, ...]:
    key = (
        appointment.person_id, appointment.body, appointment.department_id,
        appointment.unit_id, appointment.starts_on,
    )  # fmt: skip
    return (*key, appointment.office) if appointment.body == Body.ADMINISTRATION else key


def _take_appointments(run: Run, rows: Iterable[Row]) -> None:
    found = [_wanted_appointment(run, row) for row in rows]
    wanted = [item for item in found if item]
    refuse_repeated(run, "appointments", "from", wanted)
    existing = {_key_of(row): row for row in Appointment.objects.all()}
    _refuse_two_departments(run, wanted, existing)
    if run.failed:
        return
    upsert(run, Appointment, wanted, existing)  # type: ignore[arg-type]  # keys are tuples
    run.moved |= {
        item.identity["person_id"]
        for item in wanted
        if item.identity["body"] in _BENCHES
        and (item.differing is None or "ends_on" in item.differing)
    }
    count(run, "appointments", wanted)


def _refuse_two_departments(
    run: Run, wanted: list[Wanted], existing: dict[tuple[Any, ...], Appointment]
) -> None:
    """One department at a time, after all rows have been taken; the problem names both."""
    # First day, last day, row (0: on record) and name of each.
    held: defaultdict[int, list[tuple[date, date, int, str]]] = defaultdict(list)
    named = {item.key for item in wanted}
    for item in wanted:
        if item.identity["body"] == Body.DEPARTMENT:
            ends = item.values["ends_on"] or date.max
            period = (item.identity["starts_on"], ends, item.row.number, item.label)
            held[item.identity["person_id"]].append(period)
    for key, row in existing.items():
        if row.body == Body.DEPARTMENT and row.person_id in held and key not in named:
            label = f"{row.starts_on} – {row.ends_on or ''}"
            held[row.person_id].append((row.starts_on, row.ends_on or date.max, 0, label))
    for periods in held.values():
        for earlier, later in pairwise(sorted(periods)):
            if later[0] <= earlier[1]:
                _name_both(run, *sorted((earlier[2:], later[2:])))


def _name_both(run: Run, one: tuple[int, str], other: tuple[int, str]) -> None:
    if one[0]:
        reason = _("%(other)s: at the same time in another department, row %(row)d (%(one)s).")
    else:
        reason = _("%(other)s: at the same time in another department, on record (%(one)s).")
    names = {"other": quoted(other[1]), "one": quoted(one[1]), "row": one[0]}
    run.problem("appointments", other[0], "from", reason % names)


def _give_appointments() -> Iterator[tuple[Any, ...]]:
    rows = []
    for row in Appointment.objects.select_related("person", "department", "unit"):
        match row.body:
            case Body.DEPARTMENT if row.department:
                body = row.department.code
            case Body.UNIT if row.unit:
                body = f"{_UNIT}{row.unit.code}"
            case _:
                body = row.body
        rows.append((row.person.code, body, row.office, row.starts_on, row.ends_on))
    yield from sorted(rows, key=lambda row: (row[0], row[3], row[1], row[2]))


APPOINTMENTS = Table(
    "appointments",
    (
        Column("person_code", CODE),
        Column("body", line(60)),
        Column("office", choice(Office)),
        Column("from", DAY),
        Column("to", DAY, optional=True),
    ),
    _take_appointments,
    _give_appointments,
)
