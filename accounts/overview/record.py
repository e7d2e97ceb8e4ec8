"""The record of the organisation in words: what was, what is, on which decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.choices import Body, ExemptionReason, Office, OrganisationSubject
from accounts.models import Department, OrganisationEvent, Person, Unit
from accounts.time_pages import said_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Field

QUIET = frozenset({"code", "unit", "department", "offices", "rows"})


@dataclass(frozen=True, slots=True)
class EventLine:
    event: OrganisationEvent
    subject: str  # its name today, or the code of what is no more
    before: str
    after: str


def event_lines(events: Iterable[OrganisationEvent]) -> list[EventLine]:
    """With the names of what each is about: five queries for any number."""
    listed = list(events)
    names = _names(listed)
    return [
        EventLine(
            event,
            names.get((event.subject_kind, event.subject_code), event.subject_code),
            *_both_sides(event),
        )
        for event in listed
    ]


def _both_sides(event: OrganisationEvent) -> tuple[str, str]:
    """What was and what is; an event of a department or a unit through time is one sentence."""
    after = event.details.get("after", {})
    if "journal" in after or "part_of" in after or "takes_back" in after or "counts" in after:
        return "", said_of(event)
    return said(event.details.get("before")), said(after)


def _names(events: list[OrganisationEvent]) -> dict[tuple[str, str], str]:
    codes: dict[str, set[str]] = {}
    for event in events:
        codes.setdefault(event.subject_kind, set()).add(event.subject_code)
    found: dict[tuple[str, str], str] = {}
    for kind, rows in (
        (OrganisationSubject.PERSON, Person.objects.all()),
        (OrganisationSubject.DEPARTMENT, Department.objects.prefetch_related("versions")),
        (OrganisationSubject.UNIT, Unit.objects.prefetch_related("versions")),
    ):
        if kind in codes:
            found |= {(kind, row.code): str(row) for row in rows.filter(code__in=codes[kind])}
    return found


def said(values: Mapping[str, Any] | None) -> str:
    """Plain values as a sentence; what is no office is told name by name."""
    if not values:
        return ""
    for many in ("offices", "rows"):
        if many in values:
            return "; ".join(said(one) for one in values[many])
    if "office" in values:
        return _office(values)
    if "date" in values:
        return f"{_value(values['date'])} {values.get('name', '')}"
    if "person" in values or "exemption" in values:
        return f"{values.get('person') or _exemption(values)}{_period(values)}"
    return "; ".join(
        f"{_name(name)}: {_value(value)}" for name, value in values.items() if name not in QUIET
    )


def _office(values: Mapping[str, Any]) -> str:
    office, body = dict(Office.choices), dict(Body.choices)
    place = values.get("name") or capfirst(str(body.get(values.get("body", ""), "")))
    words = f"{capfirst(str(office.get(values['office'], values['office'])))}, {place}"
    return f"{words}{_period(values)}"


def _exemption(values: Mapping[str, Any]) -> str:
    reason = values["exemption"]
    return capfirst(str(dict(ExemptionReason.choices).get(reason, reason)))


def _period(values: Mapping[str, Any]) -> str:
    first, last = _value(values.get("from")), _value(values.get("to"))
    return f" ({first} – {last or '…'})" if first else ""


def _name(name: str) -> str:
    fields: dict[str, Field[Any, Any]] = {one.name: one for one in Person._meta.fields}  # noqa: SLF001 -- the documented model API
    return capfirst(str(fields[name].verbose_name)) if name in fields else name


def _value(value: object) -> str:
    """Days as they are written here; yes and no in words.

    >>> _value("2018-10-01"), _value(None), _value("CB001")
    ('01/10/2018', '', 'CB001')
    """
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = "" if value is None else str(value)
    parts = text.split("-")
    is_day = [len(part) for part in parts] == [4, 2, 2] and "".join(parts).isdigit()
    return "/".join(reversed(parts)) if is_day else text
