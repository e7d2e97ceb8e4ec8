"""People and organisation for tests: say only what the test is about."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory

from accounts.choices import Body, DepartmentKind, Office, UnitLevel
from accounts.models import (
    Appointment,
    Department,
    DepartmentVersion,
    Exemption,
    Person,
    Portfolio,
    Unit,
    UnitVersion,
)

LONG_AGO = date(2016, 1, 1)


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody who can sign in; without an office. The password is "mat-khau"."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"P{n:04d}")
    email = factory.LazyAttribute(lambda person: f"{person.code.lower()}@example.org")
    full_name = "Nguyễn Văn An"
    password = factory.django.Password("mat-khau")

    @factory.post_generation
    def described(person, create, given, **kwargs):  # noqa: N805 -- the factory's own convention
        person.describe(person.full_name)
        if create:
            person.save()


class DepartmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Department
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"D{n:02d}")
    kind = DepartmentKind.DEPARTMENT

    @factory.post_generation
    def name(department, create, name, **kwargs):  # noqa: N805 -- the factory's own convention
        if create:
            DepartmentVersion.objects.create(
                department=department,
                name=name or f"Ban {department.code}",
                short_name=department.code,
                starts_on=LONG_AGO,
            )


class UnitFactory(factory.django.DjangoModelFactory):
    """A district that has always existed; ``make_unit`` for anything else."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"U{n:03d}")

    @factory.post_generation
    def version(unit, create, given, **kwargs):  # noqa: N805 -- the factory's own convention
        if create and given is not False:
            make_version(unit)


def make_version(
    unit: Unit,
    *,
    place: str = "",
    kind: str = "Huyện",
    level: str = UnitLevel.DISTRICT,
    starts_on: date | None = None,
    ends_on: date | None = None,
    parent: Unit | None = None,
) -> UnitVersion:
    place = place or f"Sóc Sơn {unit.code}"
    version = UnitVersion(
        unit=unit,
        level=level,
        kind=kind,
        name=f"{kind} {place}",
        short_name=place,
        starts_on=starts_on,
        ends_on=ends_on,
        parent=parent,
    )
    version.index(unit.code).save()
    return version


def make_unit(**version: object) -> Unit:
    """A unit with one version of your own: ``make_unit(place="Ba Vì", ends_on=…)``."""
    unit = UnitFactory(version=False)
    make_version(unit, **version)  # type: ignore[arg-type]  # passed on as given
    return unit


def appoint(
    person: Person,
    *,
    department: Department | None = None,
    office: str = Office.CADRE,
    body: str = Body.DEPARTMENT,
    unit: Unit | None = None,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
) -> Appointment:
    """Give ``person`` an office: a cadre of ``department`` unless said otherwise."""
    person.__dict__.pop("_offices", None)
    person.__dict__.pop("_superiors", None)
    return Appointment.objects.create(
        person=person,
        body=body,
        department=department,
        unit=unit,
        office=office,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def make_administrator(**fields: Any) -> Person:
    person = PersonFactory(**{"full_name": "Phan Văn Quản", **fields})
    appoint(person, body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR)
    return person


class PortfolioFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Portfolio

    starts_on = LONG_AGO


class ExemptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Exemption

    reason = "sick"
