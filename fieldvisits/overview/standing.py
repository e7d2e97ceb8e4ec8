"""What a year will hold once this quarter's plan is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fieldvisits.choices import VisitState
from fieldvisits.ledger.totals import Totals, totals
from fieldvisits.models import LedgerEntry, Regulation

if TYPE_CHECKING:
    from datetime import date

    from fieldvisits.models import Plan


@dataclass(frozen=True)
class Standing:
    """Half-days of the plan's year; ``registered`` are those of the plan not yet decided."""

    year: int
    target: int
    sums: Totals
    registered: int

    @property
    def expected(self) -> int:
        """Counted, provisional, done but not accepted, approved, and registered here."""
        undecided = self.sums.carried_out - self.sums.accepted - self.sums.provisional
        waiting = undecided + self.sums.unreported
        return self.sums.forecast + waiting + self.registered

    @property
    def missing(self) -> int:
        return max(0, self.target - self.expected)

    @property
    def figures(self) -> dict[str, Any]:
        """For the bar: solid, provisional, registered or ahead."""
        return {
            "done": self.sums.accepted,
            "provisional": self.expected - self.sums.accepted - self.sums.ahead - self.registered,
            "ahead": self.sums.ahead + self.registered,
            "target": self.target,
            "ahead_kind": "plan",
        }


def standing(plan: Plan, today: date) -> Standing:
    """Read the year's totals of the plan's cadre and what the plan adds: four queries."""
    regulation = Regulation.objects.for_year(plan.year)
    first, last = regulation.window(plan.year)
    sums = Totals()
    for part in totals(first, last, today, cadre_ids=[plan.cadre_id]).values():
        sums.add(part)
    registered = LedgerEntry.objects.filter(
        visit__plan=plan,
        state=VisitState.PROPOSED,
        live=True,
        shared=False,
        date__range=(first, last),
    ).count()
    return Standing(plan.year, 2 * regulation.target_days, sums, registered)
