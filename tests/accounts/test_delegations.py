"""R25: who may delegate which office to whom, for which days."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.actions import delegations
from accounts.choices import Office
from accounts.models import Appointment, Delegation, InboxItem
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import make_agency
from tests.factories.delegations import FIRST, LAST, delegate, forget, office_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency():
    return make_agency("deputy", "administrator")


def test_delegation_by_the_holder_is_written_and_both_are_told(agency):
    row = delegate(agency.head, agency.deputy)

    assert (row.delegator, row.delegate, row.made_by) == (agency.head, agency.deputy, agency.head)
    assert {item.recipient for item in InboxItem.objects.all()} == {agency.head, agency.deputy}
    assert "02/10/2018" in InboxItem.objects.get(recipient=agency.deputy).subject


def test_delegation_by_an_administrator_says_who_made_it(agency):
    row = delegate(agency.head, agency.deputy, by=agency.administrator)

    assert (row.delegator, row.made_by) == (agency.head, agency.administrator)


@pytest.mark.parametrize("role", ["deputy", "cadre", "secretary", "coordinator"])
def test_delegation_by_anybody_else_is_refused(agency, role):
    with pytest.raises(PermissionDenied):
        delegate(agency.head, agency.cadre, by=getattr(agency, role))

    assert not Delegation.objects.exists()


@pytest.mark.parametrize("role", ["stranger", "coordinator", "secretary", "head"])
def test_head_is_stood_in_for_by_the_own_department_alone(agency, role):
    with pytest.raises(ValidationError) as refused:
        delegate(agency.head, getattr(agency, role))

    assert set(refused.value.error_dict) == {"delegate"}


@pytest.mark.parametrize(("role", "may"), [("secretary", True), ("member", True), ("head", False)])
def test_member_is_stood_in_for_by_another_member_alone(agency, role, may):
    if may:
        assert delegate(agency.deputy_secretary, getattr(agency, role)).pk
    else:
        with pytest.raises(ValidationError):
            delegate(agency.deputy_secretary, getattr(agency, role))


@pytest.mark.parametrize(
    ("first", "last", "clashes"),
    [
        (date(2018, 10, 31), date(2018, 11, 5), True),
        (date(2018, 10, 5), date(2018, 10, 6), True),
        (date(2018, 10, 20), None, True),
        (date(2018, 11, 1), None, False),
    ],
)
def test_second_delegation_of_an_office_in_the_same_days_is_refused(agency, first, last, clashes):
    delegate(agency.head, agency.deputy)
    if clashes:
        with pytest.raises(ValidationError, match="Bùi Thị Hoa"):
            delegate(agency.head, agency.cadre, first=first, last=last)
    else:
        delegate(agency.head, agency.cadre, first=first, last=last)

    assert Delegation.objects.count() == (1 if clashes else 2)


def test_delegation_pressed_twice_is_one_row(agency):
    assert delegate(agency.head, agency.deputy) == delegate(agency.head, agency.deputy)
    assert InboxItem.objects.count() == 2


def test_delegation_of_past_days_is_refused(agency):
    with pytest.raises(ValidationError) as refused:
        delegate(agency.head, agency.deputy, first=date(2018, 10, 1))

    assert set(refused.value.error_dict) == {"starts_on"}


def test_somebody_who_is_away_does_not_stand_in(agency):
    delegate(agency.member, agency.secretary)

    with pytest.raises(ValidationError, match=r"not passed on|không ủy quyền lại"):
        delegate(agency.deputy_secretary, agency.member)


def test_delegate_passes_nothing_on(agency):
    delegate(agency.head, agency.deputy)

    with pytest.raises(PermissionDenied):
        delegations.delegate(
            office_of(agency.head),
            by=agency.deputy,
            to=agency.cadre,
            starts_on=FIRST,
            ends_on=LAST,
            reason="Bận",
        )


def test_ended_early_is_over_at_once_and_frees_the_days(agency, clock):
    row = delegate(agency.head, agency.deputy)
    clock.move_to("2018-10-10 09:00+07:00")
    delegations.end(row, by=agency.head)
    forget(agency.deputy)

    assert (row.ends_on, row.ended_on) == (LAST, date(2018, 10, 10))
    assert agency.deputy.offices(date(2018, 10, 9)).stands_in_as_head
    assert not agency.deputy.offices(date(2018, 10, 10)).stands_in_as_head
    delegate(agency.head, agency.cadre, first=date(2018, 10, 10))


def test_ended_before_it_begins_was_never_in_force(agency):
    row = delegate(agency.head, agency.deputy, first=date(2018, 10, 20))
    delegations.end(row, by=agency.head)

    assert row.ended_on == row.starts_on
    assert delegate(agency.head, agency.cadre, first=date(2018, 10, 20)).pk


def test_what_ran_out_is_not_ended_any_more(agency, clock):
    row = delegate(agency.head, agency.deputy)
    clock.move_to("2018-11-01 09:00+07:00")

    with pytest.raises(PermissionDenied):
        delegations.end(row, by=agency.head)


def test_delegate_does_not_end_it(agency):
    with pytest.raises(PermissionDenied):
        delegations.end(delegate(agency.head, agency.deputy), by=agency.deputy)


def test_delegation_ends_with_the_office_it_comes_from(agency):
    delegate(agency.head, agency.deputy)
    Appointment.objects.filter(person=agency.head).update(ends_on=date(2018, 10, 10))
    forget(agency.deputy)

    assert agency.deputy.offices(date(2018, 10, 10)).headed_id == agency.rural.pk
    assert agency.deputy.offices(date(2018, 10, 11)).headed_id is None


def test_delegation_ends_with_the_department_of_the_delegate(agency):
    delegate(agency.head, agency.deputy)
    Appointment.objects.filter(person=agency.deputy).update(ends_on=date(2018, 10, 10))
    appoint(agency.deputy, department=agency.office, starts_on=date(2018, 10, 11))

    assert agency.deputy.offices(date(2018, 10, 11)).headed_id is None


def test_new_head_delegates_though_the_former_one_had_done_so(agency, clock):
    delegate(agency.head, agency.deputy)
    Appointment.objects.filter(person=agency.head).update(ends_on=date(2018, 10, 10))
    new = PersonFactory(full_name="Lê Thị Diệp")
    appoint(new, department=agency.rural, office=Office.HEAD, starts_on=date(2018, 10, 11))
    clock.move_to("2018-10-11 09:00+07:00")
    row = delegations.delegate(
        office_of(new, date(2018, 10, 11)), by=new, to=agency.cadre,
        starts_on=date(2018, 10, 12), ends_on=LAST, reason="Đi công tác",
    )  # fmt: skip

    assert Delegation.objects.get(ended_on=None) == row
    assert Delegation.objects.exclude(pk=row.pk).get().ended_on == date(2018, 10, 11)


def test_offices_with_delegations_take_two_queries(agency, django_assert_num_queries):
    delegate(agency.head, agency.deputy)
    delegate(agency.secretary, agency.member)
    with django_assert_num_queries(1):  # appointments
        assert agency.deputy.offices(FIRST).headed_id == agency.rural.pk
    with django_assert_num_queries(2):  # appointments, portfolios
        assert agency.member.offices(FIRST).is_secretary


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_postgresql_refuses_an_overlap_by_itself(agency):
    row = delegate(agency.head, agency.deputy)
    row.pk, row.starts_on, row.delegate = None, date(2018, 10, 5), agency.cadre
    assert connection.vendor == "postgresql"

    with pytest.raises(Exception, match="one_delegation_of_a_head_at_a_time"):
        row.save(force_insert=True)
