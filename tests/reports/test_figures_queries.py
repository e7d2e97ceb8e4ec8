"""Figures cost the same number of queries whatever the number of cadres."""

from datetime import date

import pytest

from accounts.models import Person, Unit
from reports.figures import Window, cadre_standing, day_rows, unit_days, year_figures
from reports.figures.cadres import own_standing
from tests.factories.accounts import DepartmentFactory, ExemptionFactory, PersonFactory, appoint
from tests.factories.reports import WeeklyReportFactory
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
D = date(2018, 10, 24)


def cadres(count):
    for _ in range(count):
        person = PersonFactory()
        appoint(person, department=DepartmentFactory())
        ExemptionFactory(person=person, starts_on=date(2018, 8, 1), ends_on=date(2018, 8, 9))
        booked_visit(person, "2018-05-21", "2018-05-27")
        WeeklyReportFactory(person=person, at="2018-05-25T16:30")


@pytest.mark.parametrize("count", [1, 3])
def test_figures_of_a_year_query_count_does_not_grow(count, django_assert_num_queries):
    cadres(count)

    # regulation, holidays, departments, monthly totals, ledger of the month of the day,
    # weeks visited, weekly reports, appointments, exemptions
    with django_assert_num_queries(9):
        assert len(year_figures(2018, as_of=D).cadres) == count


def test_standing_of_one_cadre_asks_as_often(django_assert_num_queries):
    cadres(2)
    person = Person.objects.first()

    with django_assert_num_queries(9):  # as above
        assert cadre_standing(person, 2018, D).days.accepted == 14


@pytest.mark.parametrize("count", [1, 3])
def test_days_at_units_query_count_does_not_grow(count, django_assert_num_queries):
    cadres(count)

    with django_assert_num_queries(3):  # units, their versions, the ledger
        found = unit_days(Unit.objects.all(), date(2018, 1, 1), date(2018, 12, 31), D)
    assert len(found) == count


@pytest.mark.parametrize("count", [1, 3])
def test_day_rows_query_count_does_not_grow(count, django_assert_num_queries):
    cadres(1)
    person = Person.objects.first()
    for number in range(count):
        booked_visit(person, f"2018-06-0{number + 1}")

    with django_assert_num_queries(3):  # regulation, entries with their units, names of units
        assert len(day_rows(person, 2018, D)) == 14 + 2 * count


def test_standing_on_the_desk_is_the_same_as_everywhere():
    cadres(1)
    person = Person.objects.get()
    window = Window.read(2018, D)

    here, there = own_standing(person, window), cadre_standing(person, 2018, D)

    for name in ("days", "target", "pace", "gap", "met", "standing", "needed"):
        assert getattr(here, name) == getattr(there, name), name
