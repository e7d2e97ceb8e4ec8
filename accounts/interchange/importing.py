"""Take tables in: all of them or nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from accounts.interchange.headings import (
    NUMBERING,
    by_column,
    columns_of,
    find_by_headings,
    is_blank,
)
from accounts.interchange.run import Problem, Run, Tally
from accounts.interchange.sources import NotAValue, Source, UnreadableFile, open_source
from accounts.interchange.tables import Row, Table, stages, tables
from accounts.interchange.values import EMAIL, PHONE, Unreadable, quoted
from accounts.interchange.wording import is_example, title_of

if TYPE_CHECKING:
    from pathlib import Path

    from accounts.interchange.sources import type_of_cells
    from accounts.interchange.tables import Column

MANY_ROWS = 500


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


def take_in(run: Run, source: Source, manner: Manner | None = None) -> None:
    """Take tables in, in the caller's transaction if there is one; problems stand in ``run``."""
    _import(run, source, manner or Manner())
    run.problems = in_order(run.problems)


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


def _import(run: Run, source: Source, manner: Manner) -> None:
    find_by_headings(source)
    for name in source.ignored:
        run.warn(
            _("“%(name)s” is no table of the interchange and was left out.")
            % {"name": quoted(name)}
        )
    if not source.sheets:
        names = ", ".join(f"{title_of(table.name)} ({table.name})" for table in tables())
        message = _(
            "There is no table in it: call the sheet after its table, with the headings in its "
            "first row. Known are: %(names)s."
        )
        raise UnreadableFile(message % {"names": names})
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
    columns = columns_of(run, table, header)
    if columns is None:
        run.unread.add(table.name)
        return
    mentioned = run.mentioned[table.name]
    for number, texts in cells:
        if is_blank(columns, texts):
            continue
        if is_example(table.name, by_column(columns, texts)):
            run.read_as(table.name, "", "example", texts[0], "")
            continue
        run.count_row(table.name)
        values, readable = _values(run, table, columns, number, texts)
        if table.code and table.code in values:
            mentioned.add(values[table.code])
        if readable:
            yield Row(number, values)


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
