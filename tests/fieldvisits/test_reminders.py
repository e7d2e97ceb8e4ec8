"""Reminders: at their offsets, once, caught up after a pause (R5)."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import InboxItem
from fieldvisits.actions import plans
from fieldvisits.actions.reminders import remind_plans_due
from fieldvisits.calendar import Quarter
from tests.factories.accounts import ExemptionFactory
from tests.factories.agency import make_agency, make_plan

pytestmark = pytest.mark.django_db


def told(person):
    return list(
        person.inbox_items.filter(kind="plan_due").order_by("pk").values_list("key", flat=True)
    )


@pytest.fixture
def agency():
    with time_machine.travel("2018-09-28 09:00+07:00", tick=False):
        yield make_agency()


def test_reminders_come_three_and_one_day_before_on_the_day_and_after(agency):
    for number in range(12):
        remind_plans_due(today=date(2018, 9, 28) + timedelta(days=number))

    assert told(agency.cadre) == [f"plan-due:2018-4:{n}" for n in (-3, -1, 0, 1)]


def test_reminder_missed_by_a_sleeping_clock_is_sent_on_the_next_run(agency):
    remind_plans_due(today=date(2018, 10, 3))

    assert told(agency.cadre) == ["plan-due:2018-4:-3"]


def test_reminder_run_twice_tells_once(agency):
    remind_plans_due(today=date(2018, 10, 5))
    remind_plans_due(today=date(2018, 10, 5))

    assert told(agency.cadre) == ["plan-due:2018-4:0"]


def test_reminder_leaves_out_who_has_submitted_or_is_exempt(agency):
    plans.submit(make_plan(agency, Quarter(2018, 4), days=(date(2018, 10, 9),)), by=agency.cadre)
    ExemptionFactory(person=agency.colleague, starts_on=date(2018, 1, 1))

    remind_plans_due(today=date(2018, 10, 5))

    assert (told(agency.cadre), told(agency.colleague)) == ([], [])
    assert told(agency.head) == ["plan-due:2018-4:0"]


def test_superior_is_told_of_a_late_plan_three_days_after(agency):
    remind_plans_due(today=date(2018, 10, 7))
    assert not InboxItem.objects.filter(key__startswith="plan-late").exists()

    remind_plans_due(today=date(2018, 10, 8))

    assert f"plan-late:2018-4:{agency.cadre.pk}" in told(agency.head)
