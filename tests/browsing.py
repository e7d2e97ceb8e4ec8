"""A browser in which somebody is signed in, and what stands on a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts.models import Person


def browser_of(person: Person, **options: Any) -> Client:
    """Signed in as ``person`` is in the database now; ``options`` are those of ``Client``."""
    browser = Client(**options)
    browser.force_login(Person.objects.get(pk=person.pk))
    return browser


def text_of(answer: HttpResponse) -> str:
    """The page in one line, however its source is broken."""
    return " ".join(answer.content.decode().split())
