"""Every route: sign-in, CSRF, no way out of the site."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import InboxItem
from tests.flows.everywhere import (
    OPEN_TO_STRANGERS,
    addresses,
    routes,
    state_of_database,
)

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


@pytest.fixture
def everything(papers):
    return addresses(papers)


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


def test_state_of_database_notices_one_column(papers):
    before = state_of_database()
    InboxItem.objects.filter(pk=papers.items["cadre"].pk).update(body="x")

    assert {name for name, value in state_of_database().items() if value != before[name]} == {
        "accounts.InboxItem"
    }


def test_post_without_a_token_is_refused(papers, browser_of, everything, caplog):
    caplog.set_level("ERROR", "django.security.csrf")  # seventy refusals, all expected
    browser = browser_of(papers, "cadre", enforce_csrf_checks=True)
    refused = {
        name: browser.post(found[0], {"comment": "x", "next": "/"}).status_code
        for name, found in everything.items()
    }
    assert {name: status for name, status in refused.items() if status != 403} == {}


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
def test_next_never_leads_to_another_site(papers, browser_of, next_):
    for number, (address, form) in enumerate(places_with_next(papers)):
        browser = browser_of(papers, "anonymous" if number == 0 else "cadre")
        answer = browser.post(address, {**form, "next": next_})
        assert answer.status_code == 302, address
        assert answer.url.startswith("/"), (address, answer.url)
        assert "evil" not in answer.url, (address, answer.url)
        assert "evil" not in browser.get(address, {"next": next_}).get("Location", "")


def test_next_within_the_site_is_followed(papers, browser_of):
    for number, (address, form) in enumerate(places_with_next(papers)):
        browser = browser_of(papers, "anonymous" if number == 0 else "cadre")
        assert browser.post(address, {**form, "next": "/units/"}).url == "/units/", address


def test_every_name_open_to_strangers_is_a_route():
    assert set(routes()) >= OPEN_TO_STRANGERS
