"""Who decides what on a day: as the rules answer, vacancies with what follows."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.choices import Body, Office
from accounts.models import Appointment, Portfolio
from accounts.overview.deciding import Deciding
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint
from tests.factories.agency import make_agency
from tests.factories.delegations import delegate

pytestmark = pytest.mark.django_db
TODAY = date(2018, 10, 2)


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency():
    return make_agency()


def line_of(agency, on=TODAY):
    found = Deciding.of(on).departments
    return next(line for line in found if line.name == "Ban Thanh niên Nông thôn")


def test_head_decides_on_cadres_and_the_member_in_charge_on_the_head(agency):
    line = line_of(agency)

    assert (line.head, line.on_cadres.person) == (agency.head, agency.head)
    assert line.on_head.person == line.in_charge.person == agency.deputy_secretary
    assert line.vacancies == []


def test_who_stands_in_decides_and_both_names_are_shown(agency):
    delegate(agency.head, agency.cadre)
    line = line_of(agency)

    assert (line.on_cadres.person, line.on_cadres.absent) == (agency.cadre, agency.head)


def test_vacancies_say_what_follows(agency):
    Portfolio.objects.all().delete()
    Appointment.objects.filter(office__in=[Office.HEAD, Office.SECRETARY]).delete()
    line, page = line_of(agency), Deciding.of(TODAY)

    assert (line.head, line.on_cadres) == (None, None)
    assert len(line.vacancies) == 2
    assert any("Không có Bí thư" in text for text in page.vacancies)
    assert (len(page.seats), page.quorum) == (2, 2)


def test_day_that_is_asked_about_is_answered(agency):
    row = agency.head.appointments.get()
    row.ends_on = date(2018, 10, 31)
    row.save()

    assert line_of(agency, date(2018, 10, 31)).head == agency.head
    assert line_of(agency, date(2018, 11, 1)).head is None


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(agency, count, django_assert_num_queries):
    for _number in range(count):
        appoint(PersonFactory(), department=DepartmentFactory(), office=Office.HEAD)
    Deciding.of(TODAY)  # what is prepared once is prepared

    # deciding, portfolios, appointments, departments, their versions, the quorum, delegations
    with django_assert_num_queries(7):
        Deciding.of(TODAY)


def test_page_is_for_those_who_lead_and_falls_back_to_today(agency):
    administrator = PersonFactory()
    appoint(administrator, body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR)
    people = {administrator: 200, agency.secretary: 200, agency.head: 200, agency.cadre: 404}
    for person, status in people.items():
        browser = Client()
        browser.force_login(person)
        answer = browser.get("/organisation/who-decides/?on=31/02/2018")
        assert answer.status_code == status
        assert status == 404 or "vào ngày 02/10/2018" in answer.content.decode()
