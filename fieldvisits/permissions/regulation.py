"""Who may change the regulation, and know who has read it (R16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import Person


def changes_regulation(by: Person) -> Verdict:
    if by.offices(timezone.localdate()).is_administrator:
        return ALLOWED
    return denied(_("Only the administrator enters the regulation and its settings."))


def sees_readers(by: Person) -> Verdict:
    """The administrator, TCKT and the committee; heads see their own department."""
    offices = by.offices(timezone.localdate())
    if offices.is_administrator or offices.sees_all_departments or offices.headed_id:
        return ALLOWED
    return denied(_("Who has read the regulation is seen by those who lead."))
