"""What people change about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def choose_language(person: Person, *, by: Person, language: str) -> Person:
    """Remember in which language a person reads pages and messages; only one's own."""
    if by.pk == person.pk and person.language != language:
        person.language = language
        person.save(update_fields=["language"])
    return person
