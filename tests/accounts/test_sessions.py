"""Where somebody is signed in: seen, ended one by one or all but this one."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.choices import EventKind
from tests.factories.accounts import PersonFactory
from tests.factories.sign_in import PASSWORD, give_password, is_signed_in

pytestmark = pytest.mark.django_db
PAGE = "/me/devices/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1"
OFFICE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0"


@pytest.fixture
def person():
    return PersonFactory()


def browser(person, agent=OFFICE):
    client = Client(headers={"user-agent": agent})
    give_password(client, person)
    return client


def opens(client):
    return client.get("/me/").status_code == 200


def test_devices_are_named_and_this_one_is_marked(person):
    phone, here = browser(person, PHONE), browser(person)

    page = here.get(PAGE).content.decode()

    assert opens(phone)
    assert page.index("Edge trên Windows") < page.index("thiết bị này") < page.index("iPhone")


def test_one_session_is_ended_and_the_others_stay(person):
    phone, here, third = browser(person, PHONE), browser(person), browser(person)
    row = UserSession.objects.get(session_key=phone.session.session_key)

    assert here.post(f"{PAGE}{row.pk}/end/").url == PAGE

    assert [opens(phone), opens(here), opens(third)] == [False, True, True]
    assert person.account_events.get().kind == EventKind.SESSIONS_ENDED


def test_all_others_are_ended_at_once(person):
    phone, here, stranger = browser(person, PHONE), browser(person), browser(PersonFactory())

    here.post(f"{PAGE}others/end/")
    here.post(f"{PAGE}others/end/")

    assert [opens(phone), opens(here), opens(stranger)] == [False, True, True]
    assert person.account_events.count() == 1


def test_session_of_somebody_else_is_not_there(person):
    stranger = browser(PersonFactory())
    row = UserSession.objects.get(session_key=stranger.session.session_key)

    assert browser(person).post(f"{PAGE}{row.pk}/end/").status_code == 404
    assert opens(stranger)


def test_new_password_ends_the_other_sessions_and_they_leave_the_list(person):
    phone, here = browser(person, PHONE), browser(person)
    new = "một mật khẩu dài"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    here.post("/accounts/password/change/", form)

    assert [opens(phone), opens(here)] == [False, True]
    page = here.get(PAGE).content.decode()
    assert ("iPhone" in page, "Edge trên Windows" in page) == (False, True)


def test_without_a_new_password_the_other_session_stays(person):
    """A control: what is refused ends nothing."""
    phone, here = browser(person, PHONE), browser(person)

    here.post("/accounts/password/change/", {"oldpassword": "x", "password1": "y"})

    assert opens(phone)


def test_sign_in_takes_a_new_session_key(client, person):
    client.get("/accounts/login/")
    client.session["planted"] = "before"
    client.session.save()
    before = client.session.session_key

    give_password(client, person)

    assert is_signed_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_reading_the_list_writes_nothing(person):
    phone, here = browser(person, PHONE), browser(person)
    Session.objects.filter(session_key=phone.session.session_key).delete()
    rows = list(UserSession.objects.values_list())

    assert "iPhone" not in here.get(PAGE).content.decode()
    assert list(UserSession.objects.values_list()) == rows


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_device_and_for_three(person, count, django_assert_num_queries):
    here = browser(person)
    for _more in range(count - 1):
        browser(person, PHONE)

    # session, person, menu: offices, unread; sessions of allauth, sessions of Django
    with django_assert_num_queries(6):
        assert here.get(PAGE).content.decode().count('scope="row"') == count
