"""Departments and the agency: whose days stand where."""

from datetime import date

import pytest

from accounts.choices import Body
from reports.figures import year_figures
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
D = date(2018, 10, 24)


@pytest.fixture
def old():
    return DepartmentFactory(code="CU")


@pytest.fixture
def new():
    return DepartmentFactory(code="MOI")


def rows(as_of=D):
    return {row.code: row for row in year_figures(2018, as_of=as_of).departments}


def listed(as_of=D):
    return {row.code: row.department for row in year_figures(2018, as_of=as_of).cadres}


def moved(old, new):
    person = PersonFactory(code="CB")
    appoint(person, department=old, ends_on=date(2018, 5, 31))
    appoint(person, department=new, starts_on=date(2018, 7, 1))
    return person


def test_days_stay_with_the_department_of_their_date(old, new):
    person = moved(old, new)
    booked_visit(person, "2018-05-30", "2018-05-31")
    booked_visit(person, "2018-07-01")

    found = rows()

    assert {code: row.days.accepted for code, row in found.items()} == {"CU": 4, "MOI": 2}
    assert {code: row.cadres for code, row in found.items()} == {"CU": 0, "MOI": 1}
    assert {code: row.gap for code, row in found.items()} == {"CU": 0, "MOI": 114}


def test_days_between_two_departments_stand_without_one(old, new):
    booked_visit(moved(old, new), "2018-06-15")

    assert {code: row.days.accepted for code, row in rows().items()} == {"": 2, "CU": 0, "MOI": 0}


def test_days_of_all_departments_add_up_to_the_agency(old, new):
    booked_visit(moved(old, new), "2018-05-01", "2018-07-31")

    figures = year_figures(2018, as_of=D)

    assert figures.agency.days.accepted == 184
    assert sum(row.days.accepted for row in figures.departments) == 184


def test_cadre_is_listed_under_the_last_department_while_between_two(old, new):
    moved(old, new)

    assert listed(date(2018, 6, 15)) == {"CB": "CU"}
    assert listed(date(2018, 7, 1)) == {"CB": "MOI"}


def test_cadre_is_not_listed_before_joining(old):
    appoint(PersonFactory(), department=old, starts_on=date(2018, 8, 1))

    assert listed(date(2018, 7, 31)) == {}


def test_cadre_who_left_in_the_year_before_is_not_listed(old):
    appoint(PersonFactory(), department=old, ends_on=date(2017, 12, 31))

    assert listed() == {}


def test_committee_member_with_a_department_is_listed_there(old):
    person = PersonFactory(code="CB")
    appoint(person, body=Body.STANDING_COMMITTEE, office="member")
    appoint(person, department=old, starts_on=date(2018, 7, 1))
    booked_visit(person, "2018-06-30", "2018-07-01")

    assert listed(date(2018, 6, 30)) == {"CB": "THUONG_TRUC"}
    assert listed() == {"CB": "CU"}
    assert {code: row.days.accepted for code, row in rows().items()} == {"CU": 2, "THUONG_TRUC": 2}


@pytest.mark.parametrize("body", ["executive_bureau", "inspection_committee", "administration"])
def test_other_bodies_are_no_department(body):
    appoint(PersonFactory(), body=body, office="member")

    assert listed() == {}


def test_met_is_counted_over_cadres_listed_on_the_day(old, new):
    person = moved(old, new)
    booked_visit(person, "2018-01-02", "2018-05-31")

    found = rows()

    assert {code: row.met for code, row in found.items()} == {"CU": 0, "MOI": 1}
    assert year_figures(2018, as_of=D).agency.met == 1


def test_department_without_cadres_is_shown_while_it_exists(old, new):
    old.versions.update(ends_on=date(2017, 12, 31))

    assert list(rows()) == ["MOI"]


def test_department_is_named_as_on_the_day(old):
    old.versions.update(name="Ban cũ", ends_on=date(2018, 6, 30))
    old.versions.create(name="Ban mới", short_name="m", starts_on=date(2018, 7, 1))

    assert rows(date(2018, 6, 30))["CU"].name == "Ban cũ"
    assert rows()["CU"].name == "Ban mới"


def test_one_department_shows_its_cadres_and_the_whole_agency(old, new):
    for department in (old, new):
        person = PersonFactory(code=f"CB-{department.code}")
        appoint(person, department=department)
        booked_visit(person, "2018-05-21")

    figures = year_figures(2018, as_of=D, department="CU")

    assert [row.code for row in figures.cadres] == ["CB-CU"]
    assert [row.code for row in figures.departments] == ["CU"]
    assert figures.agency.days.accepted == 4
