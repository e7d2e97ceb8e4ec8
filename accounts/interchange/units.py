"""Host units with their dated names, levels and parents, and which took over which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.choices import Share, UnitLevel
from accounts.interchange.tables import Column, Row, Table
from accounts.interchange.upserts import (
    Wanted,
    count,
    refuse_backwards,
    refuse_repeated,
    upsert,
)
from accounts.interchange.values import CODE, DAY, choice, degrees, line, quoted
from accounts.interchange.versions import by_code, check_versions, write_owners, write_versions
from accounts.models import Unit, UnitSuccession, UnitVersion

if TYPE_CHECKING:
    from accounts.interchange.run import Run


def _take_units(run: Run, rows: Iterable[Row]) -> None:
    grouped = by_code(rows)
    fixed = ("lat", "lon")
    check_versions(run, "units", grouped, fixed)
    wanted = []
    for row in (row for versions in grouped.values() for row in versions):
        refuse_backwards(run, "units", row, "valid_from", "valid_to")
        names = {name: row[name] for name in ("level", "kind", "name", "short_name")}
        ends = {"ends_on": row.get("valid_to")}
        identity = {"unit": row["code"], "starts_on": row.get("valid_from")}
        label = f"{row['code']} {row.get('valid_from') or ''}".strip()
        wanted.append(Wanted(row, label, identity, names | ends))
        if row.get("parent_code"):
            run.refer("units", row, "parent_code", "units")
    refuse_repeated(run, "units", "valid_from", wanted)
    if run.failed:
        return
    owners, differing = write_owners(run, Unit, grouped, fixed)
    _write_unit_versions(run, wanted, owners, differing)
    _refuse_circles(run, wanted)


def _write_unit_versions(
    run: Run, wanted: list[Wanted], owners: dict[str, Unit], differing: dict[str, Wanted]
) -> None:
    everywhere = {unit.code: unit for unit in Unit.objects.all()}
    for item in wanted:
        item.identity["unit"] = owners[item.row["code"]]
        parent = item.row.get("parent_code")
        item.values["parent"] = everywhere[parent] if parent else None
    ids = {owner.pk for owner in owners.values()}
    existing = [
        version
        for version in UnitVersion.objects.select_related("unit", "parent")
        if version.unit_id in ids
    ]
    write_versions(
        run, "units", wanted, existing, "unit", differing,
        finish=lambda version: version.index(version.unit.code), derived=("search_text",),
    )  # fmt: skip


def _refuse_circles(run: Run, wanted: list[Wanted]) -> None:
    """No unit may stand above itself on any day."""
    versions: defaultdict[int, list[UnitVersion]] = defaultdict(list)
    for version in UnitVersion.objects.all():
        versions[version.unit_id].append(version)
    for item in wanted:
        day = item.object.starts_on or date.min
        seen, above = {item.object.unit_id}, item.object.parent_id
        while above is not None:
            if above in seen:
                reason = _("The units above %(code)s lead back to it.")
                reason %= {"code": quoted(item.row["code"])}
                run.problem("units", item.row.number, "parent_code", reason)
                break
            seen.add(above)
            in_force = (v.parent_id for v in versions[above] if v.covers(day))
            above = next(in_force, None)


def _give_units() -> Iterator[tuple[Any, ...]]:
    rows = UnitVersion.objects.select_related("unit", "parent")
    for row in sorted(rows, key=lambda row: (row.unit.code, row.starts_on or date.min)):
        parent = row.parent.code if row.parent else None
        yield (
            row.unit.code, row.level, row.kind, row.name, row.short_name, parent,
            row.unit.lat, row.unit.lon, row.starts_on, row.ends_on,
        )  # fmt: skip


UNITS = Table(
    "units",
    (
        Column("code", CODE),
        Column("level", choice(UnitLevel)),
        Column("kind", line(60)),
        Column("name", line(200)),
        Column("short_name", line(100)),
        Column("parent_code", CODE, optional=True),
        Column("lat", degrees(90), optional=True),
        Column("lon", degrees(180), optional=True),
        Column("valid_from", DAY, optional=True),
        Column("valid_to", DAY, optional=True),
    ),
    _take_units,
    _give_units,
    code="code",
)


# --- unit_succession -----------------------------------------------------------------


def _take_succession(run: Run, rows: Iterable[Row]) -> None:
    wanted = []
    for row in rows:
        old = run.refer("unit_succession", row, "old_code", "units")
        new = run.refer("unit_succession", row, "new_code", "units")
        if row["old_code"] == row["new_code"]:
            reason = _("A unit cannot take over itself.")
            run.problem("unit_succession", row.number, "new_code", reason)
        label = f"{row['old_code']} → {row['new_code']}"
        values = {"share": row["share"], "on": row["on"]}
        if old and new:
            wanted.append(Wanted(row, label, {"old_id": old, "new_id": new}, values))
    refuse_repeated(run, "unit_succession", "new_code", wanted)
    if run.failed:
        return
    existing = {(row.old_id, row.new_id): row for row in UnitSuccession.objects.all()}
    upsert(run, UnitSuccession, wanted, existing)  # type: ignore[arg-type]  # keys are tuples
    count(run, "unit_succession", wanted)


def _give_succession() -> Iterator[tuple[Any, ...]]:
    rows = UnitSuccession.objects.order_by().values_list("old__code", "new__code", "share", "on")
    yield from sorted(rows)


UNIT_SUCCESSION = Table(
    "unit_succession",
    (
        Column("old_code", CODE),
        Column("new_code", CODE),
        Column("share", choice(Share)),
        Column("on", DAY),
    ),
    _take_succession,
    _give_succession,
)
