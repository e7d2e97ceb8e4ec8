"""Target, pace, standing and what is needed (R20, R21)."""

from datetime import date

import pytest

from fieldvisits.models import Regulation
from reports.figures import cadre_standing
from tests.factories.accounts import DepartmentFactory, ExemptionFactory, PersonFactory, appoint
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
# Working days of 2018: 261 from Monday to Friday less 11 days off on weekdays.
WORKED = 250


@pytest.fixture
def cadre():
    person = PersonFactory()
    appoint(person, department=DepartmentFactory())
    return person


def on(cadre, *day, year=2018):
    return cadre_standing(cadre, year, date(*day))


def test_working_days_of_2018_leave_out_holidays(cadre):
    assert len(on(cadre, 2018, 1, 1).pace_line.working_days) == WORKED


def test_pace_stands_still_over_tet(cadre):
    assert on(cadre, 2018, 2, 13).pace == on(cadre, 2018, 2, 20).pace == 120 * 31 // WORKED


def test_pace_is_rounded_down_to_the_half_day(cadre):
    assert on(cadre, 2018, 1, 3).pace == 0  # 0.96 half-days after two working days
    assert on(cadre, 2018, 1, 4).pace == 1


def test_pace_is_the_target_at_the_end(cadre):
    assert on(cadre, 2018, 12, 31).pace == on(cadre, 2019, 3, 1).pace == 120


def test_makeup_saturday_is_a_working_day(cadre):
    line = on(cadre, 2019, 1, 4, year=2019).pace_line

    assert date(2019, 1, 5) in line.working_days


def test_exempted_days_stand_in_neither_side_of_the_pace(cadre):
    ExemptionFactory(person=cadre, starts_on=date(2018, 1, 1), ends_on=date(2018, 6, 30))

    assert on(cadre, 2018, 6, 30).pace == 0
    assert on(cadre, 2018, 12, 31).pace == 120
    assert on(cadre, 2018, 12, 31).target == 120


def test_exemption_lowers_the_target_where_the_regulation_says_so(cadre):
    Regulation.objects.update(pro_rates=True)
    ExemptionFactory(person=cadre, starts_on=date(2018, 1, 17), ends_on=date(2018, 3, 15))

    # Fifteen days of January, February and fifteen of March are out of scope: nine months.
    assert on(cadre, 2018, 12, 31).target == 2 * 45


def test_fourteen_exempted_days_leave_a_month_in_scope(cadre):
    Regulation.objects.update(pro_rates=True)
    ExemptionFactory(person=cadre, starts_on=date(2018, 1, 18), ends_on=date(2018, 1, 31))

    assert on(cadre, 2018, 12, 31).target == 120


def test_lowered_target_is_rounded_up_to_the_whole_day(cadre):
    Regulation.objects.update(pro_rates=True, target_days=50)
    ExemptionFactory(person=cadre, starts_on=date(2018, 1, 1), ends_on=date(2018, 5, 31))

    assert on(cadre, 2018, 12, 31).target == 2 * 30  # 50 × 7 / 12 = 29.2


def test_target_of_nothing_is_neither_met_nor_missed(cadre):
    Regulation.objects.update(pro_rates=True)
    ExemptionFactory(person=cadre, starts_on=date(2017, 9, 1))

    found = on(cadre, 2018, 12, 31)

    assert (found.target, found.gap, found.met, found.standing) == (0, 0, None, None)


def test_who_has_left_is_neither_met_nor_missed():
    person = PersonFactory()
    appoint(person, department=DepartmentFactory(), ends_on=date(2018, 6, 30))

    assert on(person, 2018, 6, 30).met is False
    assert on(person, 2018, 7, 1).met is None
    assert on(person, 2018, 7, 1).gap == 120


def test_target_is_met_by_accepted_days(cadre):
    booked_visit(cadre, "2018-03-01", "2018-04-29", state="reported")
    assert (on(cadre, 2018, 5, 1).met, on(cadre, 2018, 5, 1).standing) == (False, "on_pace")

    booked_visit(cadre, "2018-06-01", "2018-07-30")
    assert (on(cadre, 2018, 8, 1).met, on(cadre, 2018, 8, 1).standing) == (True, "met")


def test_standing_goes_by_what_was_carried_out(cadre):
    booked_visit(cadre, "2018-01-02", "2018-01-08", state="reported")  # 14 half-days

    assert on(cadre, 2018, 2, 8).standing == "on_pace"  # 28 working days: 13 half-days
    assert on(cadre, 2018, 2, 13).standing == "on_pace"  # 14
    assert on(cadre, 2018, 2, 23).standing == "behind"  # 34 working days: 16


def test_needed_looks_ahead_to_the_annual_report_until_its_day(cadre):
    booked_visit(cadre, "2018-01-02", "2018-01-08")
    asked = on(cadre, 2018, 10, 24)

    assert asked.checkpoint == date(2018, 10, 24)
    assert asked.needed == asked.pace - 14


def test_needed_looks_ahead_to_the_end_of_the_year_after_that(cadre):
    booked_visit(cadre, "2018-01-02", "2018-01-08")

    assert on(cadre, 2018, 10, 25).checkpoint == date(2018, 12, 31)
    assert on(cadre, 2018, 10, 25).needed == 120 - 14


def test_needed_is_never_less_than_nothing(cadre):
    booked_visit(cadre, "2018-01-02", "2018-06-30")

    assert on(cadre, 2018, 7, 2).needed == 0


def test_year_after_the_regulation_goes_on_with_it(cadre):
    assert on(cadre, 2026, 12, 31, year=2026).target == 120
