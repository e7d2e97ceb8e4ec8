"""Queries made once and asked again: the same answers, and no query that cannot be kept."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import desk
from accounts.desk import Asker, Queue, queues_of
from accounts.models import Appointment, InboxItem
from accounts.prepared import Prepared, PreparedByCase
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


def asked_for(agency, role):
    person = getattr(agency, role)
    asker = Asker(type(person).objects.get(pk=person.pk), date(2018, 10, 2))
    return {name: str(queue.rows.query) for name, queue in queues_of(asker).items()}


ROLES = ("cadre", "head", "secretary", "deputy_secretary", "coordinator", "office_head")


@pytest.mark.parametrize("role", ROLES)
def test_queues_of_the_desk_hang_on_person_day_and_offices_alone(role, django_assert_num_queries):
    agency = make_agency()
    with time_machine.travel("2018-10-02 08:00+07:00", tick=False):
        early = asked_for(agency, role)

    with time_machine.travel("2018-10-02 20:00+07:00", tick=False):
        agency.rural.versions.update(name="Ban khác")
        asker = Asker(getattr(agency, role), date(2018, 10, 2))
        _ = asker.offices  # read once for a person and a day
        with django_assert_num_queries(0):
            queues_of(asker)
        assert asked_for(agency, role) == early


def test_queue_that_asks_the_clock_would_be_seen(monkeypatch):
    """The control of the one above."""
    agency = make_agency()

    def by_clock(_asker):
        return {"late": Queue(rows=InboxItem.objects.filter(created_at__lt=timezone.now()))}

    monkeypatch.setattr(desk, "_queues", [by_clock])
    with time_machine.travel("2018-10-02 08:00+07:00", tick=False):
        early = asked_for(agency, "cadre")
    with time_machine.travel("2018-10-02 20:00+07:00", tick=False):
        assert asked_for(agency, "cadre") != early


def test_query_of_a_case_is_built_once_and_read_anew_and_the_oldest_case_goes():
    agency, prepared, built = make_agency(), PreparedByCase(most=2), []

    def ask(role):
        person = getattr(agency, role)
        rows = Appointment.objects.filter(person=person)
        return len(prepared(person.pk, lambda: built.append(role) or rows))

    assert [ask("head"), ask("head")] == [1, 1]
    Appointment.objects.filter(person=agency.head).delete()
    assert [ask("head"), ask("cadre"), ask("secretary"), ask("head")] == [0, 1, 1, 0]
    assert built == ["head", "cadre", "secretary", "head"]
