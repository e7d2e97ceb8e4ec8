"""Take tables in: all of them or nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from accounts.interchange.run import Problem, Run, Tally
from accounts.interchange.sources import NotAValue, Source, UnreadableFile, open_source
from accounts.interchange.tables import Column, Row, Table, stages, tables
from accounts.interchange.values import EMAIL, PHONE, Unreadable, line, quoted
from accounts.interchange.wording import column_named, is_example, is_numbering, title_of

if TYPE_CHECKING:
    from pathlib import Path

    from accounts.interchange.sources import type_of_cells

MANY_ROWS = 500
NUMBERING = Column("", line(40))  # stands for a column that only numbers the rows


class Refused(Exception):
    """Nothing was imported. ``problems`` are the first of ``count``."""

    def __init__(self, problems: list[Problem], count: int) -> None:
        super().__init__("\n".join(str(problem) for problem in in_order(problems)))
        self.problems = in_order(problems)
        self.count = count


def in_order(problems: list[Problem]) -> list[Problem]:
    """Table by table as they came, and each from its first row to its last."""
    place = {name: n for n, name in enumerate(dict.fromkeys(p.table for p in problems))}
    return sorted(problems, key=lambda problem: (place[problem.table], problem.row))


@dataclass(frozen=True, slots=True)
class Outcome:
    tallies: dict[str, Tally]
    dry_run: bool

    @property
    def is_idle(self) -> bool:
        return all(tally.is_idle for tally in self.tallies.values())


@dataclass(frozen=True, slots=True)
class Manner:
    """How an import goes about it. ``settle`` is called last, before anything is kept."""

    dry_run: bool = False
    quotes_papers: bool = True
    most_rows: int | None = None
    on_row: Callable[[int], None] = lambda _count: None
    shown: str = ""  # what people call the file, where it is kept under another name
    settle: Callable[[Run], None] = lambda _run: None


def import_tables(
    path: Path, *, dry_run: bool = False, tell: Callable[[str], None] = lambda _sentence: None
) -> Outcome:
    """Import a folder of CSV files or an .xlsx; raise ``Refused`` with every problem found.

    ``tell`` is handed each warning. A dry run does everything and takes it back.
    """
    run = run_import(path, Manner(dry_run), tell)
    if run.failed:
        raise Refused(run.problems, run.problem_count)
    return Outcome(dict(run.tallies), dry_run)


def take_in(run: Run, source: Source) -> None:
    """Take tables in within the caller's transaction; problems stand in ``run``."""
    _import(run, source, Manner(dry_run=False))


def run_import(path: Path, manner: Manner, tell: Callable[[str], None]) -> Run:
    """Import, or find what stands in the way; the run returned says which."""
    run = Run(
        tell,
        quotes_papers=manner.quotes_papers,
        most_rows=manner.most_rows,
        on_row=manner.on_row,
    )
    try:
        with open_source(path, {table.name for table in tables()}) as source:
            _import(run, source, manner)
            _note_source(run, source)
    except (UnreadableFile, OSError) as error:
        run.problem("", 0, "", f"{quoted(manner.shown or path.name)}: {error}")
    run.problems = in_order(run.problems)
    return run


def _note_source(run: Run, source: Source) -> None:
    for name, given in source.called.items():
        run.read_as(name, "", "name", given, name)
    for name, delimiter in source.parted.items():
        run.read_as(name, "", "parted", {"\t": "Tab"}.get(delimiter, delimiter), ",")


def _find_by_headings(source: Source) -> None:
    """A single sheet that nobody named is for the one table whose columns it has."""
    if source.sheets or len(source.unnamed) != 1:
        return
    ((shown, read),) = source.unnamed.items()
    _number, header = next(read(shown), (1, []))
    headings = [text for text in header if text.strip() and not is_numbering(text)]
    fitting = [table.name for table in tables() if _fits(table, headings)]
    if len(fitting) == 1:
        source.take_unnamed(shown, fitting[0])


def _fits(table: Table, headings: list[str]) -> bool:
    needed = {column.name for column in table.columns if not column.optional}
    names = {column_named(table.name, table.headings, text) for text in headings}
    return needed <= names <= set(table.headings)


def _import(run: Run, source: Source, manner: Manner) -> None:
    _find_by_headings(source)
    for name in source.ignored:
        run.warn(
            _("“%(name)s” is no table of the interchange and was left out.")
            % {"name": quoted(name)}
        )
    if not source.sheets:
        names = ", ".join(f"{title_of(table.name)} ({table.name})" for table in tables())
        raise UnreadableFile(
            _("There is no table in it; these are known: %(names)s.") % {"names": names}
        )
    try:
        with transaction.atomic():
            for stage in stages():
                _take(run, stage, source)
            if not run.failed:
                manner.settle(run)
            if run.failed or manner.dry_run:
                transaction.set_rollback(True)
            else:
                _tell_planner(run)
    except DatabaseError as error:
        # Somebody else changed the same rows meanwhile, or a rule only the database knows.
        reason = _("The database refuses it: %(error)s.")
        run.problem("", 0, "", reason % {"error": quoted(str(error).strip().split("\n")[0])})


