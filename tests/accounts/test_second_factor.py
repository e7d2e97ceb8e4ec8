"""A second factor: set up, asked for, refused, locked, forgiven, removed."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from accounts.choices import EventKind
from accounts.sealing import open_sealed
from tests.factories.accounts import PersonFactory
from tests.factories.sign_in import (
    PASSWORD,
    SECRET,
    code_now,
    give_app,
    give_code,
    give_password,
    is_signed_in,
    recovery_codes_of,
)

pytestmark = pytest.mark.django_db
HOME, APP = "/accounts/second-factor/", "/accounts/second-factor/app/"
LIMIT = 6


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel("2026-03-17 09:00:10+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def person():
    return PersonFactory()


def show_it_is_me(client, next_):
    return client.post("/accounts/again/", {"password": PASSWORD, "next": next_})


def kinds(person):
    return {event.kind for event in person.account_events.all()}


def test_app_is_set_up_with_a_code_and_brings_recovery_codes(
    client, person, django_capture_on_commit_callbacks
):
    client.force_login(person)
    assert client.get(APP).url.startswith("/accounts/again/")
    assert show_it_is_me(client, APP).url == APP
    secret = re.search(r'class="secret">(\w+)<', client.get(APP).content.decode()).group(1)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(APP, {"code": code_now(secret)})

    assert answer.url == "/accounts/second-factor/codes/"
    page = client.get(answer.url).content.decode()
    assert [code in page for code in recovery_codes_of(person)] == [True] * 10
    assert kinds(person) == {EventKind.FACTOR_ADDED}
    assert [item.kind for item in person.inbox_items.all()] == ["account"]


def test_secret_in_the_database_is_sealed(person):
    sealed = give_app(person).data["secret"]

    assert SECRET not in sealed
    assert open_sealed(sealed) == SECRET


def test_secret_is_opened_with_a_key_that_was_replaced(client, person, settings):
    give_app(person)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    give_password(client, person)

    give_code(client, code_now())

    assert is_signed_in(client)


def test_without_the_key_no_code_is_right_and_nothing_breaks(client, person, settings):
    give_app(person)
    settings.SECRET_KEY = "another one"

    give_password(client, person)

    assert give_code(client, code_now()).status_code == 200
    assert not is_signed_in(client)


def test_password_alone_no_longer_signs_in(client, person):
    give_app(person)

    assert give_password(client, person).url == "/accounts/second-factor/sign-in/"
    assert not is_signed_in(client)
    assert client.get("/").status_code == 302

    give_code(client, code_now())

    assert is_signed_in(client)


@pytest.mark.parametrize("steps", [-1, 1])
def test_telephone_may_be_half_a_minute_off(client, person, steps):
    give_app(person)
    give_password(client, person)

    give_code(client, code_now(steps=steps))

    assert is_signed_in(client)


def test_code_seen_over_a_shoulder_opens_nothing_twice(client, person, morning):
    give_app(person)
    give_password(client, person)
    code = code_now()
    give_code(client, code)
    client.post("/accounts/logout/")
    morning.shift(31)  # the cache of allauth has forgotten it, the code would still be taken
    give_password(client, person)

    assert give_code(client, code).status_code == 200
    assert not is_signed_in(client)
    give_code(client, code_now())
    assert is_signed_in(client)


def test_recovery_code_opens_once_and_its_owner_is_told(client, person):
    give_app(person)
    code = recovery_codes_of(person)[0]
    for _time in range(2):
        client.post("/accounts/logout/")
        give_password(client, person)
        give_code(client, code)

    assert not is_signed_in(client)
    assert kinds(person) == {EventKind.CODE_USED}
    assert "9" in person.inbox_items.get().body


@pytest.mark.parametrize(
    "code", ["", "000000", "mã số", "１２３４５６", "0" * 500, "'\"\0", "\u202e"]
)
def test_nonsense_for_a_code_is_refused_in_words(client, person, code):
    give_app(person)
    give_password(client, person)

    answer = give_code(client, code)

    assert (answer.status_code, is_signed_in(client)) == (200, False)
    assert 'class="errors"' in answer.content.decode()


@pytest.mark.parametrize(
    "sent", ["", "null", "[]", "{}", '{"response": 1}', "{", '{"id": "\\u0000"}']
)
@pytest.mark.parametrize("where", ["sign-in/", "passkeys/sign-in/", "passkeys/new/"])
def test_nonsense_for_a_passkey_is_refused(client, person, where, sent):
    give_app(person)
    if where == "passkeys/new/":
        client.force_login(person)
        show_it_is_me(client, "/")
    else:
        give_password(client, person)
    client.get(HOME + where, headers={"accept": "application/json"})

    answer = client.post(HOME + where, {"credential": sent})

    assert answer.status_code in (200, 302)
    assert Authenticator.objects.filter(type="webauthn").count() == 0


def test_lists_cost_the_same_for_one_passkey_and_for_three(client, person):
    page = client.get
    client.force_login(person)
    for number in (1, 2, 3):
        data = {"name": f"Khóa {number}", "credential": {}}
        Authenticator.objects.create(user=person, type="webauthn", data=data)
        assert page(HOME).content.decode().count("passkeys/") == 2 * number + 1


def test_passkey_is_renamed_by_its_owner_and_nobody_else(client, person):
    give_password(client, person)
    mine, other = (
        Authenticator.objects.create(user=who, type="webauthn", data={"name": "Khóa 1"})
        for who in (person, PersonFactory())
    )

    show_it_is_me(client, HOME)
    kept = client.post(f"{HOME}passkeys/{mine.pk}/name/", {"name": " "})
    done = client.post(f"{HOME}passkeys/{mine.pk}/name/", {"name": " Máy  cơ quan"})
    foreign = client.post(f"{HOME}passkeys/{other.pk}/name/", {"name": "X"})

    assert (kept.status_code, done.status_code, foreign.status_code) == (200, 302, 404)
    names = Authenticator.objects.order_by("pk").values_list("data__name", flat=True)
    assert list(names) == ["Máy cơ quan", "Khóa 1"]
