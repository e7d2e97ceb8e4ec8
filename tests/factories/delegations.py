"""Delegations for tests: the office by who holds it, the days by default all of October 2018."""

from __future__ import annotations

from datetime import date

from accounts import delegable
from accounts.actions import delegations
from accounts.models import Delegation, Department, Person

FIRST, LAST = date(2018, 10, 2), date(2018, 10, 31)


def office_of(holder: Person | None, on: date = FIRST, department: Department | None = None):
    """The office ``holder`` may delegate; the vacant one of ``department`` for nobody."""
    for held in delegable.offices_on(on):
        named = department is None or held.department_id == department.pk
        if held.holder == holder and named:
            return held
    raise LookupError(holder)


def delegate(
    absent: Person | None,
    to: Person,
    *,
    by: Person | None = None,
    first: date = FIRST,
    last: date | None = LAST,
    department: Department | None = None,
) -> Delegation:
    """As the holder would, unless ``by`` says who; the two forget what they held before."""
    maker = by or absent
    assert maker is not None
    held = office_of(absent, department=department)
    row = delegations.delegate(
        held, by=maker, to=to, starts_on=first, ends_on=last, reason="Đi công tác"
    )
    forget(*(person for person in (absent, to, maker) if person))
    return row


def forget(*people: Person) -> None:
    """Offices are read once per instance, as in one request."""
    for person in people:
        person.__dict__.pop("_offices", None)
        person.__dict__.pop("_superiors", None)
