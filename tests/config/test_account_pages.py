"""Pages of signing in and pages that refuse: drawn by us, complete, and saying what to do."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.views import defaults

from accounts.models import Person

pytestmark = pytest.mark.django_db

OPEN_PAGES = (
    "/accounts/login/",
    "/accounts/login/?next=/plans/",
    "/accounts/inactive/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-abc/",
    "/accounts/password/reset/key/done/",
)


@pytest.fixture
def cadre():
    return Person.objects.create(code="CB01", full_name="Trần Thu Hà", email="ha@example.vn")


@pytest.mark.parametrize("path", OPEN_PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_page_before_signing_in_is_whole_in_both_languages(client, path, language):
    client.cookies["django_language"] = language

    answer = client.get(path)

    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()
    assert 'class="bar"' in answer.content.decode()


@pytest.mark.parametrize("path", ["/accounts/password/change/", "/accounts/logout/"])
def test_page_of_the_account_is_whole(client, cadre, path):
    cadre.set_password("một mật khẩu dài")
    cadre.save()
    client.force_login(cadre, backend="allauth.account.auth_backends.AuthenticationBackend")

    html = client.get(path).content.decode()

    assert 'id="my-menu"' in html
    assert "Trần Thu Hà" in html


def test_sign_in_keeps_where_it_leads(client):
    html = client.get("/accounts/login/?next=/plans/").content.decode()

    ways = 2  # by password, by passkey
    assert html.count('name="next"') == html.count('value="/plans/"') == ways


def test_wrong_password_is_said_at_the_head_and_keeps_the_address(client):
    html = client.post(
        "/accounts/login/", {"login": "ha@example.vn", "password": "x"}
    ).content.decode()

    assert 'class="errors" role="alert"' in html
    assert 'value="ha@example.vn"' in html


def test_forgotten_password_is_renewed_by_a_link_in_a_mail(client, cadre, mailoutbox):
    client.post("/accounts/password/reset/", {"email": cadre.email})
    (mail,) = mailoutbox
    link = re.search(r"http://\S+(/accounts/\S+)", mail.body).group(1)

    page = client.get(link, follow=True)
    new = {"password1": "một mật khẩu dài", "password2": "một mật khẩu dài"}
    done = client.post(page.request["PATH_INFO"], new, follow=True)

    assert 'name="password1"' in page.content.decode()
    assert done.request["PATH_INFO"] == "/accounts/password/reset/key/done/"
    assert [item.kind for item in cadre.inbox_items.all()] == ["account"]
    assert cadre.inbox_items.get().delivery.state == "pending"  # the outbox brings it
    cadre.refresh_from_db()
    assert cadre.check_password("một mật khẩu dài")


def test_person_without_a_password_is_asked_to_set_one(client, cadre):
    cadre.set_unusable_password()
    cadre.save()
    client.force_login(cadre, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert 'name="password1"' in client.get("/accounts/password/set/").content.decode()


def test_lockout_page_says_what_happened(client):
    for _ in range(7):
        answer = client.post("/accounts/login/", {"login": "ha@example.vn", "password": "x"})

    assert answer.status_code == 429
    assert 'class="note note-bad"' in answer.content.decode()


def test_refusal_is_shown_in_the_words_of_the_rule():
    request = RequestFactory().get("/")

    answer = defaults.permission_denied(request, PermissionDenied("Nobody reviews their own plan."))

    assert answer.status_code == 403
    assert "Nobody reviews their own plan." in answer.content.decode()


@pytest.mark.parametrize(
    ("view", "status"), [(defaults.bad_request, 400), (defaults.page_not_found, 404)]
)
def test_page_that_refuses_is_ours(view, status):
    answer = view(RequestFactory().get("/x/"), Exception("no"))

    assert answer.status_code == status
    assert 'class="solo' in answer.content.decode()


def test_page_of_a_failure_needs_nothing_but_files():
    answer = defaults.server_error(RequestFactory().get("/x/"))

    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()


def test_form_sent_without_its_token_is_told_why(client):
    client.handler.enforce_csrf_checks = True

    answer = client.post("/accounts/login/", {"login": "ha@example.vn", "password": "x"})

    assert answer.status_code == 403
    assert 'class="note note-warn"' in answer.content.decode()
