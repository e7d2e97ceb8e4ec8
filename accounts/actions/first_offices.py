"""Who holds what, entered at one go: heads, members in charge, committee, inspectors, clerk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.choices import Body, Office
from accounts.models import Appointment, Department, Person, Portfolio
from accounts.permissions_administration import require_administrator

if TYPE_CHECKING:
    from datetime import date


@dataclass(slots=True)
class Choices:
    """What is to be filled; what is held already is not touched."""

    heads: dict[Department, Person] = field(default_factory=dict)
    in_charge: dict[Department, Person] = field(default_factory=dict)
    seats: list[tuple[Body, Office, Person]] = field(default_factory=list)

    @property
    def people(self) -> set[int]:
        seated = {person.pk for _body, _office, person in self.seats}
        named = {person.pk for person in (*self.heads.values(), *self.in_charge.values())}
        return seated | named


@transaction.atomic
def fill(choices: Choices, *, by: Person, starts_on: date) -> int:
    """Appoint from ``starts_on``; return how many offices are newly held.

    All or none: raises ``ValidationError`` with every reason. An office held on the day stays
    with its holder: that is changed in the organisation's own pages, with its consequences.
    """
    require_administrator(by)
    # Two people who appoint at once wait for each other; SQLite has one writer anyway.
    list(Person.objects.select_for_update().filter(pk__in=choices.people).order_by("pk"))
    problems: list[ValidationError] = []
    try:
        with transaction.atomic():
            made = [_seat(*seat, starts_on) for seat in choices.seats]
            made += [_head(*pair, starts_on, problems) for pair in choices.heads.items()]
            made += [_charge(*pair, starts_on, problems) for pair in choices.in_charge.items()]
            if problems:
                raise ValidationError(problems)
    except IntegrityError as error:  # the database's own guard: one department at a time
        raise ValidationError(
            _("Somebody else has just changed these offices. Read what stands there now."),
            code="moved_on",
        ) from error
    return sum(made)


def _at(field: str, said: str) -> ValidationError:
    """A refusal that belongs to one field of the form."""
    return ValidationError(said, code=f"field-{field}")


def _seat(body: Body, office: Office, person: Person, starts_on: date) -> bool:
    held = Appointment.objects.touching(starts_on, starts_on.max).filter(person=person, body=body)
    if body == Body.ADMINISTRATION:  # one may be clerk and administrator
        held = held.filter(office=office)
    if held.exists():
        return False
    Appointment.objects.create(person=person, body=body, office=office, starts_on=starts_on)
    return True


def _head(
    department: Department, person: Person, starts_on: date, problems: list[ValidationError]
) -> bool:
    rows = Appointment.objects.touching(starts_on, starts_on.max).filter(body=Body.DEPARTMENT)
    heads = rows.filter(department=department, office=Office.HEAD)
    if holder := heads.select_related("person").first():
        if holder.person_id != person.pk:
            said = _("%(department)s has a head already: %(name)s.")
            values = {"department": department, "name": holder.person}
            problems.append(_at(f"head_{department.pk}", said % values))
        return False
    held = rows.filter(person=person).select_related("department").first()
    if held and held.department_id != department.pk:
        said = _("%(name)s belongs to %(other)s; a head belongs to the department.")
        said %= {"name": person, "other": held.department}
        problems.append(_at(f"head_{department.pk}", said))
        return False
    _promote(held, department, person, starts_on)
    return True


def _promote(
    held: Appointment | None, department: Department, person: Person, starts_on: date
) -> None:
    """Who was in the department ends there the day before; who came on that very day, or comes
    later, was meant as head from the start.
    """
    if held is not None and held.starts_on >= starts_on:
        held.office, held.starts_on = Office.HEAD, starts_on
        held.save(update_fields=["office", "starts_on"])
        return
    if held is not None:
        held.ends_on = starts_on - timedelta(days=1)
        held.save(update_fields=["ends_on"])
    Appointment.objects.create(
        person=person,
        body=Body.DEPARTMENT,
        department=department,
        office=Office.HEAD,
        starts_on=starts_on,
    )


def _charge(
    department: Department, person: Person, starts_on: date, problems: list[ValidationError]
) -> bool:
    on_committee = Appointment.objects.on(starts_on).filter(
        person=person, body=Body.STANDING_COMMITTEE
    )
    if not on_committee.exists():
        said = _("%(name)s is not on the Standing Committee on this day.") % {"name": person}
        problems.append(_at(f"charge_{department.pk}", said))
        return False
    held = Portfolio.objects.touching(starts_on, starts_on.max).filter(department=department)
    if held.exists():
        return False
    Portfolio.objects.create(person=person, department=department, starts_on=starts_on)
    return True
