"""Who may look after the system and the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import Person


def administers(by: Person) -> Verdict:
    """Organisation, accounts, settings and what is sent: the administrator's alone."""
    if by.offices(timezone.localdate()).is_administrator:
        return ALLOWED
    return denied(_("Only the administrator looks after this."))


def require_administrator(by: Person) -> None:
    if not (verdict := administers(by)):
        raise PermissionDenied(str(verdict.reason))
