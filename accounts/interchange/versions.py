"""Rows with dated versions: the rows of one code are together its versions.

An import replaces the versions of a code by the rows given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.interchange.run import Change
from accounts.interchange.upserts import Wanted, count, upsert
from accounts.interchange.values import quoted
from accounts.models import Department, DepartmentVersion, Unit, UnitVersion

if TYPE_CHECKING:
    from accounts.interchange.run import Run
    from accounts.interchange.tables import Row


def by_code(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["code"]].append(row)
    return grouped


def _refuse_disagreement(run: Run, table: str, versions: list[Row], columns: Iterable[str]) -> None:
    """What does not change with a version has to be the same in all rows of a code."""
    for column in columns:
        first = next((row for row in versions if row.get(column) is not None), None)
        for row in versions:
            if first and row.get(column) not in (None, first[column]):
                reason = _("Row %(row)d says something else of %(code)s.")
                reason %= {"row": first.number, "code": quoted(row["code"])}
                run.problem(table, row.number, column, reason)


def _refuse_overlap(run: Run, table: str, versions: list[Row]) -> None:
    """Two versions of one code may not be in force on the same day."""
    ordered = sorted(versions, key=lambda row: row.get("valid_from") or date.min)
    for earlier, later in pairwise(ordered):
        begins, ends = later.get("valid_from") or date.min, earlier.get("valid_to")
        same_key = begins == (earlier.get("valid_from") or date.min)
        if not same_key and (ends is None or ends >= begins):
            reason = _("In force at the same time as row %(row)d of %(code)s.")
            reason %= {"row": earlier.number, "code": quoted(later["code"])}
            run.problem(table, later.number, "valid_from", reason)


def check_versions(
    run: Run, table: str, grouped: dict[str, list[Row]], fixed: Iterable[str]
) -> None:
    for versions in grouped.values():
        _refuse_disagreement(run, table, versions, fixed)
        _refuse_overlap(run, table, versions)


def _fixed_values(versions: list[Row], columns: Iterable[str]) -> dict[str, Any]:
    """The one value of each column that the file has at all."""
    return {
        column: next((row[column] for row in versions if row[column] is not None), None)
        for column in columns
        if versions[0].has(column)
    }


def write_owners(
    run: Run, model: type[Department | Unit], grouped: dict[str, list[Row]], columns: Iterable[str]
) -> tuple[dict[str, Any], dict[str, Wanted]]:
    """Make or change the rows that versions belong to; return them, and what was wanted."""
    owners = [
        Wanted(versions[0], code, {"code": code}, _fixed_values(versions, columns))
        for code, versions in grouped.items()
    ]
    upsert(run, model, owners, {(owner.code,): owner for owner in model.objects.all()})
    return {item.label: item.object for item in owners}, {item.label: item for item in owners}


def write_versions(
    run: Run,
    table: str,
    wanted: list[Wanted],
    existing: list[Any],
    owner: str,
    owners: dict[str, Wanted],
    **how: Any,
) -> None:
    """Make the versions of these codes the ones wanted, and no others."""
    keys = {item.key for item in wanted}
    by_key = {(getattr(version, owner), version.starts_on): version for version in existing}
    left_over = [version for key, version in by_key.items() if key not in keys]
    for version in left_over:
        run.journal.removed(version)
        run.tallies[table].show(Change("removed", 0, str(version)))
        version.delete()
        run.tallies[table].removed += 1
        run.tallies[table].name(_("removed: %(row)s") % {"row": version})
    model = DepartmentVersion if owner == "department" else UnitVersion
    upsert(run, model, wanted, by_key, **how)  # type: ignore[arg-type]  # keys are tuples
    for item in wanted:
        if item.differing is not None:
            of_owner = owners[item.row["code"]]
            item.differing += of_owner.differing or []
            item.was |= of_owner.was
    count(run, table, wanted)
