"""Inbox once per key; mails claimed by one worker, none lost."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import messages
from accounts.models import Delivery, InboxItem
from tests.factories.accounts import PersonFactory
from tests.together import all_at_once


def tell(person, key="plan:1"):
    return messages.notify(
        person,
        kind="plan_due",
        subject=_("Notice %(number)s"),
        values={"number": 7},
        key=key,
        url="/plans/1/",
    )


@pytest.mark.django_db
def test_notify_twice_with_one_key_tells_once():
    person = PersonFactory()

    assert tell(person) is not None
    assert tell(person) is None
    assert (InboxItem.objects.count(), Delivery.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_notify_speaks_the_language_of_the_recipient():
    english = PersonFactory(language="en")

    assert tell(english).subject == "Notice 7"
    assert tell(PersonFactory()).subject == "Thông báo số 7"


@pytest.mark.django_db
def test_person_without_an_address_has_the_message_in_the_inbox():
    person = PersonFactory(email=None)
    tell(person)

    assert (InboxItem.objects.count(), Delivery.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_mail_carries_subject_link_and_its_own_message_id():
    tell(PersonFactory())

    assert messages.deliver_due(now=timezone.now()) == 1

    [sent] = mail.outbox
    assert "Thông báo số 7" in sent.subject
    assert "/plans/1/" in sent.body
    assert sent.extra_headers["Message-ID"] == Delivery.objects.get().message_id


@pytest.mark.django_db
def test_refused_mail_is_tried_again_later_and_holds_up_nobody(monkeypatch):
    first, second = PersonFactory(), PersonFactory()
    tell(first), tell(second)
    honest = mail.EmailMessage.send

    def refuse_first(message, **kwargs):
        if message.to == [first.email]:
            raise OSError("550 no such mailbox")
        return honest(message, **kwargs)

    monkeypatch.setattr(messages.EmailMessage, "send", refuse_first)
    now = timezone.now()

    assert messages.deliver_due(now=now) == 1
    assert "550" in first.inbox_items.get().delivery.last_error
    monkeypatch.undo()
    assert messages.deliver_due(now=now + timedelta(minutes=5)) == 1


@pytest.mark.django_db
def test_claim_of_a_worker_that_died_is_taken_up():
    tell(PersonFactory())
    now = timezone.now()
    assert len(messages._claim(now)) == 1

    assert messages.deliver_due(now=now + timedelta(minutes=9)) == 0
    assert messages.deliver_due(now=now + timedelta(minutes=11)) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_workers_at_once_send_each_mail_once():
    for number in range(40):
        tell(PersonFactory(), key=f"plan:{number}")
    now = timezone.now()

    counts = all_at_once(10, lambda _n: messages.deliver_due(now=now))

    assert sum(counts) == 40
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == len(mail.outbox) == 40


@pytest.mark.django_db(transaction=True)
def test_ten_workers_without_a_claim_send_some_mails_twice(monkeypatch):
    """The control: reading what is due without claiming it."""
    for number in range(40):
        tell(PersonFactory(), key=f"plan:{number}")
    monkeypatch.setattr(
        messages, "_claim", lambda _now: list(Delivery.objects.filter(state="pending")[:200])
    )
    now = timezone.now()

    all_at_once(10, lambda _n: messages.deliver_due(now=now))

    assert len(mail.outbox) > 40
