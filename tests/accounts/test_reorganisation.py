"""1/7/2025 on the real tables: what ends, what begins, what goes where, nothing lost."""

from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.actions.organisation import Decision
from accounts.choices import Body, OrganisationVerb
from accounts.interchange import reorganisation
from accounts.interchange.importing import take_in
from accounts.interchange.reorganisation import DATA, ON
from accounts.interchange.run import Run
from accounts.interchange.sources import Source, read_shipped
from accounts.models import Appointment, Person, Unit, UnitSuccession, UnitVersion
from tests.factories.accounts import PersonFactory, appoint, make_unit
from tests.factories.agency import representative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early_june():
    with time_machine.travel("2025-06-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def administrator():
    person = PersonFactory(full_name="Quản trị")
    appoint(person, body=Body.ADMINISTRATION, office="administrator")
    return person


def the_city_before():
    """The 30 districts and 526 communes as an office entered them before anybody knew."""

    def cells():
        for number, row in read_shipped(DATA / "hanoi_units.csv"):
            if number == 1 or row[0][0] != "N":
                yield number, row[:-2] + (row[-2:] if number == 1 else ["", ""])

    run = Run(print)
    take_in(run, Source({"units": cells}))
    assert not run.failed


@dataclass
class Office:
    """An office before 1/7/2025: one name of its own, a representative, an affiliated union."""

    own: UnitVersion
    ward: Unit
    answers: Person
    kept: Unit


@pytest.fixture
def office():
    the_city_before()
    own = UnitVersion.objects.get(unit__code="D001")
    own.name = "Quận Ba Đình (tên của cơ quan)"
    own.index("D001").save()
    ward = Unit.objects.get(code="C00001")
    kept = make_unit(place="Đại học", kind="Đoàn trực thuộc", level="affiliated")
    return Office(own, ward, representative(ward), kept)


def test_districts_and_communes_end_and_new_units_begin_with_every_link(administrator, office):
    seen = reorganisation.foresee()

    assert not UnitSuccession.objects.exists()  # only looked at
    assert (seen.ending, seen.beginning, seen.link_count) == (556, 126, 794)
    assert seen.called_otherwise == [(office.own.name, "Quận Ba Đình")]
    assert [row.count for row in seen.rows] == [1]
    numbers = {row.level: (row.before, row.after) for row in seen.counts}
    assert list(numbers.values())[:3] == [(526, 126), (30, 0), (1, 1)]

    event = reorganisation.reorganise(
        by=administrator, seen=seen.mark, moves_people=True, decision=Decision("1656/NQ")
    )

    assert (event.kind, UnitSuccession.objects.count()) == (OrganisationVerb.REORGANISED, 794)
    assert [UnitVersion.objects.on(day).count() for day in (date(2025, 6, 30), ON)] == [557, 127]
    assert UnitVersion.objects.get(unit__code="D001").name == office.own.name
    assert office.kept.exists_on(ON)
    there = Appointment.objects.on(ON).get(person=office.answers)
    assert there.unit == office.ward.successors.get().new
    assert reorganisation.foresee().is_idle


def test_another_picture_than_the_one_seen_changes_nothing(administrator):
    with pytest.raises(ValidationError) as refusal:
        reorganisation.reorganise(
            by=administrator, seen="else", moves_people=False, decision=Decision()
        )

    assert refusal.value.code == "stale"
    assert not Unit.objects.exists()
