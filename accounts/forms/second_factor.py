"""Forms of the second factor: allauth's, with the lockout, our words and patience for nonsense."""

from __future__ import annotations

import struct
import time
from typing import TYPE_CHECKING, Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions.second_factor import used_recovery_code
from accounts.sign_in.lockout import count_wrong, is_locked
from accounts.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import Person

CODE_LIVES = 120  # seconds; longer than a code of the app is taken
# What the library that reads passkeys raises over an answer no browser would give.
NONSENSE = (AttributeError, IndexError, KeyError, struct.error, TypeError, ValueError)
ONE_TIME = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


def _as_code(field: Any, label: Any) -> None:
    field.label = label
    field.max_length = 40
    field.widget = forms.TextInput(attrs=ONE_TIME | {"maxlength": 40})


def _checked(person: Person, check: Callable[[], str]) -> str:
    """Run ``check`` of a code behind the lockout, and count what was wrong."""
    request = context.request
    if is_locked(request, person):
        raise get_adapter().validation_error("incorrect_code")
    try:
        return check()
    except (ValidationError, *NONSENSE) as error:
        count_wrong(request, person)
        raise get_adapter().validation_error("incorrect_code") from error


@transaction.atomic
def _first_use(authenticator: Authenticator, code: str) -> bool:
    """Whether a code of the app is new: seen over a shoulder, it opens nothing twice."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    fresh = time.time() - CODE_LIVES
    used = {old: at for old, at in row.data.get("used", {}).items() if at > fresh}
    digits = "".join(code.split())
    if digits in used:
        return False
    row.data["used"] = used | {digits: time.time()}
    row.save(update_fields=["data"])
    return True


class CodeForm(AuthenticateForm):
    """The step after the password: a code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], _("Code of the app, or a recovery code"))

    def clean_code(self) -> str:
        return _checked(self.user, lambda: self._right(super(CodeForm, self).clean_code()))

    def _right(self, code: str) -> str:
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        if is_totp and not _first_use(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def save(self) -> None:
        super().save()
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            self.authenticator.refresh_from_db()
            left = len(self.authenticator.wrap().get_unused_codes())
            used_recovery_code(self.user, left=left)


class CodeAgainForm(ReauthenticateForm):
    """Somebody signed in shows once more that it is them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], _("Code of the app, or a recovery code"))

    def clean_code(self) -> str:
        return _checked(self.user, super().clean_code)


class AppForm(ActivateTOTPForm):
    """The first code of a new app shows that it was set up well."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], _("Code shown in the app"))

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return code


def _passkey_name(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Name of the passkey"),
        required=required,
        max_length=60,
        help_text=_("So that you know it again: “Telephone”, “Office computer”."),
    )


class PasskeyForm(AddWebAuthnForm):
    """A new passkey, named by its owner."""

    name = _passkey_name(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with this passkey alone, without the password")
        alone.help_text = _("The device then asks for a fingerprint, the face or its PIN.")
        alone.initial = True

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey one has."""

    name = _passkey_name(required=True)

    def clean_name(self) -> str:
        return clean(self.cleaned_data["name"])


class UsePasskeyForm(AuthenticateWebAuthnForm):
    """The step after the password, with a passkey."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class UsePasskeyAgainForm(UsePasskeyForm, ReauthenticateWebAuthnForm):
    """Somebody signed in shows with a passkey that it is them."""


class SignInByPasskeyForm(LoginWebAuthnForm, UsePasskeyForm):
    """A passkey instead of address and password."""
