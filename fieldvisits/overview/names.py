"""Names of units and departments on a day, for pages with many rows: one query each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import DepartmentVersion, UnitVersion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from accounts.models import Department


@dataclass(frozen=True)
class UnitNames:
    versions: dict[int, list[UnitVersion]]

    @classmethod
    def of(cls, unit_ids: Collection[int] | None) -> UnitNames:
        """Read the names of these units; of all there are if None."""
        rows = UnitVersion.objects.order_by()
        return cls.from_rows(rows if unit_ids is None else rows.filter(unit__in=set(unit_ids)))

    @classmethod
    def from_rows(cls, rows: Iterable[UnitVersion]) -> UnitNames:
        found: defaultdict[int, list[UnitVersion]] = defaultdict(list)
        for row in rows:
            found[row.unit_id].append(row)
        for versions in found.values():
            versions.sort(key=lambda row: (row.starts_on is not None, row.starts_on))
        return cls(dict(found))

    def version(self, unit_id: int, day: date) -> UnitVersion | None:
        """The version in force on ``day``, else the nearest one before or after it."""
        versions = self.versions.get(unit_id, [])
        past = [row for row in versions if row.starts_on is None or row.starts_on <= day]
        return past[-1] if past else versions[0] if versions else None

    def touching(self, first: date, last: date) -> list[tuple[int, str]]:
        """(unit, name) of those that exist on some day of a period, by name."""
        found = {
            unit_id: row
            for unit_id, rows in self.versions.items()
            for row in rows
            if (row.starts_on is None or row.starts_on <= last)
            and (row.ends_on is None or row.ends_on >= first)
        }
        by_name = sorted(found.items(), key=lambda pair: pair[1].search_text)
        return [(unit_id, row.union_name) for unit_id, row in by_name]

    def full(self, unit_id: int, day: date) -> str:
        version = self.version(unit_id, day)
        return version.union_name if version else "?"

    def short(self, unit_id: int, day: date) -> str:
        version = self.version(unit_id, day)
        return version.short_name if version else "?"


@dataclass(frozen=True)
class DepartmentNames:
    """All departments there have ever been; empty stands for the Standing Committee."""

    versions: dict[int, list[DepartmentVersion]]

    @classmethod
    def read(cls) -> DepartmentNames:
        found: defaultdict[int, list[DepartmentVersion]] = defaultdict(list)
        rows = DepartmentVersion.objects.select_related("department")
        for row in rows.order_by("department__code", "starts_on"):
            found[row.department_id].append(row)
        return cls(dict(found))

    def full(self, department_id: int | None, day: date) -> str:
        if department_id is None:
            return _("Standing Committee")
        versions = self.versions.get(department_id, [])
        past = [row for row in versions if row.starts_on <= day]
        chosen = past[-1] if past else versions[0] if versions else None
        return chosen.name if chosen else "?"

    def existing_on(self, day: date) -> list[Department]:
        return [
            rows[0].department
            for rows in self.versions.values()
            if any(row.covers(day) for row in rows)
        ]

    def by_code(self, code: str) -> Department | None:
        """The department with its names at hand: asking it for one reads nothing more."""
        for rows in self.versions.values():
            department = rows[0].department
            if department.code == code:
                department._prefetched_objects_cache = {"versions": rows}  # type: ignore[attr-defined]  # noqa: SLF001 -- what prefetch_related fills
                return department
        return None
