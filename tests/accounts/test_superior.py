"""R17, R25: one function says who decides on a person's papers."""

from datetime import date

import pytest

from accounts.choices import Office
from accounts.models import Appointment
from accounts.permissions import superior
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import make_agency

pytestmark = pytest.mark.django_db
DAY = date(2018, 10, 2)


@pytest.mark.parametrize(
    ("role", "decides"),
    [
        ("cadre", "head"),
        ("head", "deputy_secretary"),
        ("member", "secretary"),
        ("deputy_secretary", "secretary"),
        ("secretary", "deputy_secretary"),
        ("coordinator", "secretary"),  # heads TCKT, nobody is in charge of it
    ],
)
def test_superior_of_each_office(role, decides):
    agency = make_agency()

    assert superior(getattr(agency, role), DAY) == getattr(agency, decides)


def test_superior_of_a_department_without_head_is_the_member_in_charge():
    agency = make_agency()
    Appointment.objects.filter(person=agency.head).update(ends_on=date(2018, 9, 30))

    assert superior(agency.cadre, DAY) == agency.deputy_secretary


def test_superior_changes_with_the_date():
    agency = make_agency()
    Appointment.objects.filter(person=agency.head).update(ends_on=date(2018, 9, 30))
    new = PersonFactory(full_name="Lê Thị Diệp")
    appoint(new, department=agency.rural, office=Office.HEAD, starts_on=date(2018, 10, 3))

    assert superior(agency.cadre, date(2018, 9, 30)) == agency.head
    assert superior(agency.cadre, date(2018, 10, 3)) == new


def test_superior_is_never_the_person_and_may_be_nobody():
    alone = PersonFactory()

    assert superior(alone, DAY) is None
