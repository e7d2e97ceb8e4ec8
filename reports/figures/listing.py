"""Who is listed, and under which department."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from accounts.choices import Body
from accounts.models import Appointment
from fieldvisits.ledger.slots import Bench

if TYPE_CHECKING:
    from collections.abc import Collection

    from reports.figures.window import Window

NOWHERE = Bench(None, on_committee=False)
COMMITTEE = Bench(None, on_committee=True)


class Term(NamedTuple):
    """A time in a department, or on the Standing Committee if ``department_id`` is None."""

    department_id: int | None
    starts_on: date
    ends_on: date | None

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Listed:
    """A person whom the regime binds, and where that person stands in the lists."""

    person_id: int
    code: str
    full_name: str
    sort_key: str
    bench: Bench
    # Neither in a department nor on the committee any more.
    has_left: bool


def listed(window: Window, cadre_ids: Collection[int] | None = None) -> list[Listed]:
    """Return everybody listed as of ``window.as_of``, by code. One query.

    Nobody is before the window has begun.
    """
    if window.reached < window.first:
        return []
    rows = (
        Appointment.objects.touching(window.first, window.as_of)
        .filter(body__in=[Body.DEPARTMENT, Body.STANDING_COMMITTEE], person__in_scope=True)
        .order_by("starts_on", "pk")
    )
    if cadre_ids is not None:
        rows = rows.filter(person__in=cadre_ids)
    people: dict[int, tuple[str, str, str]] = {}
    terms: defaultdict[int, list[Term]] = defaultdict(list)
    for pk, code, full_name, sort_key, department_id, starts_on, ends_on in rows.values_list(
        "person_id", "person__code", "person__full_name", "person__sort_key",
        "department_id", "starts_on", "ends_on",
    ):  # fmt: skip
        people[pk] = code, full_name, sort_key
        terms[pk].append(Term(department_id, starts_on, ends_on))
    found = []
    for pk, (code, full_name, sort_key) in people.items():
        bench = _bench(terms[pk], window)
        if bench != NOWHERE:
            has_left = not any(term.covers(window.as_of) for term in terms[pk])
            found.append(Listed(pk, code, full_name, sort_key, bench, has_left))
    return sorted(found, key=lambda person: person.code)


def _bench(terms: list[Term], window: Window) -> Bench:
    """The department held on the day, else the last one held; else the committee.

    ``terms`` are in order of their first days and touch the window or follow it.
    """
    in_window = [term for term in terms if term.starts_on <= window.reached]
    departments = [term for term in in_window if term.department_id is not None]
    if departments:
        today = [t for t in terms if t.department_id is not None and t.covers(window.as_of)]
        return Bench((today or departments[-1:])[0].department_id, on_committee=False)
    return COMMITTEE if in_window else NOWHERE
