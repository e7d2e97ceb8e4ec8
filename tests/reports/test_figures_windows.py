"""The window and quotas of R1, the pro-rating of R20, as the regulation sets them."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.choices import Body, UnitLevel
from fieldvisits.models import Regulation
from reports.figures import Window, cadre_standing
from reports.figures.levels import levels_of_cadre, levels_of_many
from tests.factories.accounts import (
    DepartmentFactory,
    ExemptionFactory,
    PersonFactory,
    appoint,
    make_unit,
)
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
LAST = date(2018, 12, 31)


@pytest.fixture
def cadre():
    person = PersonFactory()
    appoint(person, department=DepartmentFactory(code="NT"))
    return person


def set_to(**settings):
    Regulation.objects.update(**settings)


def days_of(cadre, year=2018, as_of=LAST):
    return cadre_standing(cadre, year, as_of)


# --- The window ----------------------------------------------------------------------------


def test_window_of_the_calendar_year_takes_its_first_and_last_day(cadre):
    for day in ("2017-12-31", "2018-01-01", "2018-12-31", "2019-01-01"):
        booked_visit(cadre, day)

    assert days_of(cadre).days.accepted == 4


def test_window_from_25_october_takes_its_first_and_last_day(cadre):
    set_to(window_month=10, window_day=25)
    for day in ("2017-10-24", "2017-10-25", "2018-10-24", "2018-10-25"):
        booked_visit(cadre, day)

    assert Window.read(2018, LAST).first == date(2017, 10, 25)
    assert Window.read(2018, LAST).last == date(2018, 10, 24)
    assert (days_of(cadre).days.accepted, days_of(cadre, 2019).days.accepted) == (4, 2)


def test_window_from_25_october_ends_its_pace_on_24_october(cadre):
    set_to(window_month=10, window_day=25)

    assert days_of(cadre, as_of=date(2018, 10, 24)).pace == 120
    assert days_of(cadre, as_of=date(2018, 10, 23)).pace < 120


# --- Pro-rating ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2018, 3, 1), date(2018, 3, 14), 60),  # fourteen days leave the month in scope
        (date(2018, 3, 1), date(2018, 3, 15), 55),
        (date(2018, 3, 17), date(2018, 4, 14), 55),  # fifteen of March, fourteen of April
        (date(2018, 1, 1), date(2018, 6, 30), 30),
        (date(2018, 1, 1), date(2018, 11, 30), 5),
        (date(2018, 1, 1), None, 0),
    ],
)
def test_target_goes_down_by_months_out_of_scope(cadre, first, last, days):
    set_to(pro_rates=True)
    ExemptionFactory(person=cadre, starts_on=first, ends_on=last)

    assert days_of(cadre).target == 2 * days


def test_target_goes_down_rounded_up_to_the_day(cadre):
    set_to(pro_rates=True, target_days=50)
    ExemptionFactory(person=cadre, starts_on=date(2018, 3, 1), ends_on=date(2018, 3, 31))

    assert days_of(cadre).target == 2 * 46  # 50 * 11 / 12 = 45.8


def test_target_stays_where_the_regulation_does_not_pro_rate(cadre):
    ExemptionFactory(person=cadre, starts_on=date(2018, 1, 1), ends_on=date(2018, 6, 30))

    assert days_of(cadre).target == 120


def test_days_that_take_a_month_out_of_scope_are_a_setting(cadre):
    set_to(pro_rates=True, exempt_month_days=10)
    ExemptionFactory(person=cadre, starts_on=date(2018, 3, 1), ends_on=date(2018, 3, 10))

    assert days_of(cadre).target == 110


def test_months_of_a_window_from_25_october_are_its_own(cadre):
    set_to(pro_rates=True, window_month=10, window_day=25)
    ExemptionFactory(person=cadre, starts_on=date(2017, 11, 10), ends_on=date(2017, 11, 24))

    assert days_of(cadre).target == 110  # 25/10 to 24/11 is one month


@time_machine.travel("2018-12-20 09:00+07:00", tick=False)
def test_target_of_nothing_shows_as_exempted(cadre, client):
    set_to(pro_rates=True)
    ExemptionFactory(person=cadre, starts_on=date(2018, 1, 1))
    client.force_login(cadre)
    page = client.get(f"/reports/people/{cadre.pk}/days/").content.decode()

    assert days_of(cadre).met is None
    assert "Được miễn" in page or "miễn" in page.lower()


# --- Quotas by level ---------------------------------------------------------------------------


@pytest.fixture
def quotas(cadre):
    set_to(level_quotas={"branch": 2, "commune": 1})
    branch = make_unit(level=UnitLevel.BRANCH, kind="Chi đoàn", place="Thôn Đoài")
    commune = make_unit(level=UnitLevel.COMMUNE, kind="Xã", place="Mai Đình")
    booked_visit(cadre, "2018-05-21", "2018-05-22", unit=branch)
    booked_visit(cadre, "2018-05-23", unit=commune, session="morning")
    booked_visit(cadre, "2018-05-24", unit=commune, state="reported")  # not accepted yet


def test_days_of_each_level_are_met_or_not(cadre, quotas, django_assert_num_queries):
    window = Window.read(2018, LAST)
    with django_assert_num_queries(2):  # ledger, names of units
        rows = levels_of_cadre(window, cadre.pk)

    assert [(row.quota, row.half_days, row.is_met) for row in rows] == [(2, 4, True), (1, 1, False)]
    assert [(row.met, row.people) for row in levels_of_many(window, [cadre.pk, 7])] == [
        (1, 2), (0, 2),
    ]  # fmt: skip


def test_half_day_at_two_levels_goes_to_the_lowest_code(cadre, quotas):
    commune = make_unit(level=UnitLevel.COMMUNE, kind="Xã", place="Phú Minh")
    booked_visit(cadre, "2018-05-21", unit=commune, code="A", shared=True)

    rows = levels_of_cadre(Window.read(2018, LAST), cadre.pk)
    assert [row.half_days for row in rows] == [2, 3]


def test_without_quotas_nothing_is_asked_of_the_levels(cadre, django_assert_num_queries):
    window = Window.read(2018, LAST)
    with django_assert_num_queries(0):
        assert levels_of_cadre(window, cadre.pk) == []


@time_machine.travel("2018-12-20 09:00+07:00", tick=False)
def test_dashboard_and_the_persons_page_show_the_levels_where_they_are_set(cadre, quotas):
    secretary = PersonFactory()
    appoint(secretary, body=Body.STANDING_COMMITTEE, office="secretary")
    browser = Client()
    browser.force_login(secretary)

    whole = browser.get("/reports/dashboard/").content.decode()
    one = browser.get(f"/reports/people/{cadre.pk}/days/").content.decode()
    set_to(level_quotas={})
    without = browser.get("/reports/dashboard/").content.decode()
    said = "Số đồng chí đạt số ngày của từng cấp"
    assert (said in whole, "Theo cấp cơ sở" in one, said in without) == (True, True, False)
