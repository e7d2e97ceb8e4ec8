"""Reminders: at their offsets, once, caught up after a pause, kind by kind (R4, R5, R10)."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from accounts.models import InboxItem, Person
from fieldvisits import reminding
from fieldvisits.actions import plans, reminders
from fieldvisits.calendar import HANOI, Quarter
from fieldvisits.models import Product, Regulation
from tests.factories.accounts import ExemptionFactory
from tests.factories.agency import make_agency, make_plan
from tests.factories.delegations import delegate
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
PLAN, RESULT, PRODUCT = reminders.KINDS
DUE = "plan-due:2018-4:2018-10-05"


def remind(day, *kinds, at=7):
    moment = datetime(day.year, day.month, day.day, at, 30, tzinfo=HANOI)
    return reminding.remind(now=moment, kinds=kinds or (PLAN,))


def told(person):
    return list(
        person.inbox_items.filter(kind__endswith="_due")
        .order_by("pk")
        .values_list("key", flat=True)
    )


@pytest.fixture
def agency():
    with time_machine.travel("2018-09-28 09:00+07:00", tick=False):
        yield make_agency()


def test_reminders_come_three_and_one_day_before_on_the_day_and_after(agency):
    for number in range(12):
        remind(date(2018, 9, 28) + timedelta(days=number))

    assert told(agency.cadre) == [f"{DUE}:{n}" for n in (-3, -1, 0, 1)]


def test_days_of_reminders_are_settings(agency):
    Regulation.objects.update(reminder_days="-5, 2", escalation_days=1)
    for number in range(12):
        remind(date(2018, 9, 28) + timedelta(days=number))

    assert told(agency.cadre) == [f"{DUE}:-5", f"{DUE}:2"]
    assert f"plan-late:2018-4:2018-10-05:{agency.cadre.pk}" in told(agency.head)


def test_reminder_missed_by_a_sleeping_clock_is_sent_on_the_next_run(agency):
    remind(date(2018, 10, 3))

    assert told(agency.cadre) == [f"{DUE}:-3"]


def test_clock_that_slept_through_several_sends_only_the_latest(agency):
    remind(date(2018, 10, 7))

    assert told(agency.cadre) == [f"{DUE}:1"]


def test_reminder_run_twice_tells_once(agency):
    assert remind(date(2018, 10, 5)) > 0
    assert remind(date(2018, 10, 5), at=8) == 0

    assert told(agency.cadre) == [f"{DUE}:0"]


def test_reminder_leaves_out_who_has_submitted_or_is_exempt(agency):
    plans.submit(make_plan(agency, Quarter(2018, 4), days=(date(2018, 10, 9),)), by=agency.cadre)
    ExemptionFactory(person=agency.colleague, starts_on=date(2018, 1, 1))

    remind(date(2018, 10, 5))

    assert (told(agency.cadre), told(agency.colleague)) == ([], [])
    assert told(agency.head) == [f"{DUE}:0"]


@pytest.mark.parametrize("why", ["left", "inactive", "exempt"])
@pytest.mark.parametrize("kind", [PLAN, RESULT, PRODUCT], ids=lambda kind: kind.name)
def test_nobody_is_reminded_who_is_away(agency, kind, why):
    owe_everything(agency)
    if why == "left":
        agency.cadre.appointments.update(ends_on=date(2018, 10, 1))
    elif why == "inactive":
        Person.objects.filter(pk=agency.cadre.pk).update(is_active=False)
    else:
        ExemptionFactory(
            person=agency.cadre, starts_on=date(2018, 10, 2), ends_on=date(2018, 12, 1)
        )

    remind(date(2018, 10, 5), kind)

    assert told(agency.cadre) == []


def test_superior_is_told_of_a_late_plan_three_days_after(agency):
    remind(date(2018, 10, 7))
    assert not InboxItem.objects.filter(key__startswith="plan-late").exists()

    remind(date(2018, 10, 8))

    assert f"plan-late:2018-4:2018-10-05:{agency.cadre.pk}" in told(agency.head)


@pytest.mark.parametrize(("late", "told_is"), [("cadre", "colleague"), ("colleague", "in_charge")])
def test_who_stands_in_for_the_superior_is_told_but_not_of_the_own_delay(agency, late, told_is):
    """R17, R25: one function says who; the delegate's own delay goes to the next in line."""
    people = {"colleague": agency.colleague, "in_charge": agency.deputy_secretary}
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        delegate(agency.head, agency.colleague)
    remind(date(2018, 10, 8))

    key = f"plan-late:2018-4:2018-10-05:{getattr(agency, late).pk}"
    assert {item.recipient for item in InboxItem.objects.filter(key=key)} == {people[told_is]}


def owe_everything(agency):
    """A result and a product due on 5/10; the plan of the quarter is due that day as well."""
    visit = booked_visit(agency.cadre, "2018-10-01", "2018-10-02", state="approved")
    Product.objects.create(visit=visit, department=agency.rural, due_on=date(2018, 10, 5))
    return visit


def test_result_is_reminded_of_from_the_day_the_visit_ends(agency):
    visit = owe_everything(agency)
    for number in range(1, 12):
        remind(date(2018, 10, number), RESULT)

    assert told(agency.cadre) == [f"result-due:{visit.pk}:2018-10-05:{n}" for n in (-3, -1, 0, 1)]
    assert told(agency.head) == [f"result-late:{visit.pk}:2018-10-05:{agency.cadre.pk}"]


def test_reported_visit_is_not_reminded_of(agency):
    booked_visit(agency.cadre, "2018-10-01", state="reported")

    remind(date(2018, 10, 5), RESULT)

    assert told(agency.cadre) == []


def test_product_that_came_back_is_reminded_of_anew(agency):
    product = Product.objects.get(visit=owe_everything(agency))
    remind(date(2018, 10, 5), PRODUCT)
    Product.objects.filter(pk=product.pk).update(due_on=date(2018, 10, 12))
    remind(date(2018, 10, 12), PRODUCT)

    assert told(agency.cadre) == [
        f"product-due:{product.pk}:2018-10-05:0",
        f"product-due:{product.pk}:2018-10-12:0",
    ]


def test_words_say_whether_it_is_still_coming(agency):
    owe_everything(agency)
    remind(date(2018, 10, 5), RESULT)
    remind(date(2018, 10, 6), RESULT)

    first, second = agency.cadre.inbox_items.order_by("pk")
    assert first.subject != second.subject
    assert "05/10/2018" in first.subject


def test_kind_that_fails_holds_up_no_other_and_is_named(agency):
    def fail(_morning):
        yield from ()
        raise RuntimeError("no")

    owe_everything(agency)
    broken = reminding.Kind(name="broken", find=fail, coming="", late="", told="")

    with pytest.raises(reminding.NotAllReminded, match="broken"):
        remind(date(2018, 10, 5), broken, RESULT)

    assert len(told(agency.cadre)) == 1


def test_words_that_cannot_be_filled_hold_up_no_other(agency):
    owe_everything(agency)
    broken = reminding.Kind(
        name="broken", find=reminders.owed_plans, coming="%(nothing)s", late="", told=""
    )

    with pytest.raises(reminding.NotAllReminded, match="broken"):
        remind(date(2018, 10, 5), broken, RESULT)

    assert [key.partition(":")[0] for key in told(agency.cadre)] == ["result-due"]


def test_every_kind_is_run_by_the_clock():
    assert {"plan", "result", "product"} <= set(reminding._kinds)
