"""The day ledger: what is claimed, why it counts or not, and that nothing drifts."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from fieldvisits.choices import DayReason
from fieldvisits.ledger.checking import disagreements
from fieldvisits.ledger.keeping import book, rebook, strike
from fieldvisits.ledger.reasons import with_reason
from fieldvisits.ledger.totals import totals
from fieldvisits.models import LedgerEntry, MonthTotal
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint
from tests.factories.visits import booked_visit

pytestmark = [pytest.mark.django_db, pytest.mark.planner]
D = date(2018, 10, 24)
PAST, AHEAD = "2018-10-24", "2018-10-25"


@pytest.fixture
def cadre():
    person = PersonFactory()
    appoint(person, department=DepartmentFactory(code="TG"))
    return person


@pytest.mark.parametrize(
    ("session", "halves"), [("full", ["am", "pm"]), ("morning", ["am"]), ("afternoon", ["pm"])]
)
def test_visit_claims_its_halves_of_every_day(cadre, session, halves):
    visit = booked_visit(cadre, "2018-02-28", "2018-03-01", session=session)

    claimed = visit.ledger.order_by("date", "half").values_list("date", "half")
    assert list(claimed) == [
        (day, half) for day in (date(2018, 2, 28), date(2018, 3, 1)) for half in halves
    ]


# The reason of one visit's half-day; each line is the first reason that applies to it.
REASONS = [
    ("declined", PAST, {"state": "declined", "confirmation": "denied"}),
    ("cancelled", AHEAD, {"state": "cancelled", "kind": "event_attendance"}),
    ("denied", PAST, {"kind": "event_attendance", "confirmation": "denied"}),
    ("event_attendance", AHEAD, {"kind": "event_attendance", "state": "approved"}),
    ("not_approved", PAST, {"state": "proposed"}),
    ("not_reported", PAST, {"state": "approved"}),
    ("not_accepted", PAST, {"state": "reported", "kind": "thematic", "product": "owed"}),
    ("product_outstanding", PAST, {"kind": "thematic", "product": "submitted"}),
    ("ahead", AHEAD, {"state": "proposed"}),
    ("ahead", AHEAD, {"kind": "thematic", "product": "owed"}),
    ("counted", PAST, {}),
    ("counted", PAST, {"kind": "thematic", "product": "accepted", "confirmation": "disputed"}),
]


@pytest.mark.parametrize(("reason", "day", "columns"), REASONS)
def test_reason_is_the_first_that_applies(cadre, reason, day, columns):
    booked_visit(cadre, day, session="morning", **columns)

    assert [row.reason for row in with_reason(LedgerEntry.objects.all(), D)] == [reason]


def test_reasons_cover_all_there_are():
    assert {reason for reason, _day, _columns in REASONS} | {"same_slot"} == set(DayReason.values)


def test_half_day_is_counted_by_the_lowest_code_only(cadre):
    for code, kind in (("b", "inspection"), ("B", "thematic"), ("A", "inspection")):
        booked_visit(cadre, PAST, session="morning", code=code, kind=kind, shared=True)

    rows = with_reason(LedgerEntry.objects.all(), D)
    assert {row.code: row.reason for row in rows} == {
        "A": "counted", "B": "product_outstanding", "b": "same_slot",
    }  # fmt: skip


def test_taken_half_day_is_refused(cadre):
    booked_visit(cadre, PAST)

    with pytest.raises(ValidationError) as refused:
        booked_visit(cadre, PAST, session="afternoon")

    assert refused.value.code == "slot_taken"


@pytest.mark.parametrize(
    "columns",
    [{"shared": True}, {"state": "cancelled"}, {"kind": "event_attendance"}],
    ids=["shared", "cancelled", "attendance"],
)
def test_taken_half_day_keeps_out_only_unshared_live_visits(cadre, columns):
    booked_visit(cadre, PAST)

    booked_visit(cadre, PAST, **columns)

    (found,) = totals(date(2018, 1, 1), D, D).values()
    assert found.accepted == 2


def test_moved_visit_leaves_nothing_behind(cadre):
    visit = booked_visit(cadre, "2018-04-30", "2018-05-01")
    visit.starts_on = visit.ends_on = date(2018, 6, 5)
    visit.save()

    book([visit])

    assert list(MonthTotal.objects.values_list("month", "accepted")) == [(date(2018, 6, 1), 2)]
    assert list(disagreements()) == []


def test_struck_visit_leaves_nothing_behind(cadre):
    strike(booked_visit(cadre, "2018-04-30", "2018-05-01"))

    assert (LedgerEntry.objects.count(), MonthTotal.objects.count()) == (0, 0)


def test_days_follow_a_changed_appointment_when_booked_anew(cadre):
    booked_visit(cadre, "2018-04-30", "2018-05-01")
    cadre.appointments.update(ends_on=date(2018, 4, 30))
    assert list(disagreements())

    rebook([cadre.pk])

    months = MonthTotal.objects.order_by("month").values_list("month", "department__code")
    assert list(months) == [(date(2018, 4, 1), "TG"), (date(2018, 5, 1), None)]
    assert list(disagreements()) == []


@pytest.mark.parametrize("as_of", [date(2018, 4, 30), date(2018, 5, 1), date(2018, 5, 31)])
def test_totals_are_the_same_from_months_and_from_days(cadre, as_of):
    booked_visit(cadre, "2018-04-29", "2018-05-02")

    (found,) = totals(date(2018, 1, 1), date(2018, 12, 31), as_of).values()

    done = 2 * sum(date(2018, 4, 29 + n) <= as_of for n in (0, 1))
    done += 2 * sum(date(2018, 5, n) <= as_of for n in (1, 2))
    assert (found.accepted, found.ahead) == (done, 8 - done)


def test_totals_ask_twice_however_many_cadres(django_assert_num_queries):
    for _ in range(3):
        booked_visit(PersonFactory(), "2018-04-29", "2018-05-02")

    with django_assert_num_queries(2):  # monthly totals, the ledger of the month of the day
        totals(date(2018, 1, 1), date(2018, 12, 31), D)
