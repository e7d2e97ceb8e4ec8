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
    """Annotate whose office of head, or of Secretary, the person acts in (``VACANT``: nobody's)."""
    mine = Delegation.objects.in_force(on).filter(delegate=OuterRef("person"))
    heads = mine.of_heads().filter(department=OuterRef("department"))
    return appointments.annotate(
        heads_for=heads.whose_office(),
        secretary_for=mine.of_committee().filter(office=Office.SECRETARY).whose_office(),
    )


def deciding(on: date) -> QuerySet[Appointment]:
    """Appointments of all who decide on others' papers on ``on``, and of who stands in for them.

    ``delegate``: who acts for this member of the committee, if the member is away.
    """
    given = Delegation.objects.in_force(on).of_committee().filter(delegator=OuterRef("person"))
    rows = with_delegated(Appointment.objects.on(on), on).annotate(
        delegate=Subquery(given.order_by("pk").values("delegate")[:1])
    )
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
