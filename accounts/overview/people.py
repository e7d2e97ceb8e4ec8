"""The list of people: who is on record, in the Vietnamese order of names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import inviting
from accounts.choices import Body, InvitationState
from accounts.looks import look_of
from accounts.models import Appointment, Person, with_invitation
from accounts.overview.offices import Held

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class PersonRow:
    person: Person
    offices: str  # today, in words
    account: str
    tone: str
    shape: str


def people_found(wanted: Mapping[str, Any], today: date) -> QuerySet[Person]:
    """Those whom the filters leave, ordered so that a page goes on from its last row."""
    rows = Person.objects.all()
    if wanted["q"]:
        rows = rows.matching(wanted["q"].replace("\0", ""))
    rows = _by_office(with_invitation(rows), wanted, today)
    rows = _by_standing(rows, wanted["standing"], today)
    if wanted["account"]:
        rows = rows.filter(_account()[wanted["account"]])
    if wanted["scope"]:
        rows = rows.filter(in_scope=wanted["scope"] == "in")
    return rows.order_by("sort_key", "pk")


NO_EMAIL = Q(email=None) | Q(email="")


def _account() -> dict[str, Q]:
    states = inviting.states(timezone.now())
    return states | {"with": ~NO_EMAIL, "without": NO_EMAIL, "blocked": Q(is_active=False)}


def _of_person() -> Any:  # a PeriodQuerySet
    return Appointment.objects.filter(person=OuterRef("pk"))


def _by_office(rows: QuerySet[Person], wanted: Mapping[str, Any], today: date) -> QuerySet[Person]:
    """Who holds the office today; of somebody who left, the office held last is not asked."""
    if not (wanted["department"] or wanted["office"]):
        return rows
    held = _of_person() if wanted["standing"] == "gone" else _of_person().on(today)
    if wanted["department"]:
        held = held.filter(body=Body.DEPARTMENT, department=wanted["department"])
    if wanted["office"]:
        body, _colon, office = wanted["office"].partition(":")
        held = held.filter(body=body, office=office)
    return rows.filter(Exists(held))


def _by_standing(rows: QuerySet[Person], standing: str, today: date) -> QuerySet[Person]:
    now, later = Exists(_of_person().on(today)), Exists(_of_person().filter(starts_on__gt=today))
    ever = Exists(_of_person())
    asked = {
        "active": Q(now),
        "coming": ~Q(now) & Q(later),
        "gone": Q(ever) & ~Q(now) & ~Q(later),
        "none": ~Q(ever),
    }
    return rows.filter(asked[standing]) if standing else rows


def person_rows(people: Iterable[Person], today: date) -> list[PersonRow]:
    """With what each holds today: three queries for any number."""
    listed = list(people)
    held = Held.of([person.pk for person in listed], today)
    return [PersonRow(person, held.said(person.pk), *account_of(person)) for person in listed]


def account_of(person: Person) -> tuple[str, str, str]:
    """How it stands with signing in: word, tone, shape; of a row with its invitation."""
    if not person.is_active:
        return _("blocked"), "bad", "refused"
    if not person.email:
        return _("no e-mail"), "", "open"
    state = inviting.state_of(person, timezone.now())
    return str(InvitationState(state).label), *look_of("invitation", state)
