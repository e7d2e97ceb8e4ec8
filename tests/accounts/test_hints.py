"""What a main page says to newcomers: once, until they have put it away."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.hints import HINTS
from fieldvisits.models import Sitting
from tests.factories.agency import approved_visit, inspector_of_agency, make_agency
from tests.factories.imports import administrator

pytestmark = pytest.mark.django_db
SAYS = 'class="note note-info first-use"'


@pytest.fixture
def agency():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield make_agency()


def pages(agency):
    agency.administrator, agency.inspector = administrator(), inspector_of_agency()
    visit = approved_visit(agency, date(2018, 10, 9))
    plan, sitting = visit.plan, Sitting.objects.get()
    own = {"desk": "/", "plans": "/plans/", "plan": plan.get_absolute_url()}
    return {
        **{name: ("cadre", url) for name, url in own.items()},
        "quarter": ("head", "/quarter/NT/2018-4/"),
        "quarters": ("coordinator", "/quarter/"),
        "dossiers": ("coordinator", "/dossiers/"),
        "sittings": ("member", "/sittings/"),
        "visits": ("cadre", "/visits/"),
        "units": ("cadre", "/units/"),
        "organisation": ("secretary", "/organisation/"),
        "clusters": ("cadre", "/clusters/"),
        "programme": ("cadre", "/programme/"),
        "dashboard": ("member", "/reports/dashboard/"),
        "people": ("member", "/reports/people/"),
        "issues": ("cadre", "/reports/issues/"),
        "annual_reports": ("head", "/reports/annual/departments/"),
        "imports": ("administrator", "/organisation/import/"),
        "administration": ("administrator", "/administration/"),
        "invitations": ("administrator", reverse("accounts:invitations")),
        "visit": ("cadre", visit.get_absolute_url()),
        "products": ("cadre", "/products/"),
        "requests": ("cadre", "/requests/"),
        "written": ("cadre", "/reports/written/"),
        "inbox": ("cadre", "/inbox/"),
        "regulation": ("cadre", "/regulation/"),
        "delegations": ("head", "/me/delegations/"),
        "notices": ("head", "/notices/"),
        "annual": ("head", "/reports/annual/"),
        "who_decides": ("secretary", reverse("accounts:who-decides")),
        "sitting": ("secretary", sitting.get_absolute_url()),
        "confirmations": ("inspector", "/confirmations/"),
    }


def body(client, person, url):
    client.force_login(person)
    return client.get(url).content.decode()


def test_every_main_page_explains_itself(agency, client):
    found = pages(agency)
    said = {
        name: str(HINTS[name]) in body(client, getattr(agency, role), url).replace("&#x27;", "'")
        for name, (role, url) in found.items()
    }

    assert said == dict.fromkeys(HINTS, True)


@pytest.mark.parametrize("role", ["secretary", "inspector", "administrator"])
def test_every_entry_of_the_menu_explains_itself(agency, client, role):
    pages(agency)
    client.force_login(getattr(agency, role))
    menu = client.get("/").context["navigation"]()
    entries = {line["url"] for group in menu for line in group["items"]}

    silent = {url for url in entries if SAYS not in client.get(url, follow=True).content.decode()}
    assert silent == {reverse("accounts:start")} & entries  # which is nothing but explanation


def test_page_put_away_stays_silent_and_the_others_speak(agency, client):
    client.force_login(agency.cadre)

    answer = client.post(reverse("accounts:hints"), {"page": "plans", "next": "/plans/"})
    agency.cadre.refresh_from_db()

    assert (answer.status_code, answer.url) == (302, "/plans/")
    assert agency.cadre.hints_read == ["plans"]
    assert SAYS not in body(client, agency.cadre, "/plans/")
    assert SAYS in body(client, agency.cadre, "/visits/")
    assert SAYS in body(client, agency.colleague, "/plans/")


@pytest.mark.parametrize("page", ["nowhere", "a\0b", "x" * 10_000])
def test_page_that_does_not_exist_is_not_remembered(agency, client, page):
    client.force_login(agency.cadre)

    client.post(reverse("accounts:hints"), {"page": page, "next": "//evil.example/"})

    agency.cadre.refresh_from_db()
    assert agency.cadre.hints_read == []


def test_pages_explain_themselves_again_when_asked(agency, client):
    client.force_login(agency.cadre)
    client.post(reverse("accounts:hints"), {"page": "plans"})
    client.post(reverse("accounts:hints"), {"page": ""})

    assert SAYS in body(client, agency.cadre, "/plans/")
