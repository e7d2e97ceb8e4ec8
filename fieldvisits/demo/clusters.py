"""Six emulation clusters in the demonstration: five by place, one of affiliated unions (R22)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from accounts.actions import clusters
from accounts.choices import UnitLevel
from accounts.clustering import may_join
from accounts.models import EmulationCluster
from fieldvisits.demo.people import code_of

if TYPE_CHECKING:
    from accounts.models import Unit
    from fieldvisits.demo.season import Season

PLACES = ("phía Tây", "Tây Nam", "trung tâm", "phía Bắc", "phía Đông")
AFFILIATED = "Cụm thi đua các đơn vị trực thuộc"


def play(season: Season) -> None:
    """From the first day of the year, or the first one of the units that exist today."""
    versions = list(
        may_join(season.today).select_related("unit").prefetch_related("unit__versions")
    )
    affiliated = [row.unit for row in versions if row.level == UnitLevel.AFFILIATED]
    by_place = sorted(
        (row.unit for row in versions if row.level != UnitLevel.AFFILIATED and row.unit.lon),
        key=lambda unit: unit.lon or 0,
    )
    begin = date(season.today.year, 1, 1)
    starts = [row.starts_on for row in versions if row.starts_on and row.unit in by_place]
    first = max([begin, *starts])
    share = -(-len(by_place) // len(PLACES))
    for number, place in enumerate(PLACES):
        units = by_place[number * share : (number + 1) * share]
        _cluster(season, f"Cụm thi đua số {number + 1} ({place})", first, units)
    _cluster(season, AFFILIATED, begin, affiliated)


def _cluster(season: Season, name: str, first: date, units: list[Unit]) -> None:
    by = season.people[code_of("quantri")]
    cluster = clusters.save(EmulationCluster(name=name, starts_on=first), by=by)
    clusters.join(cluster, units=units, starts_on=first, by=by)
