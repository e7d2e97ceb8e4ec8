"""Verdicts, and the one answer to "who is the superior?" (R17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, Value, When

from accounts.choices import Body, Office
from accounts.models import Appointment, Person, Portfolio

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer to "may this person do this?", with the reason in the rule's words."""

    allowed: bool
    reason: StrOrPromise = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def denied(reason: StrOrPromise) -> Verdict:
    return Verdict(allowed=False, reason=reason)


@dataclass(frozen=True, slots=True)
class Superiors:
    """Who decides on whose papers on one day, for any number of people: two queries."""

    on: date
    heads: dict[int, Person]
    in_charge: dict[int, Person]
    committee: list[Person]  # Secretary, deputies, members, by seniority
    secretary: Person | None
    first_deputy: Person | None

    @classmethod
    def of_day(cls, on: date) -> Superiors:
        """Read who heads what and who sits on the Standing Committee on ``on``."""
        rank = Case(
            When(office=Office.SECRETARY, then=Value(0)),
            When(office=Office.DEPUTY_SECRETARY, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        heads: dict[int, Person] = {}
        members: dict[Person, str] = {}
        rows = (
            Appointment.objects.on(on)
            .filter(Q(body=Body.STANDING_COMMITTEE) | Q(body=Body.DEPARTMENT, office=Office.HEAD))
            .filter(person__is_active=True)
            .select_related("person")
            .order_by(rank, "starts_on", "person__sort_key", "pk")
        )
        for row in rows:
            if row.department_id is not None:
                heads.setdefault(row.department_id, row.person)
            else:
                members.setdefault(row.person, row.office)
        in_charge: dict[int, Person] = {}
        portfolios = Portfolio.objects.on(on).select_related("person").order_by("starts_on", "pk")
        for portfolio in portfolios:
            if portfolio.person in members:
                in_charge.setdefault(portfolio.department_id, portfolio.person)
        by_office: dict[str, Person] = {}
        for person, office in members.items():
            by_office.setdefault(office, person)
        return cls(
            on=on,
            heads=heads,
            in_charge=in_charge,
            committee=list(members),
            secretary=by_office.get(Office.SECRETARY),
            first_deputy=by_office.get(Office.DEPUTY_SECRETARY),
        )

    def of(self, person: Person, department_id: int | None) -> Person | None:
        """Return who decides on a paper of ``person`` in that department, or None (R17).

        Committee members first: a member who heads a department answers to the
        Secretary. Never returns ``person``.
        """
        if person == self.secretary:
            return self.first_deputy
        found = self.secretary
        if person not in self.committee and department_id is not None:
            found = self.heads.get(department_id)
            if found is None or found == person:
                found = self.in_charge.get(department_id) or self.secretary
        return None if found == person else found


def superiors_for(asker: Person, on: date) -> Superiors:
    """The superiors of ``on``, read once per asking person and date."""
    cache: dict[date, Superiors] = asker.__dict__.setdefault("_superiors", {})
    if on not in cache:
        cache[on] = Superiors.of_day(on)
    return cache[on]


def superior(person: Person, on: date, *, department_id: int | None = None) -> Person | None:
    """Return who decides on this person's papers on ``on`` (R17), or None if nobody can.

    ``department_id`` is the department of the paper, where it is not the one the
    person belongs to on ``on`` (a plan stays with the department it was filed in).
    """
    department = department_id or person.offices(on).department_id
    return superiors_for(person, on).of(person, department)
