"""The agency in one look, the people behind its numbers, and who may see whom."""

from datetime import date

import pytest
import time_machine

from fieldvisits.actions import visits
from fieldvisits.calendar import Quarter
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import (
    approved_visit,
    bring_before,
    decide_all,
    make_agency,
    make_plan,
)

pytestmark = pytest.mark.django_db
RESULT = "Đã làm việc với Ban Thường vụ Huyện đoàn"


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False) as clock:
        yield clock


def status(client, person, address):
    client.force_login(person)
    return client.get(address).status_code


def accepted_visit(agency, clock, day):
    visit = approved_visit(agency, day)
    clock.move_to(f"{day:%Y-%m-%d} 20:00+07:00")
    visits.report(
        visit, by=agency.cadre, result=RESULT, starts_on=day, ends_on=day, session=visit.session
    )
    visits.accept(visit, by=agency.head)
    return visit


@pytest.mark.parametrize("role", ["secretary", "member", "coordinator", "head"])
def test_dashboard_is_open_to_who_leads_or_checks(client, role):
    agency = make_agency()

    assert status(client, getattr(agency, role), "/reports/dashboard/") == 200


@pytest.mark.parametrize("address", ["/reports/dashboard/", "/reports/people/"])
def test_dashboard_is_not_found_for_a_cadre(client, address):
    agency = make_agency()

    assert status(client, agency.cadre, address) == 404
    assert status(client, PersonFactory(), address) == 404


def test_dashboard_on_an_empty_database_says_what_to_do(client):
    person = PersonFactory()
    appoint(person, body="inspection_committee", office="member")

    assert status(client, person, "/reports/dashboard/") == 200
    assert status(client, person, "/reports/people/") == 200


def test_dashboard_shows_the_official_days_of_the_agency(client, early_october):
    agency = make_agency()
    accepted_visit(agency, early_october, date(2018, 10, 9))
    client.force_login(agency.secretary)

    response = client.get("/reports/dashboard/")

    assert response.context["cells"][0]["value"] == "1,0"
    assert response.context["reach"].covered == 1
    assert len(response.context["reach"].uncovered) == 1
    before = client.get("/reports/dashboard/?year=2018&as_of=08/10/2018")
    assert before.context["cells"][0]["value"] == "0,0"


def test_visit_approved_after_its_day_is_marked_and_a_number_of_its_own(client, early_october):
    """R7: it stood in a submitted plan before; the sitting came later."""
    agency, days = make_agency(), (date(2018, 10, 9), date(2018, 10, 19))
    bring_before(agency, make_plan(agency, Quarter(2018, 4), days=days))
    early_october.move_to("2018-10-11 09:00+07:00")
    decide_all(agency, date(2018, 10, 11))
    client.force_login(agency.secretary)
    board = client.get("/reports/dashboard/?year=2018&as_of=31/12/2018").context

    [cell] = [one for one in board["cells"] if one["label"] == "Duyệt sau ngày đi"]
    [line] = client.get(cell["url"]).context["lines"]
    assert (cell["value"], line.visit.starts_on) == (1, days[0])
    assert "Duyệt sau ngày đi." in client.get(line.visit.get_absolute_url()).content.decode()


def test_dashboard_shows_an_approved_visit_across_the_years_end(client, early_october):
    early_october.move_to("2018-12-20 09:00+07:00")
    agency = make_agency()
    visit = approved_visit(agency, date(2019, 1, 3))
    client.force_login(agency.secretary)

    assert [v.pk for v in client.get("/reports/dashboard/").context["reach"].upcoming] == [visit.pk]


def test_dashboard_of_a_head_links_only_to_the_own_department(client):
    agency = make_agency()
    client.force_login(agency.head)

    rows = client.get("/reports/dashboard/").context["rows"]

    assert [row.name for row in rows if row.url] == ["Ban Thanh niên Nông thôn"]


@pytest.mark.parametrize("role", ["secretary", "head"])
def test_dashboard_takes_at_most_fifteen_queries(
    client, role, early_october, django_assert_max_num_queries
):
    agency = make_agency()
    accepted_visit(agency, early_october, date(2018, 10, 9))
    client.force_login(getattr(agency, role))

    with django_assert_max_num_queries(15):
        client.get("/reports/dashboard/")


@pytest.mark.parametrize("count", [1, 3])
def test_people_query_count_does_not_grow(client, count, django_assert_num_queries):
    agency = make_agency()
    for _n in range(count):
        appoint(PersonFactory(), department=agency.rural)
    client.force_login(agency.coordinator)

    # session, person, offices, queues, regulation, holidays, departments, listed, totals 2,
    # exemptions, weeks 2
    with django_assert_num_queries(13):
        client.get("/reports/people/")


def test_head_sees_the_people_of_the_own_department_only(client):
    agency = make_agency()
    client.force_login(agency.head)

    rows = client.get("/reports/people/?department=TCKT").context["rows"]

    assert {row.figures.code for row in rows} == {
        agency.head.code, agency.cadre.code, agency.colleague.code,
    }  # fmt: skip


def test_people_are_filtered_by_department_and_standing(client):
    agency = make_agency()
    client.force_login(agency.secretary)

    everybody = client.get("/reports/people/").context["rows"]
    behind = client.get("/reports/people/?department=NT&standing=behind").context["rows"]
    met = client.get("/reports/people/?standing=met").context["rows"]

    assert len(everybody) == 9
    assert (len(behind), len(met)) == (3, 0)
    assert client.get("/reports/people/?format=csv")["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize(
    ("role", "code"),
    [("cadre", 200), ("head", 200), ("coordinator", 200), ("secretary", 200),
     ("colleague", 404), ("office_head", 404), ("stranger", 404)],
)  # fmt: skip
def test_single_days_are_seen_by_the_person_and_who_leads_or_checks(client, role, code):
    agency = make_agency()
    days, panel = f"/reports/people/{agency.cadre.pk}/days/", "/reports/panels/standing/?cadre="

    assert status(client, getattr(agency, role), days) == code
    assert status(client, getattr(agency, role), f"{panel}{agency.cadre.pk}") == code


def test_single_days_say_why_each_counts(client, early_october):
    agency = make_agency()
    accepted_visit(agency, early_october, date(2018, 10, 9))
    client.force_login(agency.cadre)

    response = client.get(f"/reports/people/{agency.cadre.pk}/days/")

    assert [row.reason for row in response.context["rows"]] == ["counted", "counted"]
    assert response.context["meter"]["done"] == 2


def test_single_days_take_at_most_fifteen_queries(
    client, early_october, django_assert_max_num_queries
):
    agency = make_agency()
    accepted_visit(agency, early_october, date(2018, 10, 9))
    client.force_login(agency.secretary)

    with django_assert_max_num_queries(15):
        client.get(f"/reports/people/{agency.cadre.pk}/days/")


@pytest.mark.parametrize("query", ["cadre=x", "cadre=99999999999999999999", "cadre=0"])
def test_panel_for_nobody_is_not_found(client, query):
    agency = make_agency()

    assert status(client, agency.secretary, f"/reports/panels/standing/?{query}") == 404


@pytest.mark.parametrize(
    "query", ["year=1&as_of=x", "year=99999", "as_of=01/01/0001", "standing=x&department=x"]
)
def test_address_that_makes_no_sense_shows_this_year(client, query):
    agency = make_agency()
    client.force_login(agency.secretary)

    assert client.get(f"/reports/dashboard/?{query}").status_code == 200
    assert client.get(f"/reports/people/?{query}").status_code == 200
    assert client.get(f"/reports/panels/weekly/?{query}").status_code == 200
