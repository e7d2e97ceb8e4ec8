"""Secrets in the database that a copy of the database alone does not give away."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes

__all__ = ["InvalidToken", "is_openable", "open_sealed", "seal"]


def _box() -> MultiFernet:
    """Sealed with the secret key, opened with it or one that it replaced."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [sha256(b"fieldvisits.sealing:" + force_bytes(key)).digest() for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def open_sealed(sealed: str) -> str:
    """Raise ``InvalidToken`` where no key of ours opens it."""
    return _box().decrypt(sealed.encode()).decode()


def is_openable(sealed: str) -> bool:
    try:
        open_sealed(sealed)
    except InvalidToken:
        return False
    return True
