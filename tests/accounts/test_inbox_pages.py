"""Messages, search and one's own page."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from accounts.actions.messages import notify
from accounts.models import InboxItem
from tests.factories.accounts import PersonFactory, make_unit
from tests.factories.agency import make_agency

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


def tell(person, number=1, url="/me/"):
    return notify(person, kind="decided", subject=f"Việc {number}", key=f"k{number}", url=url)


def test_inbox_without_a_message_says_what_will_stand_there(client):
    client.force_login(PersonFactory())

    assert client.get("/inbox/").context["page"].rows == []
    assert client.get("/inbox/?show=all").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_query_count_does_not_grow(client, count, django_assert_num_queries):
    person = PersonFactory()
    for number in range(count):
        tell(person, number)
    client.force_login(person)

    with django_assert_num_queries(5):  # session, person, messages, offices, queues
        response = client.get("/inbox/")

    assert len(response.context["page"].rows) == count


def test_message_opened_is_read_and_leads_on(client):
    person = PersonFactory()
    item = tell(person)
    client.force_login(person)

    assert client.get(f"/inbox/{item.pk}/").url == "/me/"
    item.refresh_from_db()
    assert item.read_at is None  # a link that was only fetched
    assert client.post(f"/inbox/{item.pk}/").url == "/me/"
    item.refresh_from_db()
    assert item.read_at == timezone.now()
    assert client.get("/inbox/").context["page"].rows == []
    assert client.get("/inbox/?show=all").context["page"].rows == [item]


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"]
)
def test_message_never_leads_to_another_site(client, url):
    person = PersonFactory()
    item = tell(person, url=url)
    client.force_login(person)

    assert client.post(f"/inbox/{item.pk}/").url == "/inbox/"


def test_message_of_somebody_else_is_not_found(client):
    item = tell(PersonFactory())
    client.force_login(PersonFactory())

    assert client.post(f"/inbox/{item.pk}/").status_code == 404
    item.refresh_from_db()
    assert item.read_at is None


def test_reading_all_needs_a_post_and_touches_only_own_messages(client):
    person, other = PersonFactory(), PersonFactory()
    tell(person)
    tell(other)
    client.force_login(person)

    assert client.get("/inbox/read/").status_code == 405
    client.post("/inbox/read/")

    assert list(InboxItem.objects.unread().values_list("recipient", flat=True)) == [other.pk]


def test_inbox_pages_on_after_thirty(client):
    person = PersonFactory()
    for number in range(31):
        tell(person, number)
    client.force_login(person)

    first = client.get("/inbox/?show=all").context["page"]

    assert len(first.rows) == 30
    assert first.next_url.startswith("?show=all&page=2")
    assert len(client.get("/inbox/?show=all&page=2").context["page"].rows) == 1
    assert client.get("/inbox/?page=x").status_code == 200


def test_search_finds_people_and_units_without_diacritics(client):
    agency = make_agency()
    make_unit(place="Đống Đa", kind="Quận")
    make_unit(place="Đống Đa", kind="Phường", ends_on=date(2018, 1, 1))
    client.force_login(agency.cadre)

    context = client.get("/search/?q=dong+da").context
    assert [found.title for found in context["units"]] == [
        "Quận đoàn Đống Đa",
        "Đoàn phường Đống Đa",
    ]
    people = client.get("/search/?q=TRAN+thu").context["people"]
    assert [(found.title, found.url) for found in people] == [
        ("Trần Thu Hà", f"/reports/people/{agency.cadre.pk}/days/")
    ]


def test_search_shows_figures_of_others_to_nobody_without_the_right(client):
    agency = make_agency()
    client.force_login(agency.stranger)
    assert [found.url for found in client.get("/search/?q=tran").context["people"]] == [""]

    client.force_login(PersonFactory())
    assert client.get("/search/?q=tran").context["people"] == []


@pytest.mark.parametrize("words", ["", "%00", "%25", "zzzz"])
def test_search_for_nothing_finds_nothing(client, words):
    client.force_login(make_agency().cadre)

    response = client.get(f"/search/?q={words}")

    assert response.status_code == 200
    assert response.context["people"] == response.context["units"] == []


def test_language_chosen_is_remembered_and_used(client):
    person = PersonFactory()
    client.force_login(person)

    client.post("/me/", {"language": "en"})

    person.refresh_from_db()
    assert person.language == "en"
    assert "My profile" in client.get("/me/").content.decode()
    assert client.post("/me/", {"language": "xx"}).status_code == 200


def test_language_chosen_is_used_after_signing_in_elsewhere(client):
    person = PersonFactory(language="en")

    client.post("/accounts/login/", {"login": person.email, "password": "mat-khau"})

    assert client.cookies["django_language"].value == "en"
