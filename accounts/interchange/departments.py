"""Departments and their dated names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.choices import COMMITTEE_CODE, Body, DepartmentKind
from accounts.interchange.tables import Column, Row, Table
from accounts.interchange.upserts import Wanted, refuse_backwards, refuse_repeated
from accounts.interchange.values import CODE, DAY, FLAG, choice, line
from accounts.interchange.versions import by_code, check_versions, write_owners, write_versions
from accounts.models import Department, DepartmentVersion

if TYPE_CHECKING:
    from accounts.interchange.run import Run

_BODIES = {COMMITTEE_CODE, *(body.value for body in Body)}


def _take_departments(run: Run, rows: Iterable[Row]) -> None:
    grouped = by_code(rows)
    fixed = ("kind", "is_coordinating")
    check_versions(run, "departments", grouped, fixed)
    for code, versions in grouped.items():
        if code in _BODIES or code.startswith("unit:"):
            reason = _("“%(code)s” is the name of a body, not of a department.")
            run.problem("departments", versions[0].number, "code", reason % {"code": code})
    wanted = [
        Wanted(
            row,
            f"{row['code']} {row['valid_from']}",
            {"department": row["code"], "starts_on": row["valid_from"]},
            {"name": row["name"], "short_name": row["short_name"], "ends_on": row.get("valid_to")},
        )
        for versions in grouped.values()
        for row in versions
    ]
    refuse_repeated(run, "departments", "valid_from", wanted)
    for item in wanted:
        refuse_backwards(run, "departments", item.row, "valid_from", "valid_to")
    if run.failed:
        return
    owners, differing = write_owners(run, Department, grouped, fixed)
    for item in wanted:
        item.identity["department"] = owners[item.row["code"]]
    existing = DepartmentVersion.objects.filter(department__in=owners.values())
    versions_now = list(existing.select_related("department"))
    write_versions(run, "departments", wanted, versions_now, "department", differing)


def _give_departments() -> Iterator[tuple[Any, ...]]:
    rows = DepartmentVersion.objects.select_related("department")
    for row in sorted(rows, key=lambda row: (row.department.code, row.starts_on)):
        department = row.department
        yield (
            department.code, row.name, row.short_name, department.kind,
            department.is_coordinating, row.starts_on, row.ends_on,
        )  # fmt: skip


DEPARTMENTS = Table(
    "departments",
    (
        Column("code", CODE),
        Column("name", line(200)),
        Column("short_name", line(60)),
        Column("kind", choice(DepartmentKind)),
        Column("is_coordinating", FLAG),
        Column("valid_from", DAY),
        Column("valid_to", DAY, optional=True),
    ),
    _take_departments,
    _give_departments,
    code="code",
)
