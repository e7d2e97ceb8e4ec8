"""Links that open something once: the mail carries them whole, the database never.

The token in a link is a random half and the signature of that half. A row keeps the digest of
the half, by which it is found again; the half itself waits beside the mail that is to carry
it and is wiped as soon as that is sent. Without the secret key none of this makes a link.
"""

from __future__ import annotations

import secrets
from hashlib import sha256

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

RANDOM_BYTES = 16  # 128 bits; a slip is typed off by hand if need be
# What a link is for, and the page it leads to. A token of one opens nothing of another.
INVITATION, EMAIL_CHANGE = "invitation", "email-change"
PAGES = {
    INVITATION: "accounts:invitation-accept",
    EMAIL_CHANGE: "accounts:email-confirm",
}


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"accounts.{purpose}", sep=".")


def new_half() -> str:
    return secrets.token_urlsafe(RANDOM_BYTES)


def digest_of(half: str) -> str:
    return sha256(half.encode()).hexdigest()


def token_of(half: str, purpose: str) -> str:
    return _signer(purpose).sign(half)


def digest_in(token: str, purpose: str) -> str:
    """Return the digest that a token leads to; nothing for one that we did not make."""
    try:
        return digest_of(_signer(purpose).unsign(token))
    except BadSignature:
        return ""


def link_of(half: str, purpose: str) -> str:
    """The whole link, for a mail or for paper. Never from the Host header of a request."""
    return f"{settings.SITE_URL}{reverse(PAGES[purpose], args=[token_of(half, purpose)])}"
