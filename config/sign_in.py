"""Who is trying to sign in, and from where: what the lockout counts by."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def attempted_email(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Return the address somebody tries to sign in with, in one spelling.

    allauth calls it ``email`` when it asks the backends and ``login`` in its form; with
    the name of only one of them the lockout would count under None and never lock.
    """
    told = (credentials or {}).get("email") or (credentials or {}).get("username")
    if not told and request is not None:
        told = request.POST.get("login")
    return str(told or "").strip().lower()[:255].replace("\0", "")


def client_address(request: HttpRequest) -> str:
    """Return the address of the client, seen past our own proxies and no further.

    Each of our proxies appends the address it was called from; what stands further to
    the left was written by the client and is not to be believed.
    """
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    count: int = settings.TRUSTED_PROXIES
    if count and len(chain) >= count and chain[-count]:
        return chain[-count]
    return str(request.META.get("REMOTE_ADDR", ""))
