"""Which messages go by mail, and when; the inbox has them all, urgent ones are not asked about."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.actions.messages import deliver_due, notify
from accounts.actions.people import choose_mail
from accounts.choices import MailWay
from accounts.mailing import GROUPS, URGENT, group_of
from accounts.models import Delivery, InboxItem
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db
PAGE = "/me/mail/"


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-17 15:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def person(clock):
    return PersonFactory()


def tell(person, kind="decided", key="1"):
    notify(person, kind=kind, subject=f"{kind} {key}", key=f"{kind}:{key}")


def sent():
    deliver_due(now=timezone.now())
    return len(mail.outbox)


def test_without_a_choice_mail_goes_at_once(person):
    tell(person)

    assert sent() == 1


def test_chosen_for_the_morning_goes_in_one_mail_then(person, clock):
    choose_mail(person, by=person, ways={"decided": "digest", "others": "digest"})
    tell(person, key="1"), tell(person, key="2"), tell(person, kind="regulation")
    assert sent() == 0
    clock.move_to("2026-03-18 07:39+07:00")
    assert sent() == 0

    clock.move_to("2026-03-18 07:40+07:00")

    assert sent() == 1
    assert "3 thông báo" in mail.outbox[0].subject
    assert [line in mail.outbox[0].body for line in ("decided 1", "decided 2", "regulation 1")] == [
        True
    ] * 3


def test_two_people_have_a_morning_mail_each(person, clock):
    other = PersonFactory()
    for one in (person, other):
        choose_mail(one, by=one, ways={"decided": "digest"})
        tell(one, key="1"), tell(one, key="2")
    clock.shift(timedelta(days=1))

    assert sent() == 2
    assert sorted(message.to for message in mail.outbox) == sorted([[person.email], [other.email]])


def test_written_while_the_morning_mail_goes_out_goes_with_the_next(person, clock):
    """Reminding began before the mail went, and ended after it: never two of one morning."""
    choose_mail(person, by=person, ways={"decided": "digest"})
    tell(person, key="1")
    clock.move_to("2026-03-18 07:40+07:00")
    begun = timezone.now() - timedelta(seconds=5)
    assert sent() == 1
    notify(person, kind="decided", subject="decided 2", key="decided:2", at=begun)
    assert Delivery.objects.filter(due_at__lte=timezone.now(), state="pending").exists()

    assert sent() == 1
    clock.move_to("2026-03-19 07:40+07:00")
    assert sent() == 2
    assert "decided 2" in mail.outbox[1].subject


def test_switched_off_stays_in_the_inbox(person):
    choose_mail(person, by=person, ways={"decided": "none"})
    tell(person)

    assert (InboxItem.objects.count(), Delivery.objects.count(), sent()) == (1, 0, 0)


@pytest.mark.parametrize("kind", sorted(URGENT.kinds))
@pytest.mark.parametrize("way", [MailWay.NONE, MailWay.DIGEST])
def test_urgent_goes_at_once_whatever_was_chosen(person, kind, way):
    choose_mail(person, by=person, ways={group.name: way for group in GROUPS})
    person.mail_ways["urgent"] = way  # past the action, too
    person.save()
    tell(person, kind=kind)

    assert sent() == 1


def test_kind_that_is_not_urgent_would_have_waited(person):
    """A control."""
    choose_mail(person, by=person, ways={group.name: MailWay.NONE for group in GROUPS})
    tell(person, kind="to_decide")

    assert sent() == 0


def test_reminders_are_a_group_and_unknown_kinds_are_the_others():
    assert group_of("plan_due").name == group_of("weekly_due").name == "reminders"
    assert group_of("of_tomorrow").name == "others"


def test_page_saves_the_choices_and_shows_them(client, person):
    client.force_login(person)
    form = {group.name: "digest" for group in GROUPS if not group.is_urgent}

    assert client.post(PAGE, form).url == PAGE

    person.refresh_from_db()
    assert person.mail_ways == form
    assert client.get(PAGE).content.decode().count("checked") == len(form)


@pytest.mark.parametrize("way", ["", "never", "\0", "at_once'"])
def test_page_refuses_what_is_no_way(client, person, way):
    client.force_login(person)
    form = {group.name: way for group in GROUPS}

    assert client.post(PAGE, form).status_code == 200

    person.refresh_from_db()
    assert person.mail_ways == {}


def test_nobody_chooses_for_somebody_else(person):
    choose_mail(person, by=PersonFactory(), ways={"decided": "none"})

    assert person.mail_ways == {}
