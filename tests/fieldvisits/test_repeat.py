"""A planned row repeated every week, with what is left out and why."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from fieldvisits.actions import plans
from fieldvisits.actions.repeating import preview_repeat, repeat_visit
from fieldvisits.calendar import Quarter
from fieldvisits.models import Holiday
from tests.factories.agency import add_visit, make_agency, make_plan

pytestmark = pytest.mark.django_db
DAY = date(2018, 10, 16)


@pytest.fixture(autouse=True)
def september():
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency(september):
    return make_agency()


@pytest.fixture
def plan(agency):
    return make_plan(agency, Quarter(2018, 4))


@pytest.fixture
def visit(plan, agency):
    return add_visit(plan, agency.unit, DAY, session="morning")


def days(plan):
    return sorted(plan.visits.values_list("starts_on", flat=True))


def test_row_is_repeated_up_to_and_with_the_day(plan, visit, agency):
    made, left = repeat_visit(visit, plan=plan, until=date(2018, 11, 6), by=agency.cadre)

    assert [row.starts_on.isoformat() for row in made] == ["2018-10-23", "2018-10-30", "2018-11-06"]
    assert left == []
    assert {(row.session, row.unit, row.content) for row in made} == {
        ("morning", agency.unit, visit.content)
    }


def test_taken_half_days_and_days_off_are_left_out_and_said(plan, visit, agency):
    add_visit(plan, agency.other_unit, date(2018, 10, 23))
    Holiday.objects.create(date=date(2018, 10, 30), kind="off", name="Nghỉ")

    made, left = repeat_visit(visit, plan=plan, until=date(2018, 11, 6), by=agency.cadre)

    assert [row.starts_on for row in made] == [date(2018, 11, 6)]
    assert [line[:10] for line in left] == ["23/10/2018", "30/10/2018"]
    assert "ngày nghỉ" in left[1]


def test_preview_keeps_nothing(plan, visit, agency):
    made, _left = preview_repeat(visit, plan=plan, until=date(2018, 12, 31), by=agency.cadre)

    assert (len(made), days(plan)) == (10, [DAY])


def test_pressed_twice_adds_once(plan, visit, agency):
    visit.shared = True
    plans.save_visit(visit, plan=plan, by=agency.cadre)
    for _press in range(2):
        repeat_visit(visit, plan=plan, until=date(2018, 10, 30), by=agency.cadre)

    assert len(days(plan)) == 3


@pytest.mark.parametrize("until", [date(2018, 10, 20), date(2019, 1, 8), date(2018, 9, 30)])
def test_day_outside_the_quarter_or_too_near_is_refused(plan, visit, agency, until):
    with pytest.raises(ValidationError):
        repeat_visit(visit, plan=plan, until=until, by=agency.cadre)


def test_row_of_a_submitted_plan_or_somebody_else_is_not_repeated(plan, visit, agency):
    made, left = [], []
    with pytest.raises(PermissionDenied):
        repeat_visit(visit, plan=plan, until=date(2018, 10, 30), by=agency.head)
    plans.submit(plan, by=agency.cadre)
    made, left = repeat_visit(visit, plan=plan, until=date(2018, 10, 30), by=agency.cadre)

    assert (made, len(left), days(plan)) == ([], 2, [DAY])


def test_page_shows_first_and_adds_then(plan, visit, agency, client):
    client.force_login(agency.cadre)
    url = reverse("fieldvisits:visit-repeat", args=[plan.pk, visit.pk])

    looked = client.post(url, {"until": "30/10/2018"})
    before = days(plan)
    added = client.post(url, {"until": "30/10/2018", "confirmed": "1"})

    assert (client.get(url).status_code, looked.status_code, before) == (200, 200, [DAY])
    assert (added.status_code, len(days(plan))) == (302, 3)


@pytest.mark.parametrize("until", ["", "31/02/2018", "01/01/9999", "a\0b", "20/10/2018"])
def test_wrong_day_is_refused_at_its_field(plan, visit, agency, client, until):
    client.force_login(agency.cadre)
    url = reverse("fieldvisits:visit-repeat", args=[plan.pk, visit.pk])

    answer = client.post(url, {"until": until, "confirmed": "1"})

    assert (answer.status_code, bool(answer.context["form"].errors["until"])) == (422, True)
    assert days(plan) == [DAY]


def test_row_of_another_plan_is_not_found(plan, visit, agency, client):
    client.force_login(agency.head)

    assert client.get(f"/plans/{plan.pk}/visits/{visit.pk}/repeat/").status_code == 404
