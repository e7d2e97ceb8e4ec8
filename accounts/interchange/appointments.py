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
from accounts.interchange.values import CODE, DAY, by_words, choice, line, quoted
from accounts.models import Appointment
from accounts.text import search_text

if TYPE_CHECKING:
    from accounts.interchange.run import Run

_UNIT = "unit:"
_ADMINISTRATION = (Office.ADMINISTRATOR, Office.CLERK)
# The bodies a person's days are counted under.
_BENCHES = (Body.DEPARTMENT, Body.STANDING_COMMITTEE)
_Group = tuple[str, int]
# What offices are called beside the words of the screens.
_TITLES: dict[str, str] = {
    "phó trưởng ban": Office.DEPUTY,
    "phó ban": Office.DEPUTY,
    "phó chánh văn phòng": Office.DEPUTY,
    "chánh văn phòng": Office.HEAD,
    "chuyên viên": Office.CADRE,
}


def _body_of(run: Run, row: Row) -> dict[str, Any] | None:
    """Read a body: one of the agency's by name, "unit:<code>", or a department by code or name."""
    text = row["body"]
    named = text if text in Body.values else by_words(Body, text)
    if named and named not in (Body.DEPARTMENT, Body.UNIT):
        return {"body": named, "department_id": None, "unit_id": None}
    if text.startswith(_UNIT):
        code = text.removeprefix(_UNIT).strip()
        unit = run.refer("appointments", row, "body", "units", code)
        body = {"body": Body.UNIT.value, "department_id": None, "unit_id": unit}
        return body if unit else None
    code = _code_of(run, text)
    department = run.refer("appointments", row, "body", "departments", code)
    body = {"body": Body.DEPARTMENT.value, "department_id": department, "unit_id": None}
    return body if department else None


def _code_of(run: Run, text: str) -> str:
    """The code of the department that is or was called ``text``; ``text`` where that is none."""
    if text in run.ids("departments"):
        return text
    codes = run.names_of_departments().get(search_text(text), set())
    if len(codes) != 1:
        return text
    (code,) = codes
    run.read_as("appointments", "body", f"word {text}", text, code)
    return code


def _wanted_appointment(run: Run, row: Row) -> Wanted | None:
    person = run.refer("appointments", row, "person_code", "people")
    body = _body_of(run, row)
    refuse_backwards(run, "appointments", row, "from", "to")
    in_administration = body is not None and body["body"] == Body.ADMINISTRATION
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
    _look_for_two_at_a_time(run, wanted, existing)
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


def _groups_of(person: int, body: str, department: int | None, office: str) -> list[_Group]:
    """What only one row at a time may be of: departments of a person, heads, Secretaries."""
    if body == Body.STANDING_COMMITTEE:
        return [("secretary", 0)] if office == Office.SECRETARY else []
    if body != Body.DEPARTMENT:
        return []
    headed = [("head", department or 0)] if office == Office.HEAD else []
    return [("department", person), *headed]


def _look_for_two_at_a_time(
    run: Run, wanted: list[Wanted], existing: dict[tuple[Any, ...], Appointment]
) -> None:
    """Refuse two departments at a time, after all rows have been taken; say where two hold one
    office. Both are named.
    """
    # First day, last day, row (0: on record) and name of each.
    held: defaultdict[_Group, list[tuple[date, date, int, str]]] = defaultdict(list)
    named = {item.key for item in wanted}
    for item in wanted:
        identity: dict[str, Any] = item.identity
        office = item.values.get("office") or identity.get("office") or ""
        period = (identity["starts_on"], item.values["ends_on"] or date.max, item.row.number)
        person, body = identity["person_id"], identity["body"]
        for group in _groups_of(person, body, identity["department_id"], office):
            held[group].append((*period, item.label))
    for key, row in existing.items():
        if key in named:
            continue
        label = f"{row.starts_on} – {row.ends_on or ''}"
        for group in _groups_of(row.person_id, row.body, row.department_id, row.office):
            if group in held:
                held[group].append((row.starts_on, row.ends_on or date.max, 0, label))
    for (kind, _which), periods in held.items():
        for earlier, later in pairwise(sorted(periods)):
            if later[0] <= earlier[1]:
                _name_both(run, kind, *sorted((earlier[2:], later[2:])))


def _name_both(run: Run, kind: str, one: tuple[int, str], other: tuple[int, str]) -> None:
    in_row = {
        "department": _(
            "%(other)s: at the same time in another department, row %(row)d (%(one)s)."
        ),
        "head": _("%(other)s: the department has a head at the same time, row %(row)d (%(one)s)."),
        "secretary": _("%(other)s: there is a Secretary at the same time, row %(row)d (%(one)s)."),
    }
    on_record = {
        "department": _("%(other)s: at the same time in another department, on record (%(one)s)."),
        "head": _("%(other)s: the department has a head at the same time, on record (%(one)s)."),
        "secretary": _("%(other)s: there is a Secretary at the same time, on record (%(one)s)."),
    }
    reason = (in_row if one[0] else on_record)[kind]
    reason %= {"other": quoted(other[1]), "one": quoted(one[1]), "row": one[0]}
    if kind == "department":
        run.problem("appointments", other[0], "from", reason)
    else:  # earlier records do overlap, where one leaves and the next comes
        run.warn(
            _("%(table)s, row %(row)d: %(reason)s")
            % {"table": "appointments", "row": other[0], "reason": reason}
        )


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
        Column("office", choice(Office, also=_TITLES)),
        Column("from", DAY),
        Column("to", DAY, optional=True),
    ),
    _take_appointments,
    _give_appointments,
)
