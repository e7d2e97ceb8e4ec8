"""What the host unit of the demonstration finds: a visit to receive, a question to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldvisits.actions import confirmations
from fieldvisits.choices import Confirmation, VisitState
from fieldvisits.demo.clock import standing_at
from fieldvisits.demo.people import HOST, code_of
from fieldvisits.models import Visit

if TYPE_CHECKING:
    from fieldvisits.demo.season import Season

ASKED = 2


def play(season: Season) -> None:
    """UBKT asks the unit with a sign-in about its latest visits, today."""
    inspector = season.people[code_of("ubkt")]
    past = Visit.objects.filter(unit__code=HOST, ends_on__lt=season.today)
    unasked = past.filter(
        state__in=(VisitState.REPORTED, VisitState.ACCEPTED), confirmation=Confirmation.NONE
    ).exclude(cadre=inspector)
    with standing_at(season.today, 8):
        for visit in unasked.order_by("-starts_on", "pk")[:ASKED]:
            confirmations.ask(visit, by=inspector)
