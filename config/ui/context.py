"""What every page knows about the site itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 -- the signature is Django's
    # Not "site": allauth puts something else of that name on its pages.
    return {
        "house": {
            "agency": getattr(settings, "AGENCY_NAME", ""),
            "version": getattr(settings, "VERSION", ""),
            "help": getattr(settings, "HELP_SENTENCE", ""),
        }
    }
