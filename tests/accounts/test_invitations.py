"""An invitation lets one person choose a password, once, for seven days."""

import random
import string
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import Signer
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import inviting, tokens
from accounts.actions import account
from accounts.actions.invitations import accept, invite
from accounts.actions.messages import deliver_due
from accounts.choices import EventKind, InvitationState, InvitationWay
from accounts.models import AccountEvent, Delivery, InboxItem, Invitation, Person
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint, make_administrator
from tests.factories.links import (
    PASSWORD,
    invited,
    mailed_link,
    newcomer,
    token_in,
)
from tests.together import all_at_once

pytestmark = pytest.mark.django_db
NOON = "2018-10-02 12:00:00+07:00"
MUTANTS = 10_000


@pytest.fixture
def administrator():
    return make_administrator()


CHANGES = (
    lambda token, at, one: token[:at] + one + token[at + 1 :],
    lambda token, at, one: token[:at] + token[at + 1 :],
    lambda token, at, one: token[:at] + one + token[at:],
    lambda token, at, one: token[:at] + token[at:][::-1],
    lambda token, at, one: token[:at] + token[at:].swapcase(),
    lambda token, at, one: token[at:] + token[:at],
    lambda token, at, one: token + one * (1 + at % 9),
)


def mutants(token, seed):
    """One to three changes: a letter more, less or another, another case, out of order."""
    chance, letters = random.Random(seed), string.ascii_letters + string.digits + "-_.:= "
    found = set()
    while len(found) < MUTANTS:
        one = token
        for change in chance.sample(CHANGES, chance.randint(1, 3)):
            one = change(one, chance.randrange(len(one)), chance.choice(letters))
        found.add(one)
        found.discard(token)
    return found


def test_ten_thousand_mutated_tokens_open_nothing(administrator):
    link = invited(newcomer(), by=administrator, way=InvitationWay.SLIP).link
    token, now = token_in(link), timezone.now()

    opened = [one for one in mutants(token, 1) if tokens.digest_in(one, tokens.INVITATION)]

    assert opened == []
    assert Invitation.objects.of_token(token, now) is not None  # a control: the token itself does


def test_token_of_another_purpose_or_key_opens_nothing(administrator, settings):
    token = token_in(invited(newcomer(), by=administrator, way=InvitationWay.SLIP).link)
    half, now = token.partition(".")[0], timezone.now()
    foreign = Signer(key="another", salt="accounts.invitation", sep=".").sign(half)

    for other in (tokens.token_of(half, tokens.EMAIL_CHANGE), foreign, half, "", "."):
        assert Invitation.objects.of_token(other, now) is None
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key"
    assert Invitation.objects.of_token(token, now) is not None


def test_mail_leads_to_the_site_and_nothing_that_is_stored_opens_the_link(administrator, settings):
    settings.SITE_URL = "https://dicoso.example"
    person = newcomer()
    invited(person, by=administrator)
    delivery = Delivery.objects.get(sealed_for=tokens.INVITATION)
    half = delivery.sealed

    link = mailed_link(person.email)

    assert link.startswith("https://dicoso.example/invitation/")
    delivery.refresh_from_db()
    row, item = Invitation.objects.get(), InboxItem.objects.get()
    kept = repr([vars(one) for one in (row, item, delivery)])
    assert half not in kept
    assert token_in(link) not in kept
    assert half in token_in(link)  # a control: it waited beside the mail, and was wiped


def test_mail_that_has_to_be_repeated_carries_the_same_link(administrator, monkeypatch):
    person = newcomer()
    invited(person, by=administrator)
    now = timezone.now()
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", lambda _mail: 1 / 0)
        deliver_due(now=now)
    assert Delivery.objects.get().sealed

    deliver_due(now=now + timedelta(minutes=5))

    token = token_in(mail.outbox[-1].body.split()[-1])
    assert Invitation.objects.of_token(token, now).person == person


def test_accepting_sets_the_password_once_and_is_on_record(administrator):
    person = newcomer()
    invited(person, by=administrator)
    token = token_in(mailed_link(person.email))

    assert accept(token, password=PASSWORD) == person
    assert accept(token, password="another, much later") is None

    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    said = AccountEvent.objects.filter(person=person).order_by("pk").values_list("kind", "by")
    assert list(said) == [(EventKind.INVITED, administrator.pk), (EventKind.ACCEPTED, None)]
    assert not InboxItem.objects.filter(key__startswith="invitation:", read_at=None).exists()


@pytest.mark.parametrize(("seconds", "works"), [(-1, True), (0, False), (1, False)])
def test_link_works_until_the_second_it_expires(administrator, settings, seconds, works):
    settings.INVITATION_DAYS = 7
    with time_machine.travel(NOON, tick=False) as clock:
        person = newcomer()
        token = token_in(invited(person, by=administrator, way=InvitationWay.SLIP).link)
        clock.move_to(timezone.now() + timedelta(days=7, seconds=seconds))

        done = accept(token, password=PASSWORD, email=person.email)

    assert (done is not None) is works


