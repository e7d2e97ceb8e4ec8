"""Who takes tables in and gives everything out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import Person


def imports_tables(by: Person) -> Verdict:
    if by.offices(timezone.localdate()).is_administrator:
        return ALLOWED
    return denied(_("Only the administrator takes tables in and gives them out."))
