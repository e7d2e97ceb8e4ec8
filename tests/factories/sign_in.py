"""Signing in with a second factor: an app's codes as they are computed on a telephone."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from accounts.sealing import seal

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from accounts.models import Person

SECRET = base64.b32encode(b"twenty letters, no m").decode()
PASSWORD = "mat-khau"


def code_now(secret: str = SECRET, *, steps: int = 0) -> str:
    """The six digits of RFC 6238 at this moment, written down once more."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def give_app(person: Person) -> Authenticator:
    """An app with codes, and recovery codes, as the pages set them up."""
    RecoveryCodes.activate(person)
    return Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": seal(SECRET)}
    )


def recovery_codes_of(person: Person) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(person).get_unused_codes()
    return codes


def give_password(client: Client, person: Person, **extra: Any) -> HttpResponse:
    form = {"login": person.email, "password": PASSWORD}
    return client.post("/accounts/login/", form, **extra)


def give_code(client: Client, code: str, **extra: Any) -> HttpResponse:
    return client.post("/accounts/second-factor/sign-in/", {"code": code}, **extra)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
