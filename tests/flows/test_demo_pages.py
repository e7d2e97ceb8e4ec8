"""Every page of the demonstration, as every role: it opens, within fifteen queries."""

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Department, Person, Unit
from fieldvisits.demo.people import CAST, code_of
from fieldvisits.models import AdHocRequest, Dossier, Plan, Sitting, UnitNotice, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
MOST_QUERIES = 15
NOW = "2026-11-20 09:00+07:00"


# How the office is run; most of it is the administrator's alone.
OFFICE = [
    *(f"accounts:{name}" for name in (
        "organisation", "people", "person-new", "portfolios", "who-decides", "exemptions",
        "delegation-list", "departments", "units-admin", "reorganisation", "invitations", "import",
        "administration", "assumptions", "deliveries", "sign-ins", "agency", "start",
        "start-departments", "start-people", "start-units", "start-offices", "sessions", "mail",
        "my-data",
    )),
    "fieldvisits:holidays", "fieldvisits:start-quarter", "fieldvisits:regulation",
]  # fmt: skip


def addresses(person):
    """The lists, and one page of each kind of paper this person may see."""
    for name in ("accounts:desk", "accounts:inbox", "accounts:profile"):
        yield reverse(name)
    yield reverse("accounts:search") + "?q=ha"
    for name in (
        "plan-list",
        "visit-list",
        "unit-list",
        "dossier-list",
        "sitting-list",
        "quarter-home",
        "request-list",
        "request-new",
        "attendance-log",
        "programme",
        "cluster-list",
    ):
        yield reverse(f"fieldvisits:{name}")
    for name in OFFICE:
        yield reverse(name)
    for kind, one in (("department", Department), ("unit-admin", Unit)):
        yield reverse(f"accounts:{kind}", args=[one.objects.first().pk])
    for name in ("person", "person-account", "person-second-factor"):
        yield reverse(f"accounts:{name}", args=[person.pk])
    yield reverse("reports:dashboard")
    yield reverse("reports:annual-list")
    yield reverse("reports:person-days", args=[person.pk])
    for model in (Plan, Dossier, Visit, Sitting, AdHocRequest):
        for state in set(model.objects.values_list("state", flat=True)):
            if paper := model.objects.visible_to(person).filter(state=state).last():
                yield paper.get_absolute_url()
    yield reverse("fieldvisits:unit-detail", args=[Unit.objects.first().pk])
    for department in Department.objects.all():
        yield reverse("fieldvisits:department-quarter", args=[department.code, "2026-4"])


def has_every_state():
    assert {plan.state for plan in Plan.objects.own()} == {
        "draft", "submitted", "agreed", "returned", "in_dossier", "settled",
    }  # fmt: skip
    assert {row.state for row in Dossier.objects.all()} == {
        "with_coordination", "before_committee", "decided",
    }  # fmt: skip
    assert {row.state for row in Visit.objects.all()} == {
        "proposed", "approved", "declined", "reported", "accepted", "cancelled",
    }  # fmt: skip
    tour = UnitNotice.objects.exclude(visit__team="").values_list("state", "visit__team")
    assert (len(tour), len(set(tour)), tour[0][0]) == (3, 1, "sent")
    assert Department.objects.count() == 8


def test_demo_has_every_state_and_every_page_opens_within_fifteen_queries():
    """As it is loaded at a first start; one test, because loading it takes its time."""
    with time_machine.travel(NOW, tick=False):
        call_command("load_demo", verbosity=0)
        has_every_state()
        opened, costly = set(), []
        for name, _role, full_name in CAST:
            browser, person = Client(), Person.objects.get(code=code_of(name))
            assert person.full_name == full_name
            browser.force_login(person)
            for address in addresses(person):
                with CaptureQueriesContext(connection) as queries:
                    answer = browser.get(address)
                assert answer.status_code in (200, 302, 403, 404), f"{name}: {address}"
                if answer.status_code == 200:
                    opened.add(address)
                if len(queries) > MOST_QUERIES:
                    costly.append((name, address, len(queries)))

    assert not costly, "\n".join(f"{who} {url}: {count}" for who, url, count in costly)
    assert len(opened) > 40
