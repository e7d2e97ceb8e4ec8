"""The first row of a table: which column each cell is, and which table a nameless list is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.interchange.tables import Column, Table, tables
from accounts.interchange.values import line
from accounts.interchange.wording import column_named, is_numbering, label_of, title_of

if TYPE_CHECKING:
    from accounts.interchange.run import Run
    from accounts.interchange.sources import Source

NUMBERING = Column("", line(40))  # stands for a column that only numbers the rows


def find_by_headings(source: Source) -> None:
    """A single sheet that nobody named is for the one table whose columns it has."""
    if source.sheets or len(source.unnamed) != 1:
        return
    ((shown, read),) = source.unnamed.items()
    _number, header = next(read(shown), (1, []))
    headings = [text for text in header if text.strip() and not is_numbering(text)]
    for too_many in (False, True):  # then with columns of other tables, to say where those go
        fitting = [table.name for table in tables() if _fits(table, headings, too_many=too_many)]
        if len(fitting) == 1:
            source.take_unnamed(shown, fitting[0])
            return


def _fits(table: Table, headings: list[str], *, too_many: bool) -> bool:
    needed = {column.name for column in table.columns if not column.optional}
    names = {column_named(table.name, table.headings, text) for text in headings}
    strange = names - set(table.headings)
    return needed <= names and (
        not strange or (too_many and all(_place(table, name) for name in strange))
    )


def columns_of(run: Run, table: Table, header: list[str]) -> list[Column | None] | None:
    """Return the column of each cell, None for one without a heading; None if unusable."""
    known = {column.name: column for column in table.columns}
    names = ["" if is_numbering(name) else column_named(table.name, known, name) for name in header]
    before = run.problem_count
    if not any(names):
        run.problem(table.name, 1, "", _("The first row has to hold the names of the columns."))
        return None
    for name in dict.fromkeys(names):
        if name and name not in known:
            run.problem(table.name, 1, name, _no_such_column(table, name))
        elif name and names.count(name) > 1:
            run.problem(table.name, 1, name, _("This column stands there twice."))
    for column in table.columns:
        if not column.optional and column.name not in names:
            run.problem(table.name, 1, column.name, _("This column is missing."))
    if run.problem_count > before:
        return None
    for given, name in zip(header, names, strict=True):
        if name != given and not is_numbering(given):
            run.read_as(table.name, name, "heading", given, name)
    return [
        NUMBERING if is_numbering(given) else known.get(name)
        for given, name in zip(header, names, strict=True)
    ]


def _no_such_column(table: Table, heading: str) -> str:
    """A list of people often has department and office in it: say which sheet takes them."""
    if (place := _place(table, heading)) is None:
        return _("This table has no such column.")
    name, column = place
    message = _(
        "This table has no such column: it goes into the sheet “%(title)s” (%(name)s), column "
        "“%(column)s”."
    )
    return message % {"title": title_of(name), "name": name, "column": label_of(name, column)}


def _place(table: Table, heading: str) -> tuple[str, str] | None:
    """Return the one other table with a column of this heading, and the column."""
    places = [
        (other.name, name)
        for other in tables()
        if other is not table
        and (name := column_named(other.name, other.headings, heading)) in other.headings
    ]
    return places[0] if len(places) == 1 else None


def is_blank(columns: list[Column | None], texts: list[str]) -> bool:
    """A row in which nothing stands, or only its number."""
    numbered = {n for n, column in enumerate(columns) if column is NUMBERING}
    return not any(text.strip() for n, text in enumerate(texts) if n not in numbered)


def by_column(columns: list[Column | None], texts: list[str]) -> dict[str, str]:
    return {
        column.name: text
        for column, text in zip(columns, texts, strict=False)
        if column and column is not NUMBERING
    }
