"""Counts beside the menu: counted once, and anew after whatever somebody did."""

import pytest
import time_machine

from accounts.actions.messages import notify
from accounts.remembering import begin_generation
from config.celery import app
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db
NOW = "2018-10-02 09:00+07:00"


@pytest.fixture(autouse=True)
def october(settings):
    settings.MENU_REMEMBERED_SECONDS = 60
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def tell(person, key):
    notify(person, kind="decided", subject=key, url="/me/", key=key)


def unread(client):
    return client.get("/me/").context["unread_count"]()


def nothing():
    """A job."""


def test_counts_are_asked_for_once_while_nothing_happens(client, person, django_assert_num_queries):
    begin_generation()
    tell(person, "one")
    assert unread(client) == 1

    with django_assert_num_queries(
        6
    ):  # session, person, offices, portfolio, factor, address asked for: no count
        client.get("/me/")


def test_counts_without_remembering_cost_a_query_each_time(
    client, person, settings, django_assert_num_queries
):
    """A control."""
    settings.MENU_REMEMBERED_SECONDS = 0
    client.get("/me/")

    with django_assert_num_queries(7):
        client.get("/me/")


def test_counts_are_new_after_a_form_was_sent_by_anybody(client, person):
    assert unread(client) == 0
    tell(person, "one")
    assert unread(client) == 0  # nothing told us

    client.post("/inbox/read/")

    assert unread(client) == 0
    tell(person, "two")
    client.post("/language/", {"language": "vi"})
    assert unread(client) == 1


def test_counts_are_new_after_a_job(client, person):
    assert unread(client) == 0
    tell(person, "one")

    app.task(nothing, name="tests.nothing").apply()

    assert unread(client) == 1


def test_counts_are_new_after_a_minute_whatever_happens(client, person, october):
    assert unread(client) == 0
    tell(person, "one")

    october.shift(61)

    assert unread(client) == 1


def test_counts_of_one_are_not_shown_to_another(client, person):
    tell(person, "one")
    begin_generation()
    assert unread(client) == 1
    client.force_login(PersonFactory())

    assert unread(client) == 0


def test_counts_are_new_on_another_day(client, person, october):
    begin_generation()
    assert unread(client) == 0
    tell(person, "one")
    october.move_to("2018-10-02 23:59:30+07:00")
    client.force_login(person)
    assert unread(client) == 1
    tell(person, "two")
    october.move_to("2018-10-03 00:00:10+07:00")

    assert unread(client) == 2
