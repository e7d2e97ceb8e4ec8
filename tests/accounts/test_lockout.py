"""Guessing a password is stopped, for the one who guesses and for nobody else."""

from datetime import timedelta
from threading import Event

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"
RIGHT, WRONG = "đúng-mật-khẩu-1", "sai-mật-khẩu"
MORNING = "2026-03-17 09:00+07:00"
LIMIT = 6


@pytest.fixture
def lan():
    person = get_user_model()(code="lan", email="lan@example.vn").describe("Nguyễn Thị Lan")
    person.set_password(RIGHT)
    person.save()
    return person


def sign_in(client, password, *, email="lan@example.vn", address="10.0.0.1"):
    data = {"login": email, "password": password}
    return client.post(SIGN_IN, data, REMOTE_ADDR=address)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def guess(client, times, **kwargs):
    return [sign_in(client, WRONG, **kwargs).status_code for _ in range(times)]


def test_right_password_signs_in(client, lan):
    assert sign_in(client, RIGHT).status_code == 302
    assert is_signed_in(client)


def test_wrong_passwords_lock_even_the_right_one_out(client, lan):
    assert guess(client, LIMIT) == [200] * (LIMIT - 1) + [429]

    answer = sign_in(client, RIGHT)

    assert answer.status_code == 429
    assert "account/lockout.html" in [template.name for template in answer.templates]
    assert not is_signed_in(client)


def test_without_axes_the_right_password_would_sign_in(client, lan, settings):
    """The control: it is axes that locks, and nothing else here would."""
    settings.AXES_ENABLED = False
    guess(client, LIMIT)

    assert sign_in(client, RIGHT).status_code == 302


def test_spelling_of_the_address_does_not_help(client, lan):
    guess(client, LIMIT // 2, email="LAN@example.vn")
    guess(client, LIMIT // 2, email=" lan@EXAMPLE.vn ")

    assert sign_in(client, RIGHT).status_code == 429


def test_colleague_behind_the_same_address_signs_in(client, lan):
    guess(client, LIMIT, email="stranger@example.vn")

    assert sign_in(client, RIGHT).status_code == 302


def test_stranger_elsewhere_cannot_lock_a_person_out(client, lan):
    guess(client, LIMIT, address="10.6.6.6")

    assert sign_in(client, RIGHT).status_code == 302


def test_lock_ends_after_half_an_hour(client, lan):
    with time_machine.travel(MORNING, tick=False) as clock:
        guess(client, LIMIT)
        clock.shift(timedelta(minutes=29))
        assert sign_in(client, RIGHT).status_code == 429
        clock.shift(timedelta(minutes=31))
        assert sign_in(client, RIGHT).status_code == 302


def test_success_forgives_earlier_mistakes(client, lan):
    guess(client, LIMIT - 1)
    sign_in(client, RIGHT)
    client.post("/accounts/logout/")

    assert guess(client, LIMIT - 1) == [200] * (LIMIT - 1)


def test_unknown_address_is_answered_like_a_wrong_password(client, lan):
    known = sign_in(client, WRONG).content.decode()
    unknown = sign_in(client, WRONG, email="nobody@example.vn").content.decode()

    assert "nobody@example.vn" in unknown
    assert errors(known) == errors(unknown) != []


def errors(page):
    return [line.strip() for line in page.splitlines() if "alert" in line or "invalid" in line]


def test_person_who_may_not_sign_in_does_not(client, lan):
    lan.is_active = False
    lan.save()

    sign_in(client, RIGHT)

    assert not is_signed_in(client)


def test_reset_link_starts_with_our_own_address(client, lan, settings):
    settings.SITE_URL = "https://visits.example"
    settings.ALLOWED_HOSTS = ["*"]

    client.post("/accounts/password/reset/", {"email": lan.email}, headers={"Host": "evil.example"})

    assert "https://visits.example/accounts/password/reset/key/" in mail.outbox[0].body
    assert "evil.example" not in mail.outbox[0].body


def test_reset_for_an_unknown_address_writes_to_nobody(client):
    answer = client.post("/accounts/password/reset/", {"email": "nobody@example.vn"})

    assert (answer.status_code, mail.outbox) == (302, [])


class SlowServer(BaseEmailBackend):
    """Takes a mail when it is let."""

    let, sent = Event(), Event()

    def send_messages(self, email_messages):
        assert self.let.wait(20)
        (message,) = email_messages
        assert "/accounts/password/reset/key/" in message.body
        self.sent.set()
        return 1


def test_nobody_waits_for_the_mail_server_or_sees_by_it_who_is_on_record(client, lan, settings):
    settings.EMAIL_BACKEND = f"{__name__}.SlowServer"
    settings.ACCOUNT_MAIL_IN_BACKGROUND = True

    answer = client.post("/accounts/password/reset/", {"email": lan.email})

    assert (answer.status_code, SlowServer.sent.is_set()) == (302, False)
    SlowServer.let.set()
    assert SlowServer.sent.wait(20)
