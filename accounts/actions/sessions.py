"""Sessions: where somebody is signed in, and how that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts.actions.events import record
from accounts.choices import EventKind

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def end_session(session: UserSession, *, by: Person) -> None:
    """Sign one device out; only one's own."""
    if session.user_id == by.pk:
        session.end()
        record(by, EventKind.SESSIONS_ENDED, by=by)


@transaction.atomic
def end_others(person: Person, *, by: Person, but: str) -> int:
    """Sign every device out except the one whose session key is ``but``; only one's own."""
    if by.pk != person.pk:
        return 0
    others = list(UserSession.objects.filter(user=person).exclude(session_key=but))
    for session in others:
        session.end()
    if others:
        record(person, EventKind.SESSIONS_ENDED, by=by)
    return len(others)


def end_all(person: Person) -> None:
    """Sign ``person`` out everywhere; for actions that put on record why."""
    for session in UserSession.objects.filter(user=person):
        session.end()
