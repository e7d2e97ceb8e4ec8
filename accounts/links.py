"""Addresses by name, of pages that may not be there: an app above can be left out."""

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: object) -> str:
    """Return the address of a page, or nothing if the site does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
