"""Give tables out: the same rows in the same order, whatever the database."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter  # type: ignore[import-untyped]  # it has none
from django.utils.translation import gettext as _

from accounts.interchange.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.interchange.tables import Table

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
# Excel's calendar has a 29/2/1900; days up to then are written as text.
_FIRST_EXCEL_DAY = date(1900, 3, 1)
MADE_ON = datetime(2018, 1, 1)  # noqa: DTZ001 -- workbooks know no zone; the same bytes each time


class CannotWrite(Exception):
    """The place named cannot be written to."""


def export_tables(path: Path, *, with_papers: bool = True) -> dict[str, int]:
    """Write every table to a folder, or to one workbook; return how many rows of each."""
    chosen = [table for table in tables() if with_papers or not table.holds_papers]
    try:
        if path.suffix.lower() == ".xlsx":
            return _to_workbook(path, chosen)
        path.mkdir(parents=True, exist_ok=True)
        return {table.name: _to_csv(table, path / f"{table.name}.csv") for table in chosen}
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise CannotWrite(
            _("Cannot write “%(path)s”: %(error)s.") % {"path": path, "error": error}
        ) from error


def texts_of(table: Table) -> Iterator[list[str]]:
    for row in table.give():
        yield [
            "" if value is None or value == "" else column.kind.write(value)
            for column, value in zip(table.columns, row, strict=True)
        ]


def _to_csv(table: Table, path: Path) -> int:
    draft, count = path.with_suffix(".part"), 0
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.headings)
        for count, texts in enumerate(texts_of(table), start=1):  # noqa: B007 -- it is returned
            writer.writerow([_kept_from_excel(text) for text in texts])
    draft.replace(path)
    return count


def _kept_from_excel(text: str) -> str:
    """A quote before what Excel would take for a formula; ``sources`` takes it off again."""
    return f"'{text}" if _FORMULA.match(text) else text


def _to_workbook(path: Path, chosen: list[Table]) -> dict[str, int]:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    draft = path.with_suffix(".part")
    with xlsxwriter.Workbook(draft, options) as book:
        book.set_properties({"created": MADE_ON})
        day, head = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"bold": True})
        counts = {}
        for table in chosen:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, table.headings, head)
            counts[table.name] = _to_sheet(table, sheet, day)
    draft.replace(path)
    return counts


def _to_sheet(table: Table, sheet: Any, day: Any) -> int:
    number = 0
    for number, row in enumerate(table.give(), start=1):
        for position, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            match value:
                case None | "":
                    continue
                case bool() | int():
                    sheet.write_number(number, position, int(value))
                case float():
                    sheet.write_number(number, position, value)
                case date() if not isinstance(value, datetime) and value >= _FIRST_EXCEL_DAY:
                    sheet.write_datetime(number, position, value, day)
                case _:
                    sheet.write_string(number, position, column.kind.write(value))
    return number
