"""Invite people, by mail or on paper, and let them choose a password once.

The link is made here and shown nowhere but in the mail or on the slip: what the database
keeps of it opens nothing (``accounts.tokens``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import tokens
from accounts.actions import account_messages
from accounts.actions.events import record
from accounts.choices import EventKind, InvitationWay
from accounts.inviting import mark_of
from accounts.models import Invitation, Person
from accounts.permissions_accounts import invites, invites_by_mail, keeps_accounts

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of inviting one person; ``refusal`` says why nothing was sent."""

    person: Person
    invitation: Invitation | None = None
    refusal: str = ""
    link: str = ""  # of a slip, for the page that prints it; kept nowhere


@transaction.atomic
def invite(people: Collection[int], *, by: Person, way: str, seen: str) -> list[Outcome]:
    """Invite each of ``people`` and return what became of each, in the order of names.

    An earlier invitation that was not used is replaced. ``seen`` is the mark of what was
    confirmed: pressed twice, or by two administrators at once, the second is told to look
    again. Raises ``PermissionDenied`` or ``ValidationError``.
    """
    if not (verdict := keeps_accounts(by)):
        raise PermissionDenied(str(verdict.reason))
    rows = Person.objects.filter(pk__in=people)
    list(rows.select_for_update().order_by("pk").values("pk"))  # the same people: in turn
    if mark_of(rows) != seen:
        raise ValidationError(
            _("Something about these invitations has changed meanwhile. Look again, then confirm."),
            code="stale",
        )
    now = timezone.now()
    return [_invite_one(person, by=by, way=way, now=now) for person in rows.in_order()]


def _invite_one(person: Person, *, by: Person, way: str, now: datetime) -> Outcome:
    may = invites_by_mail if way == InvitationWay.MAIL else invites
    if not (verdict := may(by, person)):
        return Outcome(person, refusal=str(verdict.reason))
    row, half = new_invitation(person, by=by, way=way, now=now)
    if way == InvitationWay.SLIP:
        return Outcome(person, row, link=tokens.link_of(half, tokens.INVITATION))
    account_messages.tell_invited(row, half)
    return Outcome(person, row)


def new_invitation(
    person: Person, *, by: Person | None, way: str, now: datetime
) -> tuple[Invitation, str]:
    """Replace whatever was not used; return the row, and the half that makes the link."""
    half = tokens.new_half()
    person.invitations.end(now)
    row = Invitation.objects.create(
        person=person,
        digest=tokens.digest_of(half),
        address=person.email or "",
        way=way,
        by=by,
        made_at=now,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    is_mail = way == InvitationWay.MAIL
    kind = EventKind.INVITED if is_mail else EventKind.SLIP_PRINTED
    record(person, kind, by=by, note=row.address if is_mail else "")
    return row, half


@transaction.atomic
def accept(token: str, *, password: str, email: str = "") -> Person | None:
    """Use an invitation up: the person gets this password, and may sign in with it.

    ``email`` counts for whoever has none. Returns None for a link that opens nothing, or
    that somebody used at the same moment. Raises ``ValidationError`` for an address taken.
    """
    now = timezone.now()
    row = Invitation.objects.of_token(token, now)
    if row is None:
        return None
    person = Person.objects.select_for_update().get(pk=row.person_id)
    if not person.is_active or not Invitation.objects.claim(row, now):
        return None
    person.set_password(password)
    use_address(person, person.email or email)
    record(person, EventKind.ACCEPTED, by=None)
    account_messages.tell_accepted(row, person, now)
    return person


def use_address(person: Person, email: str) -> None:
    """Save a person with this address; a refusal stands at the field ``email``."""
    refusal = ValidationError(
        {"email": _("Another person already has this e-mail address.")}, code=TAKEN
    )
    if Person.objects.exclude(pk=person.pk).filter(email__iexact=email).exists():
        raise refusal
    person.email = email
    person.describe(person.full_name)  # it is searched for by its address, too
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:  # taken at this very moment
        raise refusal from error
