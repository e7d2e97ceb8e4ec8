"""Who keeps the year's programme of work (R23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Verdict, as_head, denied

if TYPE_CHECKING:
    from accounts.models import Person


def keeps_programme(by: Person) -> Verdict:
    """The head of TCKT and the head of the Office, or who stands in for them."""
    today = timezone.localdate()
    offices = by.offices(today)
    reason = _(
        "The programme is kept by the heads of the Organisation and Inspection department "
        "and of the Office."
    )
    if not offices.writes_minutes:
        return denied(reason)
    return as_head(by, offices.headed_id, today, otherwise=reason)
