"""Tables from an Excel workbook, whatever somebody calls by that name."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from accounts.interchange.sources import (
    MOST_ROWS,
    NotAValue,
    Source,
    UnreadableFile,
    type_of_cells,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Generator

MOST_BYTES = 600_000_000  # unzipped, all parts together
MOST_SHARED_BYTES = 200_000_000  # the table of texts is read into memory
MOST_COLUMNS = 60
_CHUNK = 65536
_NO_VALUES = ("f", "e")  # a formula, an error value


@contextmanager
def open_workbook(path: Path, names: Collection[str]) -> Generator[Source]:
    """Open ``path`` sheet by sheet, in constant memory; the sizes are looked at first."""
    with warnings.catch_warnings():
        # It warns of what it does not understand: none of that is in our tables.
        warnings.filterwarnings("ignore", module="openpyxl")
        with _refusing_what_is_broken():
            _inspect(path)
            book = load_workbook(path, read_only=True, data_only=False)
        yield from _source(book, names)


def _source(book: Workbook, names: Collection[str]) -> Iterator[Source]:
    try:
        source = Source()
        for sheet in book.worksheets:
            source.add(sheet.title, sheet.title, names, partial(_read, sheet))
        yield source
    finally:
        book.close()


@contextmanager
def _refusing_what_is_broken() -> Generator[None]:
    """Turn whatever the libraries raise about a broken file into one sentence."""
    try:
        yield
    except UnreadableFile:
        raise
    except Exception as error:
        message = _(
            "This is not a readable .xlsx workbook (damaged, or not Excel at all): %(kind)s."
        )
        raise UnreadableFile(message % {"kind": type(error).__name__}) from error


def _inspect(path: Path) -> None:
    """Raise ``UnreadableFile`` for what would cost more than it can be worth."""
    if not zipfile.is_zipfile(path):
        message = _(
            "This is not an .xlsx workbook; an .xls, or a workbook with a password, cannot be read."
        )
        raise UnreadableFile(message)
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        shared = sum(p.file_size for p in parts if p.filename.lower().endswith("strings.xml"))
        if sum(part.file_size for part in parts) > MOST_BYTES or shared > MOST_SHARED_BYTES:
            raise UnreadableFile(_("The workbook is too large once it is unpacked."))
        if any(part.flag_bits & 1 for part in parts):
            raise UnreadableFile(_("The workbook is protected with a password."))
        if any("vbaproject" in part.filename.lower() for part in parts):
            raise UnreadableFile(_("The workbook holds macros; save it as an .xlsx without them."))
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    _refuse_document_type(stream)


def _refuse_document_type(stream: IO[bytes]) -> None:
    """A document type may only be there to define entities that explode."""
    parser = expat.ParserCreate()
    begun: list[str] = []

    def refuse(*_anything: object) -> None:
        raise UnreadableFile(_("The workbook contains what no workbook of Excel contains."))

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, _attributes: begun.append(name)
    while not begun and (chunk := stream.read(_CHUNK)):
        parser.Parse(chunk, False)


def _read(sheet: Any, _name: str) -> type_of_cells:
    with _refusing_what_is_broken():
        sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
        rows = sheet.iter_rows(max_col=MOST_COLUMNS)
        header = [_text(cell) for cell in next(rows, ())]
        width = len("\0".join(header).rstrip("\0").split("\0"))
        yield 1, header[:width]
        yield from _rows_after_header(sheet, width)


def _rows_after_header(sheet: Any, width: int) -> type_of_cells:
    # One column more, to see a value that stands under no heading.
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(min_row=2, max_col=width + 1)
    for number, cells in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise UnreadableFile(_("More than %(n)d rows.") % {"n": MOST_ROWS})
        yield number, [_text(cell) for cell in cells]


_AS_TEXT: dict[type, Callable[[Any], str]] = {
    type(None): lambda _value: "",
    str: lambda value: value,
    int: str,
    float: lambda value: str(int(value)) if value.is_integer() else repr(value),
    bool: lambda value: str(int(value)),
    datetime: lambda value: (
        value.date().isoformat() if value.time() == time() else value.isoformat()
    ),
    date: date.isoformat,
}


def _text(cell: Any) -> str:
    value = cell.value
    if cell.data_type in _NO_VALUES and value is not None:
        return NotAValue(getattr(value, "text", value))
    return _AS_TEXT.get(type(value), str)(value)
