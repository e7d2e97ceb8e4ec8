"""How much of a department's quarter no plan foresaw (R8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldvisits.ledger.totals import totals
from fieldvisits.models import LedgerEntry

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Department
    from fieldvisits.calendar import Quarter


@dataclass(frozen=True, slots=True)
class AdHocShare:
    """Half-days carried out by the end of a day, and those of them of ad-hoc visits."""

    ad_hoc: int
    carried_out: int

    @property
    def percent(self) -> float | None:
        return 100 * self.ad_hoc / self.carried_out if self.carried_out else None

    @classmethod
    def of(cls, department: Department | None, quarter: Quarter, today: date) -> AdHocShare:
        """Of days dated while the cadre belonged there; None: the committee's own.

        Three queries.
        """
        first, last = quarter.first_day, quarter.last_day
        wanted = department.pk if department else None
        days = LedgerEntry.objects.filter(department=wanted, date__range=(first, last)).order_by()
        if department is None:
            days = days.filter(on_committee=True)
        cadres = set(days.values_list("cadre", flat=True).distinct())
        found = [
            part
            for (_cadre, bench), part in totals(
                first, last, min(today, last), cadre_ids=cadres
            ).items()
            if bench.department_id == wanted and (wanted or bench.on_committee)
        ]
        return cls(
            ad_hoc=sum(part.ad_hoc for part in found),
            carried_out=sum(part.carried_out for part in found),
        )
