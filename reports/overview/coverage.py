"""Which units were reached in a window, and who comes next: three queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from accounts.choices import UnitLevel
from accounts.models import Unit, UnitVersion
from fieldvisits.choices import VisitState
from fieldvisits.ledger.at_units import Tree, UnitDays, unit_days
from fieldvisits.ledger.rolled_up import AS_IT_WAS, AS_OF_TODAY, Kept, RolledUp, kept
from fieldvisits.models import Visit
from reports.charts import coverage as chart

if TYPE_CHECKING:
    from reports.figures import Window

SOON = 30  # days
UPCOMING = 14  # rows; a phone shows six
UNCOVERED = 12
MOST_AHEAD = 5000


@dataclass(frozen=True, slots=True)
class UnitLine:
    unit_id: int
    name: str
    days: UnitDays
    next_on: date | None  # the next approved visit


@dataclass(frozen=True, slots=True)
class Coming:
    pk: int
    starts_on: date
    ends_on: date
    session: str
    kind: str
    cadre: str
    unit: str


@dataclass(frozen=True, slots=True)
class Reach:
    lines: list[UnitLine]
    map: chart.Map | None
    centre: chart.Map | None  # the crowded middle, larger
    upcoming: list[Coming]
    upcoming_count: int
    kept: list[Kept]  # days that stay with units that ended
    is_rolled_up: bool

    @property
    def covered(self) -> int:
        return sum(line.days.covered for line in self.lines)

    @property
    def uncovered(self) -> list[UnitLine]:
        """Those nobody is going to either come first."""
        missing = [line for line in self.lines if not line.days.covered]
        return sorted(missing, key=lambda line: (line.next_on is not None, line.name))

    @property
    def uncovered_shown(self) -> list[UnitLine]:
        return self.uncovered[:UNCOVERED]

    @property
    def more_uncovered(self) -> int:
        return max(0, len(self.uncovered) - UNCOVERED)


def reach(window: Window, view: str = AS_IT_WAS) -> Reach:
    """``view``: days as they were, or with who took over the whole (as of the same day)."""
    versions, tree = _versions()
    kept_rows: list[Kept] = []
    if view == AS_OF_TODAY:
        tree = rolled = RolledUp.of(tree, window.reached)
        kept_rows = kept(rolled, window.first, window.last, window.as_of)
    wanted = _responsible(versions, window.reached)
    days = unit_days(
        [Unit(pk=pk) for pk in wanted], window.first, window.last, window.as_of, tree=tree
    )
    ahead = _ahead(window.as_of)
    next_on: dict[int, date] = {}
    for visit in ahead:
        for above in tree.at_and_above(visit.unit_id, visit.starts_on):
            next_on.setdefault(above, visit.starts_on)
    lines = [UnitLine(pk, v.union_name, days[pk], next_on.get(pk)) for pk, v in wanted.items()]
    lines.sort(key=lambda line: line.name)
    spots = _spots(wanted, lines)
    soon = [visit for visit in ahead if (visit.starts_on - window.as_of).days <= SOON]
    return Reach(
        lines,
        chart.draw(spots),
        chart.draw(chart.centre(spots)),
        [_coming(visit, versions) for visit in soon[:UPCOMING]],
        len(soon),
        kept_rows,
        view == AS_OF_TODAY,
    )


def _versions() -> tuple[dict[int, list[UnitVersion]], Tree]:
    """Every unit through time, with its place; the tree is made of the same rows."""
    found: defaultdict[int, list[UnitVersion]] = defaultdict(list)
    for version in UnitVersion.objects.select_related("unit").order_by("starts_on"):
        found[version.unit_id].append(version)
    tree = Tree(
        {pk: [(v.starts_on, v.ends_on, v.parent_id) for v in rows] for pk, rows in found.items()}
    )
    return dict(found), tree


def _responsible(versions: dict[int, list[UnitVersion]], day: date) -> dict[int, UnitVersion]:
    """Districts while there are any, then communes; directly affiliated unions always."""
    current = {
        pk: version for pk, rows in versions.items() for version in rows if version.covers(day)
    }
    levels = {version.level for version in current.values()}
    place = UnitLevel.DISTRICT if UnitLevel.DISTRICT in levels else UnitLevel.COMMUNE
    shown = (place, UnitLevel.AFFILIATED)
    return {pk: version for pk, version in current.items() if version.level in shown}


def _ahead(as_of: date) -> list[Visit]:
    visits = Visit.objects.filter(state=VisitState.APPROVED, starts_on__gt=as_of)
    visits = visits.select_related("cadre").in_order()
    return list(
        visits.only("pk", "unit_id", "starts_on", "ends_on", "session", "kind", "cadre__full_name")[
            :MOST_AHEAD
        ]
    )


def _coming(visit: Visit, versions: dict[int, list[UnitVersion]]) -> Coming:
    rows = versions.get(visit.unit_id, [])
    named = next((v for v in rows if v.covers(visit.starts_on)), rows[-1] if rows else None)
    return Coming(
        visit.pk,
        visit.starts_on,
        visit.ends_on,
        visit.get_session_display(),
        visit.get_kind_display(),
        visit.cadre.full_name,
        named.union_name if named else "",
    )


def _spots(wanted: dict[int, UnitVersion], lines: list[UnitLine]) -> list[chart.Spot]:
    return [
        chart.Spot(
            line.unit_id,
            wanted[line.unit_id].short_name,
            unit.lat,
            unit.lon,
            line.days.half_days,
            line.next_on is not None,
        )
        for line in lines
        if (unit := wanted[line.unit_id].unit).lat is not None and unit.lon is not None
    ]
