"""Pages of a list without counting it: one row more than shown says whether there is a next.

Going on reads from the last row shown (``accounts.keyset``), however far down the list; only a
page asked for by its number, or one page back, is reached by passing over the rows before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.keyset import Keyset
from accounts.numbers import whole_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest

LAST = 2000  # nobody pages further; filters do


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Any]
    number: int
    next_url: str
    previous_url: str
    says: str  # which rows these are: "51–100"

    @property
    def has_next(self) -> bool:
        return bool(self.next_url)


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int) -> Page:
    """Return the page that ``?page=`` asks for; anything that is no number is the first."""
    number = min(max(whole_number(request.GET.get("page")) or 1, 1), LAST)
    begin = (number - 1) * size
    keys = Keyset.of(rows)
    found = _continued(request, rows, keys, size) if number > 1 else None
    if found is None:
        found = list(rows[begin : begin + size + 1])
    mark = keys.mark(found[size - 1]) if keys and len(found) > size else ""
    return Page(
        rows=found[:size],
        number=number,
        next_url=_address(request, number + 1, mark) if len(found) > size else "",
        previous_url=_address(request, number - 1) if number > 1 else "",
        says=f"{begin + 1}–{begin + len(found[:size])}" if found else "",
    )


def _continued(request: HttpRequest, rows: Any, keys: Keyset | None, size: int) -> list[Any] | None:
    mark = request.GET.get("after", "")
    behind = keys.after(rows, mark) if keys and mark else None
    return None if behind is None else list(behind[: size + 1])


def same_list_as(request: HttpRequest, name: str) -> str:
    """The same list, with its filters, as a file: ``?…&format=csv``."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("after", None)
    query["format"] = name
    return f"?{query.urlencode()}"


def exports_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What a list offers beside its filters: label and address of each file."""
    return [(_("Download as CSV"), same_list_as(request, "csv"))]


def wants_file(request: HttpRequest) -> bool:
    return request.GET.get("format") == "csv"


def _address(request: HttpRequest, number: int, after: str = "") -> str:
    """The same list, with its filters, at another page."""
    query = request.GET.copy()
    query["page"] = str(number)
    query.pop("after", None)
    if after:
        query["after"] = after
    return f"?{query.urlencode()}"
