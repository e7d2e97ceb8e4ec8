"""Pages of a list without counting it: one row more than shown says whether there is a next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

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
    found = list(rows[begin : begin + size + 1])
    return Page(
        rows=found[:size],
        number=number,
        next_url=_address(request, number + 1) if len(found) > size else "",
        previous_url=_address(request, number - 1) if number > 1 else "",
        says=f"{begin + 1}–{begin + len(found[:size])}" if found else "",
    )


def same_list_as(request: HttpRequest, name: str) -> str:
    """The same list, with its filters, as a file: ``?…&format=csv``."""
    query = request.GET.copy()
    query.pop("page", None)
    query["format"] = name
    return f"?{query.urlencode()}"


def exports_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What a list offers beside its filters: label and address of each file."""
    return [(_("Download as CSV"), same_list_as(request, "csv"))]


def wants_file(request: HttpRequest) -> bool:
    return request.GET.get("format") == "csv"


def _address(request: HttpRequest, number: int) -> str:
    """The same list, with its filters, at another page."""
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
