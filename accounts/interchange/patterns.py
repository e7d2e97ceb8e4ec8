"""An empty table to fill in: its columns, one example row, and what each column is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import xlsxwriter  # type: ignore[import-untyped]  # it has none
from django.utils.translation import gettext as _

from accounts.interchange.exporting import MADE_ON
from accounts.interchange.wording import GUIDE, Word, title_of, words_of

if TYPE_CHECKING:
    from accounts.interchange.tables import Column, Table

_WIDTHS = (26, 18, 14, 60, 44, 26)  # of the explanation's columns


def pattern_of(*tables: Table) -> bytes:
    """A workbook that can be uploaded as it is: the example rows are left out again."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": MADE_ON})
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        as_text = book.add_format({"num_format": "@"})
        for table in tables:
            _fill_table(book.add_worksheet(title_of(table.name)), table, head, as_text)
        guide, first = book.add_worksheet(str(GUIDE)), 0
        for table in tables:
            first = _fill_guide(guide, table, first, head, wrapped)
    return buffer.getvalue()


def _word(table: Table, column: Column) -> Word:
    return words_of(table.name).columns.get(column.name) or Word(column.name)


def _fill_table(sheet: Any, table: Table, head: Any, as_text: Any) -> None:
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(table.columns):
        word = _word(table, column)
        sheet.set_column(position, position, max(14, len(str(word.label)) + 4), as_text)
        sheet.write_string(0, position, str(word.label), head)
        if word.example:
            sheet.write_string(1, position, word.example, as_text)


def _fill_guide(sheet: Any, table: Table, first: int, head: Any, wrapped: Any) -> int:
    """Explain a table from row ``first`` on; return the row where the next one may begin."""
    words = words_of(table.name)
    sheet.write_string(first, 0, str(words.title), head)
    if words.about:
        sheet.write_string(first, 1, str(words.about))
    headings = (
        _("Heading"), _("Name of the column"), _("Must be filled"), _("What to write"),
        _("Remark"), _("Example"),
    )  # fmt: skip
    for position, (heading, width) in enumerate(zip(headings, _WIDTHS, strict=True)):
        sheet.set_column(position, position, width)
        sheet.write_string(first + 2, position, heading, head)
    for number, column in enumerate(table.columns, start=first + 3):
        word = _word(table, column)
        filled = _("no") if column.optional else _("yes")
        about = str(word.about)
        texts = (str(word.label), column.name, filled, column.kind.hint(), about, word.example)
        for position, text in enumerate(texts):
            sheet.write_string(number, position, text, wrapped)
    return first + len(table.columns) + 5
