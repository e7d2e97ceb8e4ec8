"""Put on record what was done to an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import AccountEvent

if TYPE_CHECKING:
    from accounts.choices import EventKind
    from accounts.models import Person


def record(person: Person, kind: EventKind, *, by: Person | None, note: str = "") -> AccountEvent:
    """Write one line of what happened to ``person``'s account.

    Call it inside the transaction of what it records. ``by`` is None where nobody was
    signed in: a link in a mail, a sign-in.
    """
    return AccountEvent.objects.create(
        person=person, kind=kind, by=by, note=" ".join(note.split())[:300]
    )
