"""The desk of every role: what waits, by when, and nothing that is not theirs."""

from datetime import date

import pytest
import time_machine

from fieldvisits.actions import plans, visits
from fieldvisits.calendar import Quarter
from fieldvisits.models import Regulation
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import (
    approved_visit,
    bring_before,
    decide_all,
    make_agency,
    make_plan,
)

pytestmark = pytest.mark.django_db
Q4 = Quarter(2018, 4)
ROLES = (
    "cadre", "head", "coordinator", "office_head", "secretary", "deputy_secretary", "stranger",
)  # fmt: skip


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False) as clock:
        yield clock


def desk(client, person):
    client.force_login(person)
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def titles(client, person):
    client.force_login(person)
    return [todo.title for todo in client.get("/").context["desk"].todos]


def test_desk_of_a_new_cadre_asks_for_the_plan(client):
    agency = make_agency()

    page = desk(client, agency.cadre)

    assert "Quý\xa0IV/2018" in page
    assert "05/10/2018" in page
    assert "02/10/2018" in page


def test_paper_of_the_early_morning_waits_since_that_day(client, early_october):
    """Until seven in Hà Nội it is the day before in UTC, as the database keeps it."""
    agency = make_agency()
    early_october.move_to("2018-10-02 06:30+07:00")
    plans.submit(make_plan(agency, Q4, days=(date(2018, 10, 9),)), by=agency.cadre)
    client.force_login(agency.head)

    waits = [todo.when for todo in client.get("/").context["desk"].todos if todo.shape == "wait"]

    assert waits == ["chờ từ 02/10"]


def test_desk_of_somebody_without_an_office_says_so(client):
    page = desk(client, PersonFactory())

    assert 'id="h-todo"' in page
    assert 'class="week"' not in page


@pytest.mark.parametrize("role", ROLES)
def test_desk_query_count_stays_within_fifteen(client, role, django_assert_max_num_queries):
    agency = make_agency()
    bring_before(agency, make_plan(agency, Q4, days=(date(2018, 10, 9),)))
    other = make_plan(agency, Q4, cadre=agency.colleague, days=(date(2018, 10, 10),))
    plans.submit(other, by=agency.colleague)
    client.force_login(getattr(agency, role))

    with django_assert_max_num_queries(15):
        client.get("/")


@pytest.mark.parametrize("count", [1, 3])
def test_desk_of_a_cadre_takes_as_many_queries_with_more_visits(
    client, count, early_october, django_assert_num_queries
):
    agency = make_agency()
    plan = make_plan(agency, Q4, days=tuple(date(2018, 10, 9 + n) for n in range(count)))
    bring_before(agency, plan)
    decide_all(agency, date(2018, 10, 4))
    client.force_login(agency.cadre)

    # session, person, offices, queues, regulation, own plans, own visits 2, directions,
    # messages, weeks to report; standing: holidays, totals 2, exemptions
    with django_assert_num_queries(15):
        client.get("/")


def test_desk_lists_a_result_overdue_with_the_day_it_was_due(client, early_october):
    agency = make_agency()
    approved_visit(agency, date(2018, 10, 9))
    early_october.move_to("2018-10-16 09:00+07:00")

    page = desk(client, agency.cadre)

    assert "12/10" in page  # due three days after the visit
    assert 'class="when is-bad"' in page


def test_desk_shows_what_the_superior_said_when_sending_a_result_back(client, early_october):
    agency = make_agency()
    visit = approved_visit(agency, date(2018, 10, 9))
    early_october.move_to("2018-10-10 09:00+07:00")
    visits.report(
        visit, by=agency.cadre, result="Đã làm việc với Ban Thường vụ Huyện đoàn",
        starts_on=visit.starts_on, ends_on=visit.ends_on, session=visit.session,
    )  # fmt: skip
    visits.send_back(visit, by=agency.head, comment="Ghi rõ số thanh niên dự")

    assert "Ghi rõ số thanh niên dự" in desk(client, agency.cadre)


def test_desk_of_the_head_lists_plans_and_the_dossier(client):
    agency = make_agency()
    plan = make_plan(agency, Q4, days=(date(2018, 10, 9),))
    plans.submit(plan, by=agency.cadre)

    assert "Trần Thu Hà" in desk(client, agency.head)
    plan.refresh_from_db()
    plans.agree(plan, by=agency.head)
    client.force_login(agency.head)
    context = client.get("/").context

    assert context["request"].asker.queue("to_forward").count == 1
    assert context["request"].asker.queue("to_agree").count == 0


def test_desk_of_the_head_leads_to_the_plans_that_wait_and_not_to_todays_quarter(
    client, early_october
):
    """Plans are made a quarter ahead: today's quarter would show none of them."""
    agency = make_agency()
    early_october.move_to("2018-09-20 09:00+07:00")
    for cadre in (agency.cadre, agency.colleague):
        plan = make_plan(agency, Q4, cadre=cadre, days=(date(2018, 10, 9),))
        plans.submit(plan, by=cadre)
    client.force_login(agency.head)

    addresses = {todo.url for todo in client.get("/").context["desk"].todos}
    plan.refresh_from_db()
    plans.agree(plan, by=agency.head)
    later = {todo.url for todo in client.get("/").context["desk"].todos}

    assert "/plans/" in addresses
    assert "/quarter/NT/2018-4/" in later - addresses
    assert not any(url.startswith("/quarter/") for url in addresses)


def test_desk_shows_the_approved_visit_across_the_years_end(client, early_october):
    agency = make_agency()
    early_october.move_to("2018-12-20 09:00+07:00")
    approved_visit(agency, date(2019, 1, 3))

    assert "03/01/2019" in desk(client, agency.cadre)


def test_menu_names_only_pages_the_person_may_use(client):
    agency = make_agency()

    assert "/quarter/" in menu(client, agency.head)
    assert "/dossiers/" not in menu(client, agency.head)
    assert menu(client, agency.secretary)["/"] == "page"
    assert "/dossiers/" in menu(client, agency.secretary)


def menu(client, person):
    client.force_login(person)
    groups = client.get("/").context["navigation"]()
    return {
        item["url"]: "page" if item["current"] else ""
        for group in groups
        for item in group["items"]
    }


def test_representative_of_a_unit_sees_no_paper_of_the_agency(client):
    agency = make_agency()
    guest = PersonFactory()
    appoint(guest, body="unit", unit=agency.unit, office="representative")

    assert set(menu(client, guest)) <= {
        "/", "/units/", "/visits/", "/notices/", "/regulation/", "/programme/",
    }  # fmt: skip


def test_desk_without_any_regulation_still_opens(client):
    Regulation.objects.all().delete()
    client.force_login(make_agency().cadre)

    assert client.get("/").status_code == 200
