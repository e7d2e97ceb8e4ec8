"""C3: two schedulers and four workers at once: each (kind, object, recipient, due) once.

On SQLite with every run of the tests, on PostgreSQL beside the services.
"""

from datetime import date, datetime

import pytest
import time_machine
from django.core import mail

from accounts.actions import messages
from accounts.models import Delivery, InboxItem, Person
from fieldvisits import reminding
from fieldvisits.actions.reminders import KINDS
from fieldvisits.calendar import HANOI
from fieldvisits.models import Product
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import make_agency
from tests.factories.visits import booked_visit
from tests.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2018, 10, 8, 7, 30, tzinfo=HANOI)
CADRES, SCHEDULERS, WORKERS = 12, 2, 4


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def owing():
    """Cadres who owe a plan, a result and a product each, three days late."""
    agency = make_agency()
    people = [PersonFactory() for _ in range(CADRES)]
    for person in people:
        appoint(person, department=agency.rural)
        visit = booked_visit(person, "2018-10-01", "2018-10-02", state="approved")
        Product.objects.create(visit=visit, department=agency.rural, due_on=date(2018, 10, 5))
    return people


def schedule(_number):
    return reminding.remind(now=NOW, kinds=KINDS)


def everybody_at_once(number):
    """Two remind while four send what is there; a worker looks again, as the clock has it."""
    if number < SCHEDULERS:
        return schedule(number)
    return sum(messages.deliver_due(now=NOW) for _ in range(5))


def test_two_schedulers_and_four_workers_tell_each_thing_once(owing):
    answers = all_at_once(SCHEDULERS + WORKERS, everybody_at_once)
    messages.deliver_due(now=NOW)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    rows = list(InboxItem.objects.values_list("recipient", "key"))
    assert len(rows) == len(set(rows)) == sum(answers[:SCHEDULERS])
    for person in owing:
        assert person.inbox_items.count() == len(KINDS)
        assert sum(sent.to == [person.email] for sent in mail.outbox) == 1
    assert not Delivery.objects.exclude(state="sent").exists()


def test_schedulers_that_look_before_they_write_tell_twice(owing, monkeypatch):
    """The control: without the constraint's get-or-create, both find nothing and both write."""
    honest, seen = InboxItem.objects.get_or_create, []

    def blind(*, recipient, key, defaults):
        seen.append((recipient.pk, key))
        return honest(recipient=recipient, key=f"{key}:{len(seen)}", defaults=defaults)

    monkeypatch.setattr(InboxItem.objects, "get_or_create", blind)

    all_at_once(SCHEDULERS, schedule)

    assert len(seen) == 2 * len(set(seen))
    assert InboxItem.objects.count() == len(seen)


def test_reminders_of_one_morning_go_out_in_one_mail(owing):
    schedule(0)

    assert messages.deliver_due(now=NOW) == len(mail.outbox)

    mine = [sent for sent in mail.outbox if sent.to == [owing[0].email]]
    assert len(mine) == 1
    assert all(item.subject in mine[0].body for item in owing[0].inbox_items.all())


def test_reminders_not_gathered_go_out_one_by_one(owing, monkeypatch):
    """The control."""
    monkeypatch.setattr(messages, "gathered", set())
    schedule(0)
    messages.deliver_due(now=NOW)

    assert sum(sent.to == [owing[0].email] for sent in mail.outbox) == len(KINDS)


def test_reminders_written_about_the_hour_of_the_morning_mail_stay_together(
    owing, monkeypatch, morning
):
    """They have one moment, however long the writing takes."""
    Person.objects.update(mail_ways={"reminders": "digest"})
    honest, begun = messages.notify, set()

    def slowly(person, **said):
        """The hour strikes between the first and the second of each person."""
        morning.move_to(NOW.replace(minute=41 if person in begun else 39))
        begun.add(person)
        return honest(person, **said)

    monkeypatch.setattr(messages, "notify", slowly)
    schedule(0)

    for person in owing:
        due = Delivery.objects.filter(item__recipient=person).values_list("due_at", flat=True)
        assert len(due) == len(KINDS)
        assert len(set(due)) == 1


def test_what_is_urgent_goes_by_itself(owing):
    schedule(0)
    messages.notify(owing[0], kind="returned", subject="Trả lại", key="x")
    messages.deliver_due(now=NOW)

    assert sum(sent.to == [owing[0].email] for sent in mail.outbox) == 2


def test_mail_of_a_morning_larger_than_a_batch_stays_one(owing, monkeypatch):
    monkeypatch.setattr(messages, "BATCH", 2)
    schedule(0)
    messages.deliver_due(now=NOW)

    assert sum(sent.to == [owing[0].email] for sent in mail.outbox) == 1


def test_refused_mail_of_a_morning_is_repeated_whole_with_the_same_id(owing, monkeypatch):
    ids, honest = [], messages.EmailMessage.send

    def refuse(message, **_kwargs):
        ids.append((message.to[0], message.extra_headers["Message-ID"]))
        raise OSError("451 later")

    monkeypatch.setattr(messages.EmailMessage, "send", refuse)
    schedule(0)
    messages.deliver_due(now=NOW)
    monkeypatch.setattr(messages.EmailMessage, "send", honest)
    messages.deliver_due(now=NOW.replace(hour=9))

    again = [(sent.to[0], sent.extra_headers["Message-ID"]) for sent in mail.outbox]
    assert sorted(again) == sorted(ids)
