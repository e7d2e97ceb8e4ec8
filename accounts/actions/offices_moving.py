"""Offices in what ends: they end with it, and can be taken over by the main successor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts.actions.office_messages import tell_appointed, tell_office_ended
from accounts.actions.organisation import Decision, record
from accounts.choices import Office, OrganisationSubject, OrganisationVerb
from accounts.models import Appointment, ClusterMembership, Portfolio
from accounts.through_time import DAY

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from accounts.actions.ending import Ending
    from accounts.actions.journal import Journal
    from accounts.models import Person


def still_on(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Rows in force on ``on`` or later."""
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=on))


def end_offices(
    journal: Journal, ending: Ending, heir: Any, *, by: Person, decision: Decision
) -> set[int]:
    """End what is held in them on the day before; return whose offices changed."""
    owner, olds, on = ending.nature.owner, ending.olds, ending.on
    held = still_on(Appointment.objects.filter(**{f"{owner}__in": olds}), on)
    rows = list(held.select_related("person").order_by("starts_on", "pk"))
    to = heir if ending.moves_people else None
    headed = to is not None and owner == "department" and _is_headed(to, on)
    for row in rows:
        _end(journal, row, on)
        moved = None
        if to is not None and row.person.is_active:
            office = row.office
            if office == Office.HEAD:
                office, headed = (Office.CADRE if headed else Office.HEAD), True
            moved = _take_over(journal, row, owner, to, office, on)
        _record(row, moved, ending, by=by, decision=decision)
        if moved is not None:
            tell_appointed(moved, decision)
        elif row.pk and row.ends_on == on - DAY:
            tell_office_ended(row, decision)
    _others(journal, ending, to)
    return {row.person_id for row in rows}


def _is_headed(department: Any, on: date) -> bool:
    heads = Appointment.objects.filter(department=department, office=Office.HEAD)
    return still_on(heads, on).exists()


def _end(journal: Journal, row: Any, on: date) -> None:
    """What has not begun yet is struck out."""
    if row.starts_on >= on:
        journal.remove(row)
    else:
        row.was_until = row.ends_on
        journal.change(row, ends_on=on - DAY)


def _take_over(
    journal: Journal, row: Any, owner: str, to: Any, office: str, on: date
) -> Appointment | None:
    first = max(row.starts_on, on)
    last = getattr(row, "was_until", row.ends_on)
    same = Appointment.objects.filter(
        person=row.person_id, body=row.body, office=office, **{owner: to}
    )
    if still_on(same, first).exists():
        return None
    return journal.make(
        Appointment(
            person_id=row.person_id, body=row.body, office=office, starts_on=first, ends_on=last,
            **{owner: to},
        )
    )  # fmt: skip


def _record(
    row: Any, moved: Appointment | None, ending: Ending, *, by: Person, decision: Decision
) -> None:
    """On the person's own record, too."""
    place = str(getattr(row, ending.nature.owner))
    verb = OrganisationVerb.MOVED if moved else OrganisationVerb.OFFICE_ENDED
    after = None
    if moved is not None:
        there = getattr(moved, ending.nature.owner).name_on(ending.on)
        after = {"office": moved.office, "name": there}
    record(
        (OrganisationSubject.PERSON, row.person.code), verb, by=by, on=ending.on,
        decision=decision, before={"office": row.office, "name": place}, after=after,
    )  # fmt: skip


def _others(journal: Journal, ending: Ending, to: Any) -> None:
    """Who is in charge of a department; to which cluster a unit belongs."""
    on = ending.on
    if ending.nature.owner == "unit":
        for row in still_on(ClusterMembership.objects.filter(unit__in=ending.olds), on):
            _end(journal, row, on)
        return
    taken = to is not None and still_on(Portfolio.objects.filter(department=to), on).exists()
    rows = still_on(Portfolio.objects.filter(department__in=ending.olds), on)
    for row in rows.order_by("starts_on", "pk"):
        until = row.ends_on
        first = max(row.starts_on, on)
        _end(journal, row, on)
        if to is not None and not taken:
            journal.make(
                Portfolio(person_id=row.person_id, department=to, starts_on=first, ends_on=until)
            )
            taken = True
