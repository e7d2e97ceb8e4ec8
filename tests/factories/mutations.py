"""Small valid tables, spoilt in one way or several: the same seed, the same file."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.factories.imports import as_csv, as_workbook, as_zip
from tests.factories.tables import agency, headings
from tests.factories.uploads import archive

HOSTILE = [
    "", " ", "\u00a0", "a\0b", "\x1b[31m", "x" * 5000, "=1+1", "#REF!", "-1", "1e400", "nan", "٣٤",
    "31/02/2018", "0000-01-01", "31/12/9999", "99999", "1/1/1900", "2018-05-22T25:00", "unit:",
    "unit:X", "<script>", "'; DROP TABLE", "%s", "{}", "\u202e", "\u2028", "null", "P1", "TCKT",
    "standing_committee", "2018-W99", "Trưởng ban", "CÓ", "Đỗ", "a,b;c\td", '"', "\r\n", "0", "1",
]  # fmt: skip
type_of_tables = dict[str, list[dict[str, Any]]]


def _cell(some: random.Random, tables: type_of_tables) -> None:
    rows = tables[some.choice(list(tables))]
    if rows:
        row = some.choice(rows)
        row[some.choice(list(row))] = some.choice(HOSTILE)


def _swapped(some: random.Random, tables: type_of_tables) -> None:
    """A value from elsewhere: of another table, or of another column."""
    cells = [(row, name) for rows in tables.values() for row in rows for name in row]
    if cells:
        (one, here), (other, there) = some.choice(cells), some.choice(cells)
        one[here] = other[there]


def _repeated(some: random.Random, tables: type_of_tables) -> None:
    rows = tables[some.choice(list(tables))]
    if rows:
        rows.insert(some.randrange(len(rows) + 1), dict(some.choice(rows)))


def _left_out(some: random.Random, tables: type_of_tables) -> None:
    name = some.choice(list(tables))
    if tables[name] and some.random() < 0.7:
        tables[name].pop(some.randrange(len(tables[name])))
    elif len(tables) > 1:
        del tables[name]


def _heading(some: random.Random, tables: type_of_tables) -> None:
    name = some.choice(list(tables))
    if not (columns := headings(tables[name])):
        return
    old, new = (
        some.choice(columns),
        some.choice([*HOSTILE[:9], "Mã", "CODE ", some.choice(columns)]),
    )
    tables[name] = [
        {new if column == old else column: value for column, value in row.items()}
        for row in tables[name]
    ]


SPOILS: list[Callable[[random.Random, type_of_tables], None]] = [
    _cell, _cell, _swapped, _repeated, _left_out, _heading,
]  # fmt: skip


def _bytes(some: random.Random, content: bytes) -> bytes:
    spoilt = bytearray(content)
    for _time in range(some.randrange(1, 6)):
        place = some.randrange(len(spoilt) or 1)
        match some.randrange(4):
            case 0:
                spoilt[place : place + 1] = bytes([some.randrange(256)])
            case 1:
                del spoilt[place : place + some.randrange(1, 40)]
            case 2:
                spoilt[place:place] = some.randbytes(some.randrange(1, 8))
            case 3:
                spoilt = spoilt[: max(place, 1)]
    return bytes(spoilt)


def mutated(seed: int, folder: Path) -> tuple[str, bytes]:
    """Return the name and the bytes of a file that may be anything by now."""
    some = random.Random(seed)
    tables = copy.deepcopy({name: list(rows) for name, rows in agency().items()})
    for _time in range(some.randrange(3)):
        some.choice(SPOILS)(some, tables)
    name, content = _written(some, tables, folder)
    return (name, _bytes(some, content)) if some.random() < 0.3 else (name, content)


def _written(some: random.Random, tables: type_of_tables, folder: Path) -> tuple[str, bytes]:
    form = some.randrange(5)
    if form == 0:
        return "bảng.xlsx", as_workbook(folder, tables)
    if form == 1:
        name = some.choice(list(tables))
        return f"{name}.csv", as_csv(tables[name], some.choice(",;\t")) or b"x"
    if form == 2:
        coding = some.choice(["utf-8-sig", "utf-16", "cp1252"])
        parts = {
            f"{name}.csv": as_csv(rows, ";").decode().encode(coding, "replace")
            for name, rows in tables.items()
        }
        return "bảng.zip", archive(parts)
    return "bảng.zip", as_zip(tables)
