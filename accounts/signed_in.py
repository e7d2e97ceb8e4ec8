"""The sessions of one person: where they are signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import Person


def end_sessions(person: Person) -> int:
    """Sign a person out everywhere, so that no session comes to life again later.

    A session does not say in a column whose it is; those of a whole office are few.
    """
    running = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    theirs = [
        session.pk
        for session in running
        if session.get_decoded().get(SESSION_KEY) == str(person.pk)
    ]
    return Session.objects.filter(pk__in=theirs).delete()[0]
