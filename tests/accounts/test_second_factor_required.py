"""Where the settings ask for it: who holds certain offices sets up a second factor first."""

import pytest
from django.urls import reverse

from accounts.choices import Body, Office
from accounts.models import InboxItem
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint, make_administrator
from tests.factories.sign_in import give_app

pytestmark = pytest.mark.django_db
HOME = "/accounts/second-factor/"
PLACES = [
    "/",
    "/me/",
    "/inbox/",
    "/nothing-here/",
    "/plans/?format=csv",
    "/accounts/password/change/",
]


@pytest.fixture(autouse=True)
def asked_for(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def administrator():
    return make_administrator()


def member():
    person = PersonFactory()
    appoint(person, body=Body.STANDING_COMMITTEE, office=Office.MEMBER)
    return person


def cadre():
    person = PersonFactory()
    appoint(person, department=DepartmentFactory())
    return person


@pytest.mark.parametrize("who", [administrator, member])
@pytest.mark.parametrize("place", PLACES)
def test_every_address_leads_to_setting_it_up(client, who, place):
    client.force_login(who())

    assert client.get(place).headers.get("Location") == HOME
    assert client.get(HOME).status_code == 200


@pytest.mark.parametrize("place", PLACES[:3])
def test_without_the_setting_every_page_opens(client, settings, place):
    """A control."""
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(administrator())

    assert client.get(place).status_code == 200


def test_form_sent_by_somebody_on_the_way_changes_nothing(client):
    person = administrator()
    InboxItem.objects.create(
        recipient=person, kind="decided", subject="x", key="x", created_at="2026-03-17T00:00Z"
    )
    client.force_login(person)

    assert client.post("/inbox/read/").headers["Location"] == HOME
    assert InboxItem.objects.get().read_at is None


def test_part_of_a_page_leads_the_whole_page_there(client):
    client.force_login(administrator())

    answer = client.get("/inbox/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, HOME)


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate",
     "account_logout", "health"],
)  # fmt: skip
def test_what_is_needed_for_it_stays_open(client, name):
    client.force_login(administrator())

    assert client.get(reverse(name)).headers.get("Location") != HOME


def test_with_a_second_factor_every_page_opens(client):
    person = administrator()
    give_app(person)
    client.force_login(person)

    assert client.get("/me/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client):
    person = administrator()
    give_app(person).delete()
    client.force_login(person)

    assert client.get("/me/").headers.get("Location") == HOME


def test_other_offices_are_not_asked(client):
    client.force_login(cadre())

    assert client.get("/me/").status_code == 200


def test_office_that_ended_asks_no_more(client):
    person = administrator()
    person.appointments.update(ends_on="2020-01-01")
    client.force_login(person)

    assert client.get("/me/").status_code == 200
