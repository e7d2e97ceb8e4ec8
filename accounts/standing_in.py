"""Delegations in force, read along with the rows they are about: no query of their own (R25)."""

from __future__ import annotations

from datetime import date

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from accounts.choices import Body, Office
from accounts.models import Appointment, Delegation, Portfolio
from accounts.prepared import Prepared


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


def _held_by(*, person_id: int, on: date) -> QuerySet[Appointment]:
    held = Appointment.objects.on(on).filter(person=person_id)
    return with_delegated(held, on).select_related("department").order_by("starts_on")


def _deciding_in_turn(*, on: date) -> QuerySet[Appointment]:
    rank = Case(
        When(office=Office.SECRETARY, then=Value(0)),
        When(office=Office.DEPUTY_SECRETARY, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = deciding(on).select_related("person")
    return rows.order_by(rank, "starts_on", "person__sort_key", "pk")


def _acted_portfolios(*, person_id: int, on: date) -> QuerySet[Portfolio, tuple[int, int]]:
    given = Delegation.objects.in_force(on).of_committee()
    for_members = Exists(given.filter(delegate=person_id, delegator=OuterRef("person")))
    rows = Portfolio.objects.on(on).filter(Q(person=person_id) | for_members)
    return rows.order_by("-starts_on", "-pk").values_list("department_id", "person_id")


# What a person holds on a day, with what ``with_delegated`` adds.
held_by = Prepared(_held_by, person_id=int, on=date)
# All who decide on others' papers, by seniority.
deciding_in_turn = Prepared(_deciding_in_turn, on=date)
# (department, member in charge) of what the person is in charge of, or acts for.
acted_portfolios = Prepared(_acted_portfolios, person_id=int, on=date)
