"""Where tables are read from: a folder of CSV files, or a workbook (``workbook``)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.interchange.wording import is_guide, table_named

if TYPE_CHECKING:
    from collections.abc import Collection, Generator

MOST_ROWS = 1_048_576  # as many as a sheet of Excel has
LONGEST_CELL = 2_000_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# One quote of ours keeps Excel from taking a text for a formula; more stood there before.
_KEPT_FROM_EXCEL = re.compile(r"'+[=+\-@\t\r]")

# The cells of one row as text, with the row's number in the file.
type_of_cells = Iterator[tuple[int, list[str]]]


class NotAValue(str):
    """A formula or an error value in a cell of Excel: what it shows is not what stands there."""

    __slots__ = ()


class UnreadableFile(Exception):
    """Why a file or sheet cannot be read; ``str`` of it is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Source:
    """Tables by name, each opened when it is read; ``ignored`` names everything else."""

    sheets: dict[str, Callable[[], type_of_cells]] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    # Files and sheets whose names say of no table that they are for it.
    unnamed: dict[str, Callable[[str], type_of_cells]] = field(default_factory=dict)
    # What a table was called, where it is not its own name.
    called: dict[str, str] = field(default_factory=dict)
    # What parts the cells of a CSV, where it is no comma.
    parted: dict[str, str] = field(default_factory=dict)

    def add(
        self, given: str, shown: str, names: Collection[str], read: Callable[[str], type_of_cells]
    ) -> None:
        """Take a file or sheet ``given`` for the table it names, or leave it out."""
        if is_guide(given):
            return
        name = table_named(given, names)
        if name is None or name in self.sheets:
            self.ignored.append(shown)
            if name is None:
                self.unnamed[shown] = read
            return
        self.sheets[name] = lambda: read(name)
        if name != given.strip().lower():
            self.called[name] = given

    def take_unnamed(self, shown: str, name: str) -> None:
        """Take what nobody named for the table ``name`` all the same."""
        read = self.unnamed.pop(shown)
        self.ignored.remove(shown)
        self.sheets[name] = lambda: read(name)
        self.called[name] = shown


@contextmanager
def open_source(path: Path, names: Collection[str]) -> Generator[Source]:
    """Open a folder, an .xlsx or a .zip of CSV; raise ``UnreadableFile`` if it is none."""
    if "\0" in str(path) or not path.exists():
        raise UnreadableFile(_("There is no file or folder “%(path)s”.") % {"path": path})
    if path.is_dir():
        yield folder(path, names)
    elif path.suffix.lower() == ".xlsx":
        from accounts.interchange.workbook import open_workbook  # noqa: PLC0415 -- slow to load

        with open_workbook(path, names) as source:
            yield source
    elif path.suffix.lower() == ".zip":
        from accounts.interchange.archives import open_archive  # noqa: PLC0415 -- as above

        with open_archive(path, names) as source:
            yield source
    else:
        message = _("“%(path)s” is neither a folder of CSV files nor an .xlsx workbook.")
        raise UnreadableFile(message % {"path": path})


def folder(path: Path, names: Collection[str]) -> Source:
    source = Source()
    for file in sorted(path.iterdir()):
        if file.suffix.lower() != ".csv":
            source.ignored.append(file.name)
        else:
            reader = partial(_read_file, source, file)
            source.add(file.stem, file.name, names, reader)
    return source


def _read_file(source: Source, path: Path, name: str) -> type_of_cells:
    yield from read_csv(lambda: path.open("rb"), source, name)


def read_shipped(path: Path) -> type_of_cells:
    """Yield the rows of a CSV file that came with the application."""
    return read_csv(lambda: path.open("rb"), Source(), path.stem)


def read_csv(opened: Callable[[], IO[bytes]], source: Source, name: str) -> type_of_cells:
    """Yield the rows of a CSV file; commas, semicolons or tabs, as its first line has them.

    Bytes that are not UTF-8 come out as lone surrogates, so that the reader of the cell
    can name row and column.
    """
    csv.field_size_limit(LONGEST_CELL)
    try:
        with opened() as raw:
            if raw.read(2) in _UTF_16:
                raise UnreadableFile(_("Saved as UTF-16; save it as “CSV UTF-8”."))
        with opened() as raw, _as_text(raw) as file:
            first = file.readline(LONGEST_CELL)
            delimiter = _delimiter(first)
            if delimiter != ",":
                source.parted[name] = delimiter
            file.seek(0)
            yield from _numbered(csv.reader(file, delimiter=delimiter))
    except OSError as error:
        raise UnreadableFile(_("The file cannot be read: %(error)s.") % {"error": error}) from error


def _as_text(raw: IO[bytes]) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count) if header else ","


def _numbered(rows: Iterator[list[str]]) -> type_of_cells:
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            message = _("Row %(row)d cannot be read: a cell is too long, or a quote is open.")
            raise UnreadableFile(message % {"row": number}) from error
        if number > MOST_ROWS:
            raise UnreadableFile(_("More than %(n)d rows.") % {"n": MOST_ROWS})
        yield number, [_unquoted(cell) for cell in cells]


def _unquoted(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _KEPT_FROM_EXCEL.match(cell) else cell
