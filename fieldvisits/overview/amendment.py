"""What an amendment would change, read before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldvisits import checks
from fieldvisits.models import Holiday, Visit
from fieldvisits.overview.plan import Mark, day_marks
from fieldvisits.overview.visit_changes import Difference, content_now, differences

if TYPE_CHECKING:
    from accounts.models import Unit
    from fieldvisits.actions.amending import Wanted
    from fieldvisits.models import AmendmentWish


@dataclass(frozen=True)
class Amendment:
    rows: list[Difference]
    marks: list[Mark]

    @classmethod
    def of(cls, visit: Visit, wanted: Wanted) -> Amendment:
        """Old beside new, with the marks whoever decides should see; ``visit`` is as stored."""
        was, tried = content_now(visit), Visit(kind=visit.kind, unit=visit.unit)
        for name in ("role", "inspection_body", "inspection_programme"):
            setattr(tried, name, getattr(visit, name))
        for name, value in wanted.changes().items():
            setattr(tried, name, value)
        units = {unit.code: unit for unit in (visit.unit, tried.unit)}
        holidays = Holiday.objects.between(tried.starts_on, tried.ends_on)
        return cls(differences(was, content_now(tried), units), list(day_marks(tried, holidays)))


def open_wish(visit: Visit) -> AmendmentWish | None:
    return visit.wishes.filter(closed_at=None).first()


def units_offered(visit: Visit) -> list[Unit]:
    """The unit itself; where it ends within the quarter, the units that take it over."""
    quarter = visit.plan.quarter if visit.plan else visit.quarter
    if visit.unit.exists_on(max(visit.ends_on, quarter.last_day)):
        return [visit.unit]
    day = visit.ends_on if not visit.unit.exists_on(visit.ends_on) else quarter.last_day
    return [visit.unit, *checks.successors(visit.unit, day, day)]
