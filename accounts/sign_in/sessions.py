"""Where somebody is signed in, read. Nothing is written: what ended is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.sign_in.devices import device

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import Person


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One device on which a person is signed in."""

    pk: int
    device: str
    address: str
    since: datetime
    is_here: bool


def sessions_of(person: Person, *, here: str) -> list[SignedIn]:
    """The open sessions of ``person``, this one first, then the newest: two queries."""
    rows = list(UserSession.objects.filter(user=person).order_by("-created_at", "-pk"))
    keys = [row.session_key for row in rows]
    open_ones = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    # A session from before the password was changed is over, though its row is there.
    expected = person.get_session_auth_hash()
    alive = {
        session.session_key
        for session in open_ones
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), expected)
    }
    found = [
        SignedIn(row.pk, device(row.user_agent), row.ip, row.created_at, row.session_key == here)
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda one: not one.is_here)
