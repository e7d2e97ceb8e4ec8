"""What people change about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from accounts.hints import CARDS, HINTS

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def choose_language(person: Person, *, by: Person, language: str) -> Person:
    """Remember in which language a person reads pages and messages; only one's own."""
    if by.pk == person.pk and person.language != language:
        person.language = language
        person.save(update_fields=["language"])
    return person


@transaction.atomic
def put_away_hint(person: Person, *, by: Person, page: str) -> Person:
    """Remember that a person has read what a page says to newcomers; only one's own."""
    known = page in HINTS or page in CARDS
    if by.pk == person.pk and known and page not in person.hints_read:
        person.hints_read = [*person.hints_read, page]
        person.save(update_fields=["hints_read"])
    return person


@transaction.atomic
def show_hints_again(person: Person, *, by: Person) -> Person:
    if by.pk == person.pk and person.hints_read:
        person.hints_read = []
        person.save(update_fields=["hints_read"])
    return person
