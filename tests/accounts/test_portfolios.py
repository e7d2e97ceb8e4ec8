"""Portfolios: one member at a time is in charge of a department; changed on a day."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.actions import portfolios as actions
from accounts.models import OrganisationEvent
from tests.factories.accounts import PortfolioFactory
from tests.factories.agency import make_agency

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2018, 10, 15), date(2018, 11, 1)


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency():
    return make_agency("administrator")


def put(agency, member, on, by=None):
    return actions.put_in_charge(
        agency.rural, by=by or agency.administrator, member=member, on=on,
        seen=actions.mark_of(agency.rural, member, on),
    )  # fmt: skip


def in_charge(agency):
    rows = agency.rural.portfolios.order_by("starts_on")
    return [(row.person, row.starts_on.isoformat(), str(row.ends_on or "")) for row in rows]


def test_change_on_a_day_follows_on_the_day_before(agency):
    put(agency, agency.member, OCTOBER)
    put(agency, agency.member, OCTOBER)  # pressed twice

    assert in_charge(agency) == [
        (agency.deputy_secretary, "2016-01-01", "2018-10-14"),
        (agency.member, "2018-10-15", ""),
    ]
    assert OrganisationEvent.objects.get().subject_code == "NT"


def test_change_takes_the_place_of_what_was_planned_for_later(agency):
    put(agency, agency.member, NOVEMBER)
    put(agency, None, OCTOBER)

    assert in_charge(agency) == [(agency.deputy_secretary, "2016-01-01", "2018-10-14")]


def test_only_a_member_is_in_charge_and_only_the_administrator_says_so(agency):
    with pytest.raises(ValidationError, match="Thường trực"):
        put(agency, agency.head, OCTOBER)
    with pytest.raises(PermissionDenied):
        put(agency, agency.member, OCTOBER, by=agency.secretary)


def test_change_over_another_change_is_refused(agency):
    seen = actions.mark_of(agency.rural, agency.member, NOVEMBER)
    put(agency, agency.secretary, OCTOBER)

    with pytest.raises(ValidationError, match="Xem lại") as refusal:
        actions.put_in_charge(
            agency.rural, by=agency.administrator, member=agency.member, on=NOVEMBER, seen=seen
        )
    assert refusal.value.code == "stale"


def test_portfolio_of_another_department_stands_beside(agency):
    """The control: what does not overlap is written."""
    PortfolioFactory(person=agency.member, department=agency.office, starts_on=OCTOBER)
    connection.check_constraints()
