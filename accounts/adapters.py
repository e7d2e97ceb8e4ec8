"""How allauth behaves here: nobody signs up, and links in mails come from the settings.

What happens to an account is put on record and told to its owner.
"""

from __future__ import annotations

import logging
from base64 import b32encode
from contextvars import copy_context
from functools import partial
from secrets import token_bytes
from threading import Thread
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actions.events import record
from accounts.actions.messages import notify
from accounts.agency import agency_today
from accounts.choices import EventKind
from accounts.language import remember_language
from accounts.models import Person
from accounts.sealing import InvalidToken, open_sealed, seal
from accounts.sign_in.devices import device

log = logging.getLogger(__name__)

NO_ADDRESS = "0.0.0.0"  # noqa: S104 -- nothing listens: a request that came without one
# What allauth would write a mail about: how it stands on record, and what its owner is told.
TOLD = {
    "account/email/password_changed": (
        EventKind.PASSWORD_CHANGED,
        _("The password of your account was changed"),
    ),
    "account/email/password_set": (
        EventKind.PASSWORD_CHANGED,
        _("The password of your account was changed"),
    ),
    "account/email/password_reset": (
        EventKind.PASSWORD_RESET,
        _("The password of your account was chosen anew"),
    ),
    "mfa/email/totp_activated": (
        EventKind.FACTOR_ADDED,
        _("An authenticator app was added to your account"),
    ),
    "mfa/email/totp_deactivated": (
        EventKind.FACTOR_TAKEN_OUT,
        _("The authenticator app was taken out of your account"),
    ),
    "mfa/email/webauthn_added": (
        EventKind.FACTOR_ADDED,
        _("A passkey was added to your account"),
    ),
    "mfa/email/webauthn_removed": (
        EventKind.FACTOR_TAKEN_OUT,
        _("A passkey was taken out of your account"),
    ),
    "mfa/email/recovery_codes_generated": (
        EventKind.CODES_RENEWED,
        _("New recovery codes were made for your account"),
    ),
}
IF_NOT_YOU = _(
    "From %(device)s, address %(ip)s. If this was not you, tell the administrator at once."
)


class ClosedAccountAdapter(DefaultAccountAdapter):
    """People are added by an administrator, never by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return f"{settings.SITE_URL}{path}"

    def format_email_subject(self, subject: str) -> str:
        """As every other mail begins."""
        return f"[{agency_today().name}] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that fails, or takes its time, does not show by it which addresses are
        on record: nobody waits for it.
        """
        work = partial(self._send, template_prefix, email, context)
        if settings.ACCOUNT_MAIL_IN_BACKGROUND:
            # With the request and the language of the one who asked.
            Thread(target=copy_context().run, args=[work], daemon=True).start()
        else:
            work()

    def _send(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # smtplib's own errors are some, too
            log.exception("a mail about an account was not sent")
        finally:
            if settings.ACCOUNT_MAIL_IN_BACKGROUND:
                connections.close_all()  # those of this thread

    def get_client_ip(self, request: HttpRequest) -> str:
        """Not every server names an address; that is no reason to keep somebody out."""
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return NO_ADDRESS

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Go on in the language the person chose, at whichever computer that was."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return remember_language(response, user.language) if user.language else response

    @transaction.atomic
    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,  # noqa: ARG002 -- allauth's
        email: str | None = None,  # noqa: ARG002 -- allauth's
    ) -> None:
        """Put it on record and into the inbox; the mail goes the way of all others."""
        kind, subject = TOLD[template_prefix]
        by = user if self.request.user.is_authenticated else None
        record(user, kind, by=by)
        notify(
            user,
            kind="account",
            subject=subject,
            body=IF_NOT_YOU,
            values={
                "device": device(self.get_http_user_agent(self.request)),
                "ip": self.get_client_ip(self.request),
            },
            key=f"account:{kind}:{uuid4().hex}",
            url=reverse("accounts:profile"),
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes and passkeys: named after the agency, their secrets sealed."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it was used already. Try the next one."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
    }

    def _get_site_name(self) -> str:
        return agency_today().name

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Where the key that sealed it is gone, no code is right any more."""
        try:
            return open_sealed(encrypted_text)
        except InvalidToken:
            return b32encode(token_bytes(20)).decode()

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002 -- allauth's
        n = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(n)d") % {"n": n}
