"""Who may invite people, change their e-mail, close and open their accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import Person


def keeps_accounts(by: Person) -> Verdict:
    """The administrator, and nobody else."""
    if by.is_active and by.offices(timezone.localdate()).is_administrator:
        return ALLOWED
    return denied(_("Only the administrator keeps the accounts."))


def invites(by: Person, person: Person) -> Verdict:
    """Somebody whose account is closed is not invited: open it first."""
    if not (verdict := keeps_accounts(by)):
        return verdict
    if not person.is_active:
        return denied(_("This account is closed. Open it first, then invite."))
    return ALLOWED


def invites_by_mail(by: Person, person: Person) -> Verdict:
    if not (verdict := invites(by, person)):
        return verdict
    if not person.email:
        return denied(_("No e-mail is on record. Print a slip, or enter an address first."))
    return ALLOWED


def closes(by: Person, person: Person) -> Verdict:
    """Nobody closes their own account: so there is always an administrator who can open one."""
    if not (verdict := keeps_accounts(by)):
        return verdict
    if by.pk == person.pk:
        return denied(_("Nobody closes their own account; another administrator can."))
    return ALLOWED
