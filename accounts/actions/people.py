"""What people change about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from accounts.choices import MailWay
from accounts.hints import CARDS, HINTS
from accounts.mailing import GROUPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Person


@transaction.atomic
def choose_language(person: Person, *, by: Person, language: str) -> Person:
    """Remember in which language a person reads pages and messages; only one's own."""
    if by.pk == person.pk and person.language != language:
        person.language = language
        person.save(update_fields=["language"])
    return person


@transaction.atomic
def choose_mail(person: Person, *, by: Person, ways: Mapping[str, str]) -> Person:
    """Remember which messages go by mail and when; only one's own, and never the urgent ones.

    What is already on its way stays there.
    """
    if by.pk == person.pk:
        open_ones = {group.name for group in GROUPS if not group.is_urgent}
        chosen = {name: way for name, way in ways.items() if name in open_ones and way in MailWay}
        person.mail_ways = person.mail_ways | chosen
        person.save(update_fields=["mail_ways"])
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
