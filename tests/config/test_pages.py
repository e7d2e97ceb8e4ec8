"""What every answer carries, and the few addresses that belong to no app."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse

from accounts.actions import messages
from config import health
from config.sign_in import attempted_email, client_address
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize("path", ["/health/", "/accounts/login/", "/", "/no-such-page/"])
def test_every_answer_carries_the_protecting_headers(client, path):
    headers = client.get(path).headers

    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in headers["Permissions-Policy"]


def test_stranger_is_led_to_sign_in_and_back(client):
    assert client.get("/?x=1")["Location"] == "/accounts/login/?next=/%3Fx%3D1"


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/email/", "/admin/"])
def test_address_that_is_not_offered_does_not_exist(client, path):
    assert client.get(path).status_code == 404


def test_language_can_be_chosen_before_signing_in(client):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/accounts/login/"})

    assert answer["Location"] == "/accounts/login/"
    assert client.get("/accounts/login/")["Content-Language"] == "en"


def test_language_choice_leads_nowhere_else(client):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "//evil.example/"})

    assert answer["Location"] == "/"


def test_health_with_nothing_waiting_is_ok(client):
    answer = client.get("/health/")

    assert answer.json() == {"status": "ok", "database": True, "oldest_due_message_seconds": 0}


def test_health_with_a_message_that_waits_too_long_is_degraded(client, monkeypatch):
    monkeypatch.setattr(messages, "oldest_due", lambda *, now: now - timedelta(minutes=16))

    answer = client.get("/health/")

    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["oldest_due_message_seconds"] == 960


def test_health_without_a_database_is_down(client, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(health.connection, "cursor", refuse)

    answer = client.get("/health/")

    assert (answer.status_code, answer.json()["status"]) == (503, "down")


def test_attempted_email_is_the_same_from_form_and_backend(rf):
    form = rf.post("/", {"login": " Lan@Example.vn "})

    assert attempted_email(form, None) == "lan@example.vn"
    assert attempted_email(form, {"email": "LAN@example.vn"}) == "lan@example.vn"


def test_client_address_believes_only_our_own_proxies(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.7"})

    settings.TRUSTED_PROXIES = 0
    assert client_address(request) == "127.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert client_address(request) == "10.0.0.7"


def test_address_that_only_takes_forms_says_so_when_opened(client):
    client.force_login(PersonFactory())
    answer = client.get(reverse("fieldvisits:plan-open"))

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Không có gì bị thay đổi" in answer.content.decode()