def _tell_planner(run: Run) -> None:
    """After many rows PostgreSQL would go on planning for the tables as they were before."""
    rows = sum(tally.created + tally.changed for tally in run.tallies.values())
    if connection.vendor == "postgresql" and rows > MANY_ROWS:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _take(run: Run, stage: Table | Callable[[Run], None], source: Source) -> None:
    if not isinstance(stage, Table):
        if not run.failed:
            stage(run)
        return
    if stage.name not in source.sheets:
        return
    run.tallies[stage.name] = Tally()
    cells = source.sheets[stage.name]()
    try:
        stage.take(run, _rows(run, stage, cells))
    except UnreadableFile as error:
        run.unread.add(stage.name)
        run.problem(stage.name, 0, "", str(error))
    except ValidationError as error:
        run.problem(stage.name, 0, "", " ".join(error.messages))
    run.forget(stage.name)


def _rows(run: Run, table: Table, cells: type_of_cells) -> Iterator[Row]:
    """Yield the rows that could be read; of the others every problem is noted."""
    _number, header = next(cells, (1, []))
    columns = _columns(run, table, header)
    if columns is None:
        run.unread.add(table.name)
        return
    mentioned = run.mentioned[table.name]
    for number, texts in cells:
        if _is_blank(columns, texts):
            continue
        if is_example(table.name, _by_column(columns, texts)):
            run.read_as(table.name, "", "example", texts[0], "")
            continue
        run.count_row(table.name)
        values, readable = _values(run, table, columns, number, texts)
        if table.code and table.code in values:
            mentioned.add(values[table.code])
        if readable:
            yield Row(number, values)


def _columns(run: Run, table: Table, header: list[str]) -> list[Column | None] | None:
    """Return the column of each cell, None for one without a heading; None if unusable."""
    known = {column.name: column for column in table.columns}
    names = ["" if is_numbering(name) else column_named(table.name, known, name) for name in header]
    before = run.problem_count
    if not any(names):
        run.problem(table.name, 1, "", _("The first row has to hold the names of the columns."))
        return None
    for name in dict.fromkeys(names):
        if name and name not in known:
            run.problem(table.name, 1, name, _("This table has no such column."))
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


def _is_blank(columns: list[Column | None], texts: list[str]) -> bool:
    """A row in which nothing stands, or only its number."""
    numbered = {n for n, column in enumerate(columns) if column is NUMBERING}
    return not any(text.strip() for n, text in enumerate(texts) if n not in numbered)


def _by_column(columns: list[Column | None], texts: list[str]) -> dict[str, str]:
    return {
        column.name: text
        for column, text in zip(columns, texts, strict=False)
        if column and column is not NUMBERING
    }


def _values(
    run: Run, table: Table, columns: list[Column | None], number: int, texts: list[str]
) -> tuple[dict[str, Any], bool]:
    values: dict[str, Any] = {}
    readable = True
    texts = texts + [""] * (len(columns) - len(texts))
    for position, text in enumerate(texts):
        column = columns[position] if position < len(columns) else None
        if column is NUMBERING:
            continue
        if column is None:
            if text and not text.isspace():
                reason = _("“%(value)s” stands under no heading.") % {"value": quoted(text)}
                run.problem(table.name, number, "", reason)
                readable = False
            continue
        try:
            values[column.name] = value = _value(column, text)
            if value is not None and text:
                _note_reading(run, table, column, text, value)
        except Unreadable as error:
            run.problem(table.name, number, column.name, str(error))
            readable = False
    return values, readable


def _note_reading(run: Run, table: Table, column: Column, text: str, value: Any) -> None:
    """Say that a cell was not as we would have written it: who sent it may want to know."""
    if text.isspace() or (plain := column.kind.write(value)) == text:
        return
    if unicodedata.normalize("NFC", text) != text:
        way = "composed"
    elif column.kind.has_lines:
        return
    else:
        way = "spaces" if column.kind.is_text or plain == text.strip() else "form"
        if way == "form" and column.kind not in (EMAIL, PHONE) and isinstance(value, bool | str):
            way = f"word {text}"  # few of them, and each means something else
    taken = column.kind.words(value) if column.kind.words else plain
    run.read_as(table.name, column.name, way, text, taken)


def _value(column: Column, text: str) -> Any:
    if isinstance(text, NotAValue):
        sentence = (
            _("“%(value)s” is an error value of Excel; write what should stand there.")
            if text.startswith("#")
            else _("“%(value)s” is a formula; paste the column as values only.")
        )
        raise Unreadable(sentence % {"value": quoted(text)})
    if text and not text.isspace():
        return column.kind.read(text)
    if not column.optional:
        raise Unreadable(_("This may not be empty."))
    return column.empty
