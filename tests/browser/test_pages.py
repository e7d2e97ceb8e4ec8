"""Every main page of the demonstration, as each role sees it, in a real Chromium."""

import re

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from accounts.models import Person
from fieldvisits.demo.people import CAST, code_of
from fieldvisits.models import ConfirmationRequest, Dossier, Plan, Sitting, Visit
from tests.browser.conftest import axe_violations, serve, sideways_overflow
from tests.browser.people import Somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (360, 768, 1440)
EXAMINED = (360, 1440)  # by axe
DEMO_PASSWORD = "dicoso2018"
FOR_ALL = ("/", "/units/", "/visits/", "/inbox/", "/me/", "/search/?q=ha", "/sittings/")
TRAVELS = ("/plans/", "{plan}")
LEADS = ("/reports/dashboard/", "/reports/people/", "/reports/annual/")
DECIDES = (
    *LEADS,
    "/quarter/",
    "/dossiers/",
    "{dossier}",
    "/sittings/convene/",
    "{sitting}",
    "{sitting}close/",
)
OF_ROLE = {
    "canbo": (*TRAVELS, "{quarter}", "{visit}", "{unit}", "{notice}", "{days}", "{step}",
              "/requests/new/", "/attendance/new/", "/products/", "/reports/written/"),
    "phoban": (*TRAVELS, "{quarter}"),
    "truongban": (*TRAVELS, *LEADS, "{quarter}", "/visits/?waiting=me",
                  "/requests/", "/notices/", "/reports/written/weekly/received/"),
    "tckt": (*TRAVELS, *DECIDES),
    "bithu": DECIDES,
    "phobithu": ("/plans/", "/requests/", *DECIDES),
    "vanphong": (*TRAVELS, "/sittings/convene/"),
    "ubkt": (*TRAVELS, "/reports/dashboard/", "/reports/people/", "/confirmations/"),
    "donvi": ("/notices/", "{question}"),
    "vanthu": ("{notice}",),
    "quantri": ("/regulation/", "/regulation/new/", "/me/delegations/", "/administration/",
                "/administration/sign-ins/", "/organisation/", "/organisation/people/",
                "/organisation/who-decides/", "/organisation/departments/", "/organisation/units/",
                "/organisation/invitations/", "/organisation/import/", "/organisation/holidays/",
                "/organisation/start/"),
}  # fmt: skip


@pytest.fixture
def _django_db_helper():
    """No test here has a database of its own: all look at that of the module."""


def bring_back_migrated():
    """As migrations leave it, whatever the tests before have emptied."""
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, chromium):
    """The agency on 20/11/2026 on a server of its own; afterwards as migrations leave it."""
    with django_db_blocker.unblock(), time_machine.travel("2026-11-20 09:00+07:00", tick=False):
        bring_back_migrated()
        call_command("load_demo", "--cadres", "16", verbosity=0)
        server = serve()
        yield server.url
        server.stop()
        bring_back_migrated()


def signed_in(chromium, demo, name):
    """The first of them through the page for signing in, with the word the demonstration says."""
    somebody = Somebody(chromium, demo, Person.objects.get(code=code_of(name)))
    return somebody.sign_in(DEMO_PASSWORD) if name == "canbo" else somebody.enter()


def addresses(name):
    """Papers this person may read, by the names that stand in ``OF_ROLE``."""
    person = Person.objects.get(code=code_of(name))
    plan = Plan.objects.own().filter(cadre=person).order_by("-year", "-quarter_number").first()
    visit = Visit.objects.filter(cadre=person, state="accepted").first()
    closed = Sitting.objects.filter(state="closed").first()
    dossier = Dossier.objects.visible_to(person).first()
    waiting = Plan.objects.own().filter(cadre=person, state__in=("draft", "returned")).first()
    question = ConfirmationRequest.objects.visible_to(person).filter(state="asked").first()
    found = {
        "plan": plan and plan.get_absolute_url(),
        "quarter": plan and f"/quarter/TNNT/{plan.quarter}/",
        "visit": visit and visit.get_absolute_url(),
        "unit": visit and f"/units/{visit.unit_id}/",
        "notice": closed and f"/sittings/{closed.pk}/notice/",
        "days": f"/reports/people/{person.pk}/days/",
        "step": waiting and f"{waiting.get_absolute_url()}steps/submit/",
        "dossier": dossier and dossier.get_absolute_url(),
        "question": question and question.get_absolute_url(),
        "sitting": Sitting.objects.get(state="open").get_absolute_url(),
    }
    return [path.format(**found) for path in (*FOR_ALL, *OF_ROLE[name])]


@pytest.fixture(scope="module")
def seen():
    """What axe has examined: the same sheet is not examined again for the next role."""
    return set()


def is_new(page, width, seen):
    sheet = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.locator("main").inner_html())
    before = len(seen)
    seen.add((sheet, width))
    return len(seen) > before


@pytest.mark.parametrize("name", [row[0] for row in CAST])
def test_pages_are_whole_for_role(chromium, demo, seen, name):
    somebody = signed_in(chromium, demo, name)
    found = {}
    for path in addresses(name):
        somebody.go(path)
        for width in WIDTHS:
            somebody.page.set_viewport_size({"width": width, "height": 900})
            examine = width in EXAMINED and is_new(somebody.page, width, seen)
            wrong = axe_violations(somebody.page) if examine else []
            if wrong or sideways_overflow(somebody.page):
                found[path, width] = wrong
    somebody.leave()
    assert found == {}
