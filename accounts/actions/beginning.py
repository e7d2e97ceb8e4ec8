"""Quick entry in the first days: departments and people, many at a time, all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.choices import Body
from accounts.models import Appointment, Department, DepartmentVersion, Person
from accounts.permissions_administration import require_administrator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class NewDepartment(TypedDict):
    code: str
    name: str
    short_name: str
    kind: str
    is_coordinating: bool


class NewPerson(TypedDict):
    code: str
    full_name: str
    email: str
    department: Department
    office: str


@transaction.atomic
def enter_departments(
    rows: Sequence[NewDepartment], *, by: Person, starts_on: date
) -> list[Department]:
    """Make departments that exist from ``starts_on``; what is there already stays as it is."""
    require_administrator(by)
    known = {department.code for department in Department.objects.all()}
    coordinating = [row for row in rows if row["is_coordinating"] and row["code"] not in known]
    held = Department.objects.filter(is_coordinating=True).exists()
    if len(coordinating) + held > 1:
        raise ValidationError(_("Only one department coordinates."))
    return [
        _department(row, starts_on, _kept("department")) for row in rows if row["code"] not in known
    ]


def _department(row: NewDepartment, starts_on: date, taken: ValidationError) -> Department:
    try:
        with transaction.atomic():
            department = Department.objects.create(
                code=row["code"], kind=row["kind"], is_coordinating=row["is_coordinating"]
            )
    except IntegrityError as error:
        raise taken from error
    DepartmentVersion.objects.create(
        department=department,
        name=row["name"],
        short_name=row["short_name"],
        starts_on=starts_on,
    )
    return department


def _kept(what: str) -> ValidationError:
    """What two people who press at once are told: the second one reads what the first wrote."""
    said = {
        "department": _("Somebody else has just entered a department with this code."),
        "person": _("Somebody else has just entered a person with this code or e-mail."),
    }
    return ValidationError(said[what], code="moved_on")


@transaction.atomic
def enter_people(rows: Sequence[NewPerson], *, by: Person, starts_on: date) -> list[Person]:
    """Put people on record, each in a department from ``starts_on``; nobody can sign in yet."""
    require_administrator(by)
    made = []
    for row in rows:
        person = Person(code=row["code"], email=row["email"] or None, password=make_password(None))
        try:
            with transaction.atomic():
                person.describe(row["full_name"]).save()
        except IntegrityError as error:
            raise _kept("person") from error
        Appointment.objects.create(
            person=person,
            body=Body.DEPARTMENT,
            department=row["department"],
            office=row["office"],
            starts_on=starts_on,
        )
        made.append(person)
    return made
