"""Queries made once and asked again: the same answers, and no query that cannot be kept."""

from datetime import date, timedelta

import pytest

from accounts.models import Appointment
from accounts.prepared import Prepared
from accounts.standing_in import with_delegated
from tests.factories.agency import make_agency

pytestmark = pytest.mark.django_db
DAYS = (date(2015, 12, 31), date(2018, 10, 2), date(2018, 10, 3))


def held(*, person_id, on):
    rows = Appointment.objects.on(on).filter(person=person_id)
    return with_delegated(rows, on).select_related("department").order_by("starts_on", "pk")


def facts(rows):
    return [(row.pk, row.office, row.department, row.heads_for, row.starts_on) for row in rows]


def test_prepared_rows_are_those_of_the_query_for_every_value(django_assert_num_queries):
    agency, prepared = make_agency(), Prepared(held, person_id=int, on=date)
    asked = [(getattr(agency, role).pk, on) for role in ("head", "secretary") for on in DAYS]

    answers = [facts(prepared(person_id=pk, on=on)) for pk, on in asked]

    assert answers == [facts(held(person_id=pk, on=on)) for pk, on in asked]
    assert len({str(answer) for answer in answers}) == 3  # nothing before, then each their own
    with django_assert_num_queries(1):
        facts(prepared(person_id=agency.head.pk, on=DAYS[1]))


def test_prepared_rows_are_read_anew_each_time():
    agency, prepared = make_agency(), Prepared(held, person_id=int, on=date)
    assert prepared(person_id=agency.head.pk, on=DAYS[1]) != []

    Appointment.objects.filter(person=agency.head).update(ends_on=date(2018, 10, 1))

    assert prepared(person_id=agency.head.pk, on=DAYS[1]) == []


@pytest.mark.parametrize(
    "build",
    [
        lambda *, on: Appointment.objects.on(on - timedelta(days=1)),
        lambda *, on: Appointment.objects.filter(starts_on__year=on.year),
        lambda *, on: Appointment.objects.filter(office="head" if on.year > 1001 else "deputy"),
    ],
)
def test_query_that_reckons_with_its_values_is_refused(build):
    """A control: kept as it is it would answer for the day it was made with."""
    with pytest.raises(ValueError, match="other ways"):
        Prepared(build, on=date)(on=DAYS[1])
