"""Days at a unit, and which units were reached."""

from datetime import date

import pytest

from accounts.models import Unit
from reports.figures import UnitDays, coverage, unit_days
from tests.factories.accounts import PersonFactory, make_unit, make_version
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


def at(unit, as_of=LAST):
    return unit_days(Unit.objects.all(), FIRST, LAST, as_of)[unit.pk]


def test_days_at_a_unit_count_for_those_above_it():
    district = make_unit()
    commune = make_unit(level="commune", parent=district)
    booked_visit(PersonFactory(), "2025-05-21", unit=commune)

    assert at(district) == UnitDays(district.pk, half_days=2, visits=1, people=1)
    assert at(commune).half_days == 2


def test_days_count_for_the_parent_valid_on_their_date():
    before = make_unit(ends_on=date(2025, 6, 30))
    since = make_unit(starts_on=date(2025, 7, 1))
    base = make_unit(level="base", parent=before, ends_on=date(2025, 6, 30))
    make_version(base, level="base", parent=since, starts_on=date(2025, 7, 1))
    booked_visit(PersonFactory(), "2025-06-30", "2025-07-02", unit=base)

    assert (at(before).half_days, at(since).half_days, at(base).half_days) == (2, 4, 6)


def test_parent_that_has_ended_takes_no_more_days():
    district = make_unit(ends_on=date(2025, 6, 30))
    base = make_unit(level="base", parent=district)
    booked_visit(PersonFactory(), "2025-07-01", unit=base)

    assert (at(district).half_days, at(base).half_days) == (0, 2)


def test_half_day_at_two_units_counts_once_for_each_and_once_above_both():
    district = make_unit()
    one, two = (make_unit(level="commune", parent=district) for _ in range(2))
    person = PersonFactory()
    booked_visit(person, "2025-05-21", unit=one)
    booked_visit(person, "2025-05-21", unit=two, shared=True)

    assert (at(one).half_days, at(two).half_days) == (2, 2)
    assert at(district) == UnitDays(district.pk, half_days=2, visits=2, people=1)


def test_only_days_carried_out_by_the_as_of_day_count_at_a_unit():
    unit = make_unit()
    booked_visit(PersonFactory(), "2025-05-21", "2025-05-22", unit=unit, state="reported")
    booked_visit(PersonFactory(), "2025-05-20", unit=unit, state="approved")

    assert at(unit, as_of=date(2025, 5, 21)).half_days == 2


def test_coverage_counts_units_with_at_least_one_half_day():
    reached = make_unit()
    make_unit()
    booked_visit(PersonFactory(), "2025-05-21", unit=reached, session="morning")

    found = coverage(unit_days(Unit.objects.all(), FIRST, LAST, LAST).values())

    assert (found.covered, found.units, found.share) == (1, 2, 0.5)


def test_coverage_of_no_units_has_no_share():
    assert coverage([]).share is None
