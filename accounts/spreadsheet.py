"""Lists as CSV, for Excel: semicolons are its custom here, a mark at the front names UTF-8."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# What a spreadsheet would take for a formula; our own quotes before it are doubled.
FORMULA = re.compile(r"\s*'*[=+\-@\t\r]")
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_file(
    name: str, headings: Sequence[object], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """The rows as a file, sent while they are read: a long list is never held whole."""
    response = StreamingHttpResponse(_lines(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield BYTE_ORDER_MARK
    yield writer.writerow([harmless(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: object) -> str:
    """Return the cell as text that no spreadsheet computes.

    >>> harmless("=1+1"), harmless(" =1"), harmless("Ba Vì"), harmless(None)
    ("'=1+1", "' =1", 'Ba Vì', '')
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if FORMULA.match(text) else text
