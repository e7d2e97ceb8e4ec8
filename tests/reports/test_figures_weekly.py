"""Weeks that owe a report, and what became of them (R12)."""

from datetime import date

import pytest

from fieldvisits.models import Regulation
from reports.figures import Weekly, cadre_standing
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint
from tests.factories.reports import WeeklyReportFactory
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
ON_TIME, LATE, MISSING = Weekly(1, 0, 0), Weekly(0, 1, 0), Weekly(0, 0, 1)
NOTHING = Weekly(0, 0, 0)


@pytest.fixture
def cadre():
    person = PersonFactory()
    appoint(person, department=DepartmentFactory())
    return person


def weekly(cadre, *day, year=2018):
    return cadre_standing(cadre, year, date(*day)).weekly


def test_week_is_owed_from_the_day_it_falls_due(cadre):
    booked_visit(cadre, "2018-05-21")

    assert weekly(cadre, 2018, 5, 24) == NOTHING
    assert weekly(cadre, 2018, 5, 25) == MISSING


@pytest.mark.parametrize("state", ["approved", "reported", "accepted"])
def test_week_with_an_approved_visit_owes(cadre, state):
    booked_visit(cadre, "2018-05-21", state=state)

    assert weekly(cadre, 2018, 6, 30).owed == 1


@pytest.mark.parametrize("state", ["proposed", "declined", "cancelled"])
def test_week_without_an_approved_visit_owes_nothing(cadre, state):
    booked_visit(cadre, "2018-05-21", state=state)

    assert weekly(cadre, 2018, 6, 30) == NOTHING


@pytest.mark.parametrize(
    "columns", [{"kind": "event_attendance"}, {"confirmation": "denied"}], ids=str
)
def test_week_owes_for_visits_that_do_not_count(cadre, columns):
    booked_visit(cadre, "2018-05-21", **columns)

    assert weekly(cadre, 2018, 6, 30) == MISSING


@pytest.mark.parametrize(
    ("visited", "at", "expected"),
    [
        ("2018-05-21", "2018-05-25T17:00:00", ON_TIME),
        ("2018-05-21", "2018-05-25T17:00:01", LATE),
        ("2018-05-26", "2018-05-28T12:00:00", ON_TIME),  # a Saturday: Monday noon
        ("2018-05-27", "2018-05-28T12:00:01", LATE),
        ("2018-05-21", "", MISSING),  # only a draft
    ],
)
def test_report_is_on_time_until_the_due_moment(cadre, visited, at, expected):
    booked_visit(cadre, visited)
    WeeklyReportFactory(person=cadre, week="2018-W21", at=at)

    assert weekly(cadre, 2018, 6, 30) == expected


def test_report_due_on_a_day_off_is_due_at_noon_of_the_next_working_day(cadre):
    booked_visit(cadre, "2018-02-12")  # Friday is Tết, work begins again on Wednesday
    report = WeeklyReportFactory(person=cadre, week="2018-W07", at="2018-02-21T12:00")

    assert weekly(cadre, 2018, 2, 20) == NOTHING
    assert weekly(cadre, 2018, 2, 21) == ON_TIME
    report.submitted_at = report.submitted_at.replace(second=1)
    report.save()
    assert weekly(cadre, 2018, 2, 21) == LATE


def test_due_time_of_friday_is_the_regulations(cadre):
    Regulation.objects.update(weekly_due_at="16:00")
    booked_visit(cadre, "2018-05-21")
    WeeklyReportFactory(person=cadre, week="2018-W21", at="2018-05-25T16:30")

    assert weekly(cadre, 2018, 6, 30) == LATE


def test_due_time_after_a_weekend_is_the_regulations(cadre):
    Regulation.objects.update(weekly_after_at="10:00")
    booked_visit(cadre, "2018-05-26")  # a Saturday
    WeeklyReportFactory(person=cadre, week="2018-W21", at="2018-05-28T11:00")

    assert weekly(cadre, 2018, 6, 30) == LATE


def test_report_handed_in_after_the_as_of_day_is_late_all_the_same(cadre):
    booked_visit(cadre, "2018-05-21")
    WeeklyReportFactory(person=cadre, week="2018-W21", at="2018-09-01T08:00")

    assert weekly(cadre, 2018, 5, 25) == LATE


def test_week_belongs_to_the_year_of_its_number(cadre):
    booked_visit(cadre, "2018-12-31")  # 2019-W01, due on Friday 4 January

    assert weekly(cadre, 2019, 1, 31) == NOTHING
    assert weekly(cadre, 2019, 1, 4, year=2019) == MISSING


def test_week_visited_twice_owes_one_report(cadre):
    booked_visit(cadre, "2018-05-21")
    booked_visit(cadre, "2018-05-23", "2018-05-24")

    assert weekly(cadre, 2018, 6, 30) == MISSING


def test_report_of_a_week_without_visits_changes_nothing(cadre):
    WeeklyReportFactory(person=cadre, week="2018-W21", at="2018-05-25T16:30")

    assert weekly(cadre, 2018, 6, 30) == NOTHING
