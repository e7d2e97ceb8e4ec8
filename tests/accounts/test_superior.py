"""R17, R25: one function says who decides on a person's papers."""

from datetime import date

import pytest
import time_machine

from accounts.choices import Office
from accounts.models import Appointment, DepartmentSuccession
from accounts.permissions import Superiors, superior
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import make_agency
from tests.factories.delegations import delegate, forget

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


# --- Delegation (R25) -------------------------------------------------------------------


@pytest.fixture
def second_of_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency(second_of_october):
    return make_agency("deputy", "administrator")


HEAD_AWAY = {"cadre": "deputy", "deputy": "deputy_secretary", "head": "deputy_secretary"}


@pytest.mark.parametrize(("role", "decides"), HEAD_AWAY.items())
def test_superior_while_the_head_is_away(agency, role, decides):
    delegate(agency.head, agency.deputy)

    assert superior(getattr(agency, role), DAY) == getattr(agency, decides)


@pytest.mark.parametrize(("role", "decides"), [("cadre", "deputy"), ("deputy", "deputy_secretary")])
def test_superior_while_the_office_of_head_is_vacant(agency, role, decides):
    Appointment.objects.filter(person=agency.head).update(ends_on=date(2018, 9, 30))
    delegate(None, agency.deputy, by=agency.administrator, department=agency.rural)

    assert superior(getattr(agency, role), DAY) == getattr(agency, decides)


MEMBER_AWAY = {"head": "member", "deputy_secretary": "secretary", "member": "secretary"}


@pytest.mark.parametrize(("role", "decides"), MEMBER_AWAY.items())
def test_superior_while_the_member_in_charge_is_away(agency, role, decides):
    delegate(agency.deputy_secretary, agency.member)

    assert superior(getattr(agency, role), DAY) == getattr(agency, decides)


SECRETARY_AWAY = {
    "member": "deputy_secretary",
    "coordinator": "deputy_secretary",  # nobody is in charge: the Secretary, so the one acting
    "secretary": "member",  # not the deputy who stands in
    "deputy_secretary": "secretary",  # nobody else is left
}


@pytest.mark.parametrize(("role", "decides"), SECRETARY_AWAY.items())
def test_superior_while_the_secretary_is_away(agency, role, decides):
    delegate(agency.secretary, agency.deputy_secretary)

    assert superior(getattr(agency, role), DAY) == getattr(agency, decides)


def test_superior_while_the_secretary_is_vacant_is_who_fills_the_office(agency):
    Appointment.objects.filter(person=agency.secretary).update(ends_on=date(2018, 9, 30))
    assert superior(agency.member, DAY) is None
    forget(agency.member)
    delegate(None, agency.deputy_secretary, by=agency.administrator)

    assert superior(agency.member, DAY) == agency.deputy_secretary


def test_superior_the_day_after_a_delegation_is_the_holder(agency):
    delegate(agency.head, agency.deputy, last=date(2018, 10, 5))

    assert superior(agency.cadre, date(2018, 10, 5)) == agency.deputy
    assert superior(agency.cadre, date(2018, 10, 6)) == agency.head


def test_superior_of_a_department_that_ended_is_the_head_of_its_main_successor(agency):
    Appointment.objects.filter(person=agency.head).update(ends_on=date(2018, 9, 30))
    DepartmentSuccession.objects.create(
        old=agency.rural, new=agency.coordination, on=date(2018, 10, 1), is_main=False
    )
    DepartmentSuccession.objects.create(old=agency.rural, new=agency.office, on=date(2018, 10, 1))

    found = superior(agency.cadre, DAY, department_id=agency.rural.pk)
    assert found == agency.office_head


def test_superiors_with_delegations_take_two_queries(agency, django_assert_num_queries):
    delegate(agency.head, agency.deputy)
    delegate(agency.secretary, agency.member)

    with django_assert_num_queries(2):  # offices with who stands in, portfolios
        found = Superiors.of_day(DAY)
        assert found.of(agency.cadre, agency.rural.pk) == agency.deputy
