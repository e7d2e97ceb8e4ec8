"""An account after it was opened: its e-mail address, and whether it may sign in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import tokens
from accounts.actions import account_messages
from accounts.actions.events import record
from accounts.actions.invitations import use_address
from accounts.actions.sessions import end_all
from accounts.choices import EventKind
from accounts.models import EmailChange, Person
from accounts.permissions_accounts import closes, keeps_accounts

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.permissions import Verdict


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise PermissionDenied(str(verdict.reason))


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)


@transaction.atomic
def ask_for_address(person: Person, *, by: Person, email: str, password: str) -> EmailChange:
    """Send a link to a new address of one's own; nothing changes before it is used.

    Raises ``ValidationError`` by field: a wrong password, an address taken or unchanged.
    """
    if by.pk != person.pk:
        raise PermissionDenied(_("Only the person can ask for a new address of their own."))
    person = _locked(person)
    if not person.check_password(password):
        raise ValidationError({"password": _("This is not your password.")})
    _require_new(person, email)
    now, half = timezone.now(), tokens.new_half()
    person.emailchanges.end(now)
    row = EmailChange.objects.create(
        person=person,
        digest=tokens.digest_of(half),
        address=email,
        by=by,
        made_at=now,
        expires_at=now + timedelta(hours=settings.EMAIL_CHANGE_HOURS),
    )
    record(person, EventKind.EMAIL_ASKED, by=by, note=email)
    account_messages.tell_email_asked(row, half)
    return row


def _require_new(person: Person, email: str) -> None:
    if email.lower() == (person.email or "").lower():
        raise ValidationError({"email": _("This is the address on record already.")})
    if Person.objects.exclude(pk=person.pk).filter(email__iexact=email).exists():
        raise ValidationError({"email": _("Another person already has this e-mail address.")})


@transaction.atomic
def confirm_address(token: str) -> Person | None:
    """Use the link that arrived at a new address; None if it opens nothing.

    Raises ``ValidationError`` if somebody else took the address meanwhile.
    """
    now = timezone.now()
    row = EmailChange.objects.of_token(token, now)
    if row is None:
        return None
    person = _locked(row.person)
    if not person.is_active or not EmailChange.objects.claim(row, now):
        return None
    _change(person, row.address, by=person, reason="", now=now)
    return person


@transaction.atomic
def change_address(person: Person, *, by: Person, email: str, reason: str) -> Person:
    """Enter another address for somebody, with a reason; links sent to the old one end."""
    _require(keeps_accounts(by))
    person = _locked(person)
    _require_new(person, email)
    _change(person, email, by=by, reason=reason, now=timezone.now())
    return person


def _change(person: Person, email: str, *, by: Person, reason: str, now: datetime) -> None:
    old = person.email or ""
    use_address(person, email)
    follow_address(person, old=old, by=by, reason=reason, now=now)


def follow_address(person: Person, *, old: str, by: Person, reason: str, now: datetime) -> None:
    """What another address brings, on whichever page or in whichever table it was entered.

    Who enters an address can have a new password sent there: so it never happens unseen.
    Call it inside the transaction that changed the address from ``old``.
    """
    person.invitations.end(now)
    person.emailchanges.end(now)
    said = f"{old or '–'} → {person.email or '–'}"
    record(person, EventKind.EMAIL_CHANGED, by=by, note=f"{said}. {reason}" if reason else said)
    account_messages.tell_email_changed(person, old=old, reason=reason, now=now)


@transaction.atomic
def close(person: Person, *, by: Person, reason: str) -> Person:
    """Let somebody sign in no longer, from this moment on; papers and offices stay."""
    _require(closes(by, person))
    person = _locked(person)
    if not person.is_active:
        return person  # pressed twice
    now = timezone.now()
    person.invitations.end(now)
    person.emailchanges.end(now)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_all(person)
    record(person, EventKind.CLOSED, by=by, note=reason)
    return person


@transaction.atomic
def reopen(person: Person, *, by: Person, reason: str) -> Person:
    """Let somebody sign in again, with the password they had."""
    _require(keeps_accounts(by))
    person = _locked(person)
    if person.is_active:
        return person
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(person, EventKind.OPENED, by=by, note=reason)
    return person
