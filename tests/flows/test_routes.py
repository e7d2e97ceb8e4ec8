"""Every route: sign-in, CSRF, GET that changes nothing, headers, no way out of the site."""

import hashlib

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from accounts.models import InboxItem
from tests.factories.papers import NOW, make_papers
from tests.flows.everywhere import OPEN_TO_STRANGERS, addresses, body_of, routes

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
ELSEWHERE = (
    "//evil.example/",
    "https://evil.example/",
    "javascript:alert(1)",
    "/\\evil.example/",
    "http:///evil.example",
    "https:evil.example",
    " //evil.example",
    "\t//evil.example",
)


@pytest.fixture(autouse=True)
def december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def papers(december):
    return make_papers()


@pytest.fixture
def everything(papers):
    return addresses(papers, at_most=5)


def browser_of(papers, role, **options):
    browser = Client(**options)
    if role != "anonymous":
        browser.force_login(papers.people[role])
    return browser


def test_only_the_named_routes_are_open_to_strangers(everything):
    stranger, wrong = Client(), []
    for name, found in everything.items():
        if name in OPEN_TO_STRANGERS:
            continue
        for address in found:
            for answer in (stranger.get(address), stranger.post(address)):
                led = answer.status_code == 302 and answer.url.startswith("/accounts/login/?next=/")
                if not led or b"KIN-" in answer.content:
                    wrong.append((name, address, answer.status_code))

    assert wrong == []
    assert len(everything) > 50
    assert set(everything) >= OPEN_TO_STRANGERS


def state_of_database():
    """A hash per table; sessions are not the planner's rows."""
    return {
        model._meta.label: hashlib.sha256(
            repr(list(model.objects.order_by("pk").values_list())).encode()
        ).hexdigest()
        for model in apps.get_models()
        if model._meta.app_label != "sessions"
    }


def test_state_of_database_notices_one_column(papers):
    before = state_of_database()
    InboxItem.objects.filter(pk=papers.items["cadre"].pk).update(body="x")

    assert {name for name, value in state_of_database().items() if value != before[name]} == {
        "accounts.InboxItem"
    }


@pytest.mark.parametrize("role", ["head", "secretary"])
def test_get_changes_no_row(papers, everything, role):
    browser = browser_of(papers, role, raise_request_exception=False)
    before, failed = state_of_database(), []
    for name, found in everything.items():
        if name == "account_logout":
            continue
        for address in found:
            answer = browser.get(address)
            if answer.status_code >= 500:
                failed.append(address)
            body_of(answer)

    changed = {name for name, value in state_of_database().items() if value != before[name]}
    assert (changed, failed) == (set(), [])


def test_post_without_a_token_is_refused(papers, everything, caplog):
    caplog.set_level("ERROR", "django.security.csrf")  # seventy refusals, all expected
    browser = browser_of(papers, "cadre", enforce_csrf_checks=True)
    refused = {
        name: browser.post(found[0], {"comment": "x", "next": "/"}).status_code
        for name, found in everything.items()
    }
    assert {name: status for name, status in refused.items() if status != 403} == {}


@pytest.mark.parametrize("role", ["anonymous", "cadre"])
def test_every_answer_is_guarded_by_headers(papers, everything, role):
    browser = browser_of(papers, role)
    for found in everything.values():
        for address in (found[0], "/nothing-here/"):
            answer = browser.get(address)
            body_of(answer)
            headers = answer.headers
            policy = headers["Content-Security-Policy"]
            assert "unsafe" not in policy, address
            assert "default-src 'self'" in policy, address
            assert "frame-ancestors 'none'" in policy, address
            assert headers["X-Content-Type-Options"] == "nosniff", address
            assert headers["Referrer-Policy"] == "same-origin", address
            assert headers["Cache-Control"] == "no-store", address


def places_with_next(papers):
    """Everything that reads ``next``: (address, form)."""
    person = papers.people["cadre"]
    plan = papers.plans["submitted"]
    return [
        (reverse("account_login"), {"login": person.email, "password": "mat-khau"}),
        (reverse("account_logout"), {}),
        (reverse("set_language"), {"language": "vi"}),
        (reverse("fieldvisits:plan-step", args=[plan.pk, "withdraw"]), {"version": plan.version}),
    ]


@pytest.mark.parametrize("next_", ELSEWHERE)
def test_next_never_leads_to_another_site(papers, next_):
    for number, (address, form) in enumerate(places_with_next(papers)):
        browser = browser_of(papers, "anonymous" if number == 0 else "cadre")
        answer = browser.post(address, {**form, "next": next_})
        assert answer.status_code == 302, address
        assert answer.url.startswith("/"), (address, answer.url)
        assert "evil" not in answer.url, (address, answer.url)
        assert "evil" not in browser.get(address, {"next": next_}).get("Location", "")


def test_next_within_the_site_is_followed(papers):
    for number, (address, form) in enumerate(places_with_next(papers)):
        browser = browser_of(papers, "anonymous" if number == 0 else "cadre")
        assert browser.post(address, {**form, "next": "/units/"}).url == "/units/", address


def test_every_name_open_to_strangers_is_a_route():
    assert set(routes()) >= OPEN_TO_STRANGERS
