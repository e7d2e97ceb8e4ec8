"""Two administrators press at once: one office, one holder, on SQLite and on PostgreSQL."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.actions import appointments, portfolios
from accounts.choices import Body, Office
from accounts.consequences import preview
from accounts.models import Appointment, Department, Person, Portfolio
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint
from tests.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
OCTOBER = date(2018, 10, 15)


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def world():
    """Two administrators, two people without an office, two departments."""
    administrators = [PersonFactory(), PersonFactory()]
    for person in administrators:
        appoint(person, body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR)
    people = [PersonFactory(), PersonFactory()]
    return administrators, people, [DepartmentFactory(), DepartmentFactory()]


def pressed(world, rows):
    """Each administrator gives one of two offices, having seen what follows."""
    marks = [preview(appointments.change_of_appointing(row)).mark for row in rows]

    def press(number):
        by = Person.objects.get(pk=world[0][number].pk)
        return appointments.appoint(rows[number], by=by, seen=marks[number])

    return all_at_once(2, press)


def refused(answers):
    assert all(isinstance(one, (Appointment, Portfolio, ValidationError)) for one in answers)
    return [one for one in answers if isinstance(one, ValidationError)]


def offices(world, which):
    _administrators, people, departments = world
    values = {"starts_on": OCTOBER}
    head = {"body": Body.DEPARTMENT, "office": Office.HEAD}
    secretary = {"body": Body.STANDING_COMMITTEE, "office": Office.SECRETARY}
    cadre = {"body": Body.DEPARTMENT, "office": Office.CADRE}
    return {
        "one person in two departments": [
            Appointment(person=people[0], department=one, **cadre, **values) for one in departments
        ],
        "two heads": [
            Appointment(person=one, department=departments[0], **head, **values) for one in people
        ],
        "two Secretaries": [Appointment(person=one, **secretary, **values) for one in people],
    }[which]


@pytest.mark.parametrize("which", ["one person in two departments", "two heads", "two Secretaries"])
def test_of_two_offices_that_exclude_each_other_one_is_given(world, which):
    answers = pressed(world, offices(world, which))

    assert len(refused(answers)) == 1
    assert Appointment.objects.filter(starts_on=OCTOBER).count() == 1


def test_offices_that_do_not_exclude_each_other_are_both_given(world):
    """The control."""
    _administrators, people, departments = world
    rows = [
        Appointment(
            person=one, department=departments[0], body=Body.DEPARTMENT, office=Office.CADRE,
            starts_on=OCTOBER,
        )
        for one in people
    ]  # fmt: skip
    answers = pressed(world, rows)
    assert (Appointment.objects.filter(starts_on=OCTOBER).count(), refused(answers)) in (
        (2, []), (1, refused(answers)),  # the second may be asked to look again at what follows
    )  # fmt: skip


def test_of_two_members_put_in_charge_at_once_one_is(world):
    administrators, people, departments = world
    for one in people:
        appoint(one, body=Body.STANDING_COMMITTEE, office=Office.MEMBER)
    marks = [portfolios.mark_of(departments[0], one, OCTOBER) for one in people]

    def press(number):
        return portfolios.put_in_charge(
            Department.objects.get(pk=departments[0].pk),
            by=Person.objects.get(pk=administrators[number].pk), member=people[number],
            on=OCTOBER, seen=marks[number],
        )  # fmt: skip

    assert len(refused(all_at_once(2, press))) == 1
    assert Portfolio.objects.count() == 1
