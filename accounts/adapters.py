"""How allauth behaves here: nobody signs up, and links in mails come from the settings."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.language import remember_language
from accounts.models import Person


class ClosedAccountAdapter(DefaultAccountAdapter):
    """People are added by an administrator, never by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return f"{settings.SITE_URL}{path}"

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Go on in the language the person chose, at whichever computer that was."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return remember_language(response, user.language) if user.language else response
