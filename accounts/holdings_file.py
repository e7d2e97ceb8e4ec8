"""Everything held about a person as a workbook: one sheet per kind."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter  # type: ignore[import-untyped]  # it has none
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.holdings import holdings

if TYPE_CHECKING:
    from accounts.models import Person

MOST_LETTERS = 32_767  # of one cell, as Excel has it
NOT_IN_A_TITLE = str.maketrans("[]:*?/\\", "       ")
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook_about(person: Person) -> bytes:
    """Make the workbook; no text becomes a formula or a link."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        for number, holding in enumerate(holdings(), start=1):
            title = f"{number} {holding.title}".translate(NOT_IN_A_TITLE)[:31]
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, holding.headings(), bold)
            for line, values in enumerate(holding.lines(person), start=1):
                for column, value in enumerate(values):
                    _write(sheet, line, column, value)
    return file.getvalue()


def _write(sheet: Any, line: int, column: int, value: object) -> None:
    if value is not None and value != "":
        sheet.write_string(line, column, as_text(value)[:MOST_LETTERS])


def as_text(value: object) -> str:
    """A value in words: days and times as the office writes them, yes and no.

    >>> as_text(date(2018, 5, 28)), as_text({"decided": "none"}), as_text(60)
    ('28/05/2018', 'decided: none', '60')
    """
    match value:
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return f"{timezone.localtime(value):%d/%m/%Y %H:%M:%S}"
        case date():
            return f"{value:%d/%m/%Y}"
        case dict():
            return ", ".join(f"{key}: {one}" for key, one in value.items())
        case _:
            return str(value)
