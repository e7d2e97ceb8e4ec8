"""What every page knows about the site itself."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.agency import Agency, agency_today, fallback


def _agency() -> Agency:
    try:
        return agency_today()
    except DatabaseError:  # a page that says so still has its head and its foot
        return fallback()


def house(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 -- the signature is Django's
    agency: Any = SimpleLazyObject(_agency)  # read when a template asks for it
    # Not "site": allauth puts something else of that name on its pages.
    return {"house": {"agency": agency, "version": getattr(settings, "VERSION", "")}}
