"""The lockout covers every step at which something can be guessed, and forgives a sign-in."""

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.factories.accounts import PersonFactory
from tests.factories.sign_in import code_now, give_app, give_code, give_password, is_signed_in

pytestmark = pytest.mark.django_db
LIMIT = 6


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel("2026-03-17 09:00:10+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def person():
    person = PersonFactory()
    give_app(person)
    return person


def guess(client, times=LIMIT, **extra):
    return [give_code(client, "000000", **extra).status_code for _ in range(times)]


def test_wrong_codes_lock_even_the_right_one_out(client, person):
    give_password(client, person)

    assert guess(client) == [200] * (LIMIT - 1) + [429]

    assert give_code(client, code_now()).status_code == 429
    assert not is_signed_in(client)


def test_without_the_lock_the_right_code_would_sign_in(client, person, settings):
    """A control: nothing else here closes the door after six."""
    settings.AXES_ENABLED = False
    give_password(client, person)
    guess(client)

    give_code(client, code_now())

    assert is_signed_in(client)


def test_wrong_codes_lock_the_password_as_well(client, person):
    give_password(client, person)
    guess(client)

    assert give_password(Client(), person).status_code == 429


def test_right_password_does_not_forgive_wrong_codes(client, person):
    for _ in range(LIMIT - 1):
        give_password(client, person)
        give_code(client, "000000")
    give_password(client, person)

    assert give_code(client, "000000").status_code == 429


def test_finished_sign_in_forgives_wrong_codes(client, person):
    give_password(client, person)
    guess(client, LIMIT - 1)
    give_code(client, code_now())
    client.post("/accounts/logout/")
    give_password(client, person)

    assert guess(client, LIMIT - 1) == [200] * (LIMIT - 1)


def test_wrong_codes_of_somebody_signed_in_lock_too(client, person):
    client.force_login(person)
    again = "/accounts/second-factor/again/"

    answers = [client.post(again, {"code": "000000"}).status_code for _ in range(LIMIT)]

    assert answers[-1] == 429


def test_wrong_passwords_of_somebody_signed_in_lock_too(client, person):
    client.force_login(person)

    answers = [
        client.post("/accounts/again/", {"password": "sai"}).status_code for _ in range(LIMIT)
    ]

    assert answers[-1] == 429


def test_new_password_by_a_link_does_not_lead_past_the_second_factor(client, person, mailoutbox):
    client.post("/accounts/password/reset/", {"email": person.email})
    link = next(word for word in mailoutbox[0].body.split() if "/reset/key/" in word)
    page = client.get("/" + link.split("/", 3)[3], follow=True).request["PATH_INFO"]
    new = {"password1": "một mật khẩu dài", "password2": "một mật khẩu dài"}
    client.post(page, new)
    assert not is_signed_in(client)

    client.post("/accounts/login/", {"login": person.email, "password": "một mật khẩu dài"})

    assert not is_signed_in(client)
    give_code(client, code_now())
    assert is_signed_in(client)


def test_asking_for_links_without_end_is_answered_the_same_for_nobody(client, person):
    """Who is on record cannot be told from how often one may ask."""
    known, unknown = (
        [
            client.post("/accounts/password/reset/", {"email": email}).status_code
            for _ in range(LIMIT + 1)
        ]
        for email in (person.email, "nobody@example.org")
    )

    assert known == unknown
    assert known[-1] != known[0]


def test_new_session_key_at_each_sign_in(client, person):
    client.get("/accounts/login/")
    give_password(client, person)
    before = client.session.session_key

    give_code(client, code_now())

    assert client.session.session_key != before


def test_mail_server_that_fails_does_not_tell_who_is_on_record(client, person, monkeypatch):
    def refuse(*_anything, **_more):
        raise OSError("no route to host")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

    known, unknown = (
        client.post("/accounts/password/reset/", {"email": email})
        for email in (person.email, "nobody@example.org")
    )

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


@pytest.mark.parametrize("is_active", [True, False])
def test_passkey_signs_in_alone_unless_closed(client, person, monkeypatch, is_active):
    person.is_active = is_active
    person.save()
    key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "Khóa"})
    answered = "accounts.forms.second_factor.UsePasskeyForm.clean_credential"
    monkeypatch.setattr(answered, lambda _form: key)

    client.post("/accounts/second-factor/passkeys/sign-in/", {"credential": '{"id": 1}'})

    assert is_signed_in(client) is is_active
