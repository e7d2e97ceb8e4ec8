"""The units of Hà Nội as the tables beside this code have them, taken over at one press."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from accounts.choices import UnitLevel
from accounts.interchange.importing import Outcome, import_tables
from accounts.interchange.units import UNITS
from accounts.models import Unit, UnitVersion
from accounts.permissions_administration import require_administrator
from accounts.text import search_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accounts.models import Person

FILE = Path(__file__).parents[1] / "data" / "hanoi_units.csv"
KIND = "Đoàn trực thuộc"
PREFIX = "TT"  # of the codes of directly affiliated unions


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def rows_on(day: date) -> list[dict[str, str]]:
    """The units of the table that exist on ``day``: since 1/7/2025 communes and wards."""
    text = day.isoformat()
    return [
        row for row in _rows() if (row["valid_from"] or "0") <= text <= (row["valid_to"] or "9")
    ]


def missing_on(day: date) -> int:
    """How many of them are not on record yet."""
    known = set(Unit.objects.values_list("code", flat=True))
    return sum(row["code"] not in known for row in rows_on(day))


def take_over(*, by: Person, day: date, with_table: bool, affiliated: Sequence[str]) -> Outcome:
    """Take over the table of ``day`` and unions named; those on record already stay.

    Raises ``Refused`` like every import.
    """
    require_administrator(by)
    rows = rows_on(day) if with_table else []
    rows += _affiliated(affiliated)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "units.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, UNITS.headings, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return import_tables(Path(folder))


def _affiliated(names: Sequence[str]) -> list[dict[str, str]]:
    known = {search_text(name) for name in UnitVersion.objects.values_list("name", flat=True)}
    used = set(Unit.objects.filter(code__startswith=PREFIX).values_list("code", flat=True))
    found = []
    number = 0
    for name in names:
        if search_text(name) in known:
            continue
        known.add(search_text(name))
        number += 1
        while (code := f"{PREFIX}{number:02d}") in used:
            number += 1
        short = name.removeprefix("Đoàn ")
        row = {"code": code, "level": UnitLevel.AFFILIATED.value, "kind": KIND, "name": name}
        found.append(row | {"short_name": short[:100]})
    return found
