"""Units nobody has been to: marks on the board, and its list of units without a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, Max, OuterRef, Q, Subquery

from accounts.choices import UnitLevel
from accounts.models import UnitVersion
from fieldvisits.models import Visit
from fieldvisits.models.visit import PUBLIC_STATES
from fieldvisits.overview.names import UnitNames

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from fieldvisits.calendar import Quarter

# Without a visit for this long before the quarter a unit is marked on the board. It only
# draws attention; no rule hangs on it.
LONG = timedelta(days=180)
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Uncovered:
    unit_id: int
    name: str
    last_on: date | None


@dataclass(frozen=True)
class Coverage:
    names: UnitNames
    recent: frozenset[int]  # visited in the time before the quarter
    missing: list[Uncovered]  # no visit in the quarter, longest unvisited first


def coverage(quarter: Quarter, on_board: Collection[int]) -> Coverage:
    """Read the units of the quarter with their names and last visits: one query."""
    public = Visit.objects.filter(unit=OuterRef("unit"), state__in=PUBLIC_STATES)
    before = public.filter(ends_on__lt=quarter.first_day).values("unit")
    rows = list(
        UnitVersion.objects.touching(quarter.first_day, quarter.last_day)
        .filter(Q(unit__in=set(on_board)) | Q(level__in=_LEVELS))
        .annotate(
            last_on=Subquery(before.annotate(last=Max("ends_on")).values("last")),
            coming=Exists(public.touching(quarter.first_day, quarter.last_day)),
        )
    )
    return Coverage(
        names=UnitNames.from_rows(rows),
        recent=frozenset(
            row.unit_id for row in rows if row.last_on and row.last_on >= quarter.first_day - LONG
        ),
        missing=_missing(rows, set(on_board)),
    )


_LEVELS = (UnitLevel.DISTRICT, UnitLevel.AFFILIATED, UnitLevel.COMMUNE)


def _missing(rows: Sequence[UnitVersion], on_board: set[int]) -> list[Uncovered]:
    """Units standing directly under the city without a visit, nor one to a unit of theirs."""
    met = {row.unit_id for row in rows if row.coming or row.unit_id in on_board}  # type: ignore[attr-defined]  # annotated
    met |= {row.parent_id for row in rows if row.unit_id in met and row.parent_id}
    has_districts = any(row.level == UnitLevel.DISTRICT for row in rows)
    found = {
        row.unit_id: Uncovered(row.unit_id, row.union_name, row.last_on)  # type: ignore[attr-defined]  # annotated
        for row in rows
        if row.unit_id not in met
        and row.level in _LEVELS
        and not (has_districts and row.level == UnitLevel.COMMUNE)
    }
    return sorted(
        found.values(), key=lambda unit: (unit.last_on is not None, unit.last_on, unit.name)
    )
