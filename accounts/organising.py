"""Who keeps the organisation on record, and who reads who decides what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import Person


def organises(by: Person) -> Verdict:
    if by.offices(timezone.localdate()).is_administrator:
        return ALLOWED
    return denied(_("Only the administrator keeps people, offices and departments on record."))


def require_organising(by: Person) -> None:
    if not (verdict := organises(by)):
        raise PermissionDenied(str(verdict.reason))


def reads_who_decides(by: Person) -> Verdict:
    """The administrator, and those who lead: committee, heads, deputies, who stands in."""
    offices = by.offices(timezone.localdate())
    leads = offices.is_on_committee or offices.leads_department or offices.stands_in_as_head
    if leads or offices.is_administrator:
        return ALLOWED
    return denied(_("This is read by the administrator and by those who lead."))
