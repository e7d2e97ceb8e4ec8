"""Emulation clusters as their pages show them: coverage side by side, and their units (R22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.clustering import clusters_on, members_on
from accounts.models import ClusterMembership, EmulationCluster, Unit
from accounts.text import search_text
from fieldvisits.ledger.at_units import GroupDays, UnitDays, by_group, unit_days
from fieldvisits.models import Regulation
from fieldvisits.overview.names import UnitNames

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True)
class Year:
    """A year as of a day: its last one, or today while it runs."""

    number: int
    first: date
    last: date
    day: date

    @classmethod
    def of(cls, number: int, today: date) -> Year:
        first, last = Regulation.objects.for_year(number).window(number)
        return cls(number, first, last, max(first, min(last, today)))

    def counts(self, unit_ids: Iterable[int]) -> dict[int, UnitDays]:
        """What was carried out at these units in the year: two queries."""
        units = [Unit(pk=pk) for pk in unit_ids]
        return unit_days(units, self.first, self.last, self.day)


@dataclass(frozen=True)
class ClusterRow:
    cluster: EmulationCluster
    days: GroupDays

    @property
    def percent(self) -> int | None:
        """Rounded down: 100 only when every unit was reached."""
        units = self.days.units
        return 100 * self.days.covered // units if units else None


@dataclass(frozen=True)
class MemberRow:
    membership: ClusterMembership
    unit: str
    days: UnitDays


@dataclass(frozen=True)
class ClusterPage:
    cluster: EmulationCluster
    row: ClusterRow
    members: list[MemberRow]  # on the day of the page
    others: list[tuple[ClusterMembership, str]]  # before it, or after


def cluster_rows(year: Year) -> list[ClusterRow]:
    """The clusters of the day beside each other."""
    members = members_on(year.day)
    return compared(year.counts(members), members, year.day)


def compared(counts: dict[int, UnitDays], members: dict[int, int], day: date) -> list[ClusterRow]:
    """The clusters of ``day`` with numbers that have been counted; one query."""
    found = by_group(counts, members)
    return [ClusterRow(row, found.get(row.pk, GroupDays())) for row in clusters_on(day)]


def cluster_page(cluster: EmulationCluster, year: Year) -> ClusterPage:
    rows = list(cluster.memberships.all())
    names = UnitNames.of([row.unit_id for row in rows])
    here = [row for row in rows if row.covers(year.day)]
    counts = year.counts(row.unit_id for row in here)
    groups = {row.unit_id: cluster.pk for row in here}
    days = by_group(counts, groups).get(cluster.pk, GroupDays())
    members = [
        MemberRow(row, names.full(row.unit_id, year.day), counts[row.unit_id]) for row in here
    ]
    others = [(row, names.full(row.unit_id, row.starts_on)) for row in rows if row not in here]
    return ClusterPage(
        cluster=cluster,
        row=ClusterRow(cluster, days),
        members=sorted(members, key=lambda row: search_text(row.unit)),
        others=sorted(others, key=lambda pair: (pair[0].starts_on, pair[1])),
    )
