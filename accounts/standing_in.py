"""Delegations in force, read along with the rows they are about: no query of their own (R25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.choices import Body, Office
from accounts.models import Appointment, Delegation, Portfolio

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person


def with_delegated(appointments: QuerySet[Appointment], on: date) -> QuerySet[Appointment]:
    """Annotate whose office of head, or of Secretary, the person acts in (``VACANT``: nobody's),
    and ``delegate``: who acts in the appointment's own office while its holder is away.
    """
    in_force = Delegation.objects.in_force(on)
    mine = in_force.filter(delegate=OuterRef("person"))
    heads = mine.of_heads().filter(department=OuterRef("department"))
    given = in_force.filter(
        Q(department=OuterRef("department")) | Q(body=Body.STANDING_COMMITTEE),
        body=OuterRef("body"),
        office=OuterRef("office"),
        delegator=OuterRef("person"),
    )
    return appointments.annotate(
        heads_for=heads.whose_office(),
        secretary_for=mine.of_committee().filter(office=Office.SECRETARY).whose_office(),
        delegate=Subquery(given.order_by("pk").values("delegate")[:1]),
    )


def deciding(on: date) -> QuerySet[Appointment]:
    """Appointments of all who decide on others' papers on ``on``, and of who stands in for them."""
    rows = with_delegated(Appointment.objects.on(on), on)
    return rows.filter(
        Q(body=Body.STANDING_COMMITTEE)
        | Q(body=Body.DEPARTMENT, office=Office.HEAD)
        | Q(body=Body.DEPARTMENT, heads_for__isnull=False)
    ).filter(person__is_active=True)


def acted_portfolios(person: Person, on: date) -> dict[int, int]:
    """Return {department: member in charge} of what ``person`` is in charge of, or acts for."""
    given = Delegation.objects.in_force(on).of_committee()
    for_members = Exists(given.filter(delegate=person, delegator=OuterRef("person")))
    rows = Portfolio.objects.on(on).filter(Q(person=person) | for_members)
    return dict(rows.order_by("-starts_on", "-pk").values_list("department_id", "person_id"))