def test_later_invitation_replaces_the_earlier_one(administrator):
    person = newcomer()
    first = token_in(invited(person, by=administrator, way=InvitationWay.SLIP).link)
    second = token_in(invited(person, by=administrator, way=InvitationWay.SLIP).link)

    assert accept(first, password=PASSWORD) is None
    assert accept(second, password=PASSWORD) == person


def test_database_keeps_one_unused_invitation_of_a_person(administrator):
    person = newcomer()
    row = invited(person, by=administrator).invitation
    row.pk, row.digest = None, "x"

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_link_to_an_address_given_up_opens_nothing(administrator):
    person = newcomer()
    invited(person, by=administrator)
    token = token_in(mailed_link(person.email))
    Person.objects.filter(pk=person.pk).update(email="khac@example.org")  # as an import does

    assert accept(token, password=PASSWORD) is None


def test_closed_account_is_neither_invited_nor_opened_by_a_link(administrator):
    person = newcomer()
    token = token_in(invited(person, by=administrator, way=InvitationWay.SLIP).link)
    account.close(person, by=administrator, reason="Thôi việc")

    refused = invited(person, by=administrator)

    assert refused.invitation is None
    assert "Tài khoản này đã đóng" in refused.refusal
    assert accept(token, password=PASSWORD) is None
    account.reopen(person, by=administrator, reason="Trở lại")
    assert accept(token, password=PASSWORD) is None  # what was sent before stays without effect


def test_person_without_email_is_refused_by_mail_and_told_why(administrator):
    done = invited(newcomer(email=None), by=administrator)

    assert (done.invitation, bool(done.refusal)) == (None, True)
    assert not Delivery.objects.exists()


def test_slip_takes_an_address_that_nobody_else_has(administrator):
    person, other = newcomer(email=None), PersonFactory(email="co@example.org")
    token = token_in(invited(person, by=administrator, way=InvitationWay.SLIP).link)

    with pytest.raises(ValidationError):
        accept(token, password=PASSWORD, email="CO@example.org")
    assert Invitation.objects.get().used_at is None  # the slip still works

    accept(token, password=PASSWORD, email="moi@example.org")
    person.refresh_from_db()
    assert (person.email, "moi@example.org" in person.search_text) == ("moi@example.org", True)
    assert other.email == "co@example.org"


def test_only_the_administrator_invites(administrator):
    person, head = newcomer(), PersonFactory()
    appoint(head, department=DepartmentFactory(), office="head")

    with pytest.raises(PermissionDenied):
        invited(person, by=head)
    assert not Invitation.objects.exists()
    assert invited(person, by=administrator).invitation is not None


def test_what_was_not_seen_is_not_sent(administrator):
    """Pressed twice, or by two administrators: the second finds it changed."""
    person = newcomer()
    seen = inviting.mark_of(Person.objects.filter(pk=person.pk))
    invite([person.pk], by=administrator, way=InvitationWay.MAIL, seen=seen)

    with pytest.raises(ValidationError):
        invite([person.pk], by=administrator, way=InvitationWay.MAIL, seen=seen)

    assert Invitation.objects.count() == 1


def test_state_in_words_and_in_the_filter_agree(administrator):
    now = timezone.now()
    people = {state: newcomer() for state in InvitationState}
    with time_machine.travel(now - timedelta(days=8), tick=False):
        invited(people["expired"], by=administrator)
    for state in ("waiting", "accepted"):
        link = invited(people[state], by=administrator, way=InvitationWay.SLIP).link
        people[state].token = token_in(link)
    accept(people["accepted"].token, password=PASSWORD)
    people["otherwise"].set_password(PASSWORD)
    people["otherwise"].save()

    for state, person in people.items():
        rows = inviting.people_for({"state": state}, now=timezone.now())
        lines = inviting.lines_of(rows, now=timezone.now())
        assert person in {line.person for line in lines}, state
        assert {line.state for line in lines} == {state}


def test_newcomers_are_those_a_mail_would_bring_in(administrator):
    department, wanted = DepartmentFactory(), newcomer(full_name="Lê Thị Diệp")
    for person in (wanted, newcomer(email=None), PersonFactory()):
        appoint(person, department=department)
    newcomer()  # holds no office

    assert list(inviting.newcomers(now=timezone.now())) == [wanted]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_use_a_link_once():
    person = newcomer()
    link = invited(person, by=make_administrator(), way=InvitationWay.SLIP).link
    words = ["mật khẩu thứ nhất", "mật khẩu thứ hai"]

    done = all_at_once(2, lambda n: accept(token_in(link), password=words[n]))

    assert sorted(one is None for one in done) == [False, True]
    person.refresh_from_db()
    first = 0 if done[0] else 1
    assert person.check_password(words[first])
    assert AccountEvent.objects.filter(kind=EventKind.ACCEPTED).count() == 1
