"""The second factor: taken away from somebody who lost it, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.events import record
from accounts.actions.messages import notify
from accounts.actions.sessions import end_all
from accounts.choices import EventKind
from accounts.links import address
from accounts.models import Person
from accounts.sign_in.second_factor import factors_of, may_remove_of

if TYPE_CHECKING:
    from accounts.models import AccountEvent

FEW = 3  # recovery codes: so many left, and their owner is told to make new ones


@transaction.atomic
def remove_second_factor(person: Person, *, by: Person | None, reason: str) -> AccountEvent:
    """Let ``person`` sign in by password alone again, after whatever they had was lost.

    Everything goes: app, passkeys, recovery codes, and every session, since the lost thing
    may be in somebody's hands. ``by`` is None from the command line. Raises
    ``ValidationError`` without a reason, or where there is nothing to remove.
    """
    if by is not None and not (verdict := may_remove_of(by, person)):
        raise PermissionDenied(str(verdict.reason))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    Person.objects.select_for_update().get(pk=person.pk)  # two administrators at once
    removed, _each = factors_of(person).delete()
    if not removed:
        raise ValidationError(_("There is no second factor on this account."))
    end_all(person)
    event = record(person, EventKind.FACTOR_REMOVED, by=by, note=reason)
    notify(
        person,
        kind="account",
        subject=gettext_lazy("Your second factor was removed; sign in and set up a new one"),
        body=gettext_lazy("Reason: %(reason)s"),
        values={"reason": event.note},
        key=f"second-factor-removed:{event.pk}",
        url=address("mfa_index"),
    )
    return event


@transaction.atomic
def used_recovery_code(person: Person, *, left: int) -> None:
    """Put on record that a recovery code opened the account, and tell its owner."""
    record(person, EventKind.CODE_USED, by=None)
    few = gettext_lazy("%(n)d recovery codes are left; make new ones now.")
    notify(
        person,
        kind="account",
        subject=gettext_lazy("Somebody signed in to your account with a recovery code"),
        body=few
        if left <= FEW
        else gettext_lazy(
            "%(n)d are left. If it was not you, change your password and tell the administrator."
        ),
        values={"n": left},
        key=f"recovery-code:{uuid4().hex}",
        url=address("mfa_index"),
    )
