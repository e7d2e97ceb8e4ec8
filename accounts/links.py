"""Addresses by name, of pages that may not be there: an app above can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from django.http import HttpRequest


def address(name: str, *args: object) -> str:
    """Return the address of a page, or nothing if the site does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def way_on(request: HttpRequest, wanted: str) -> str:
    """Return ``wanted`` if it is an address of this site that a browser can be sent to.

    It begins with a stroke, or ``redirect`` would take it for the name of a page; line
    breaks and the like never get into a header.
    """
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") and wanted.isprintable() else ""
