"""What the system holds about a person. Apps above register what they bring; none is imported.

A test walks every relation to a person there is: each has a holding here, or a reason why not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.counting import count_of
from accounts.models import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Rows of one kind about one person, and which columns are theirs to read.

    A column is a heading and a path, ``visit.unit``, or what says it of a row; what can be called
    on the way is called.
    """

    name: str
    title: StrOrPromise
    rows: Callable[[Person], QuerySet[Any]]
    columns: Sequence[tuple[StrOrPromise, str | Callable[[Any], object]]]

    def headings(self) -> list[str]:
        return [str(heading) for heading, _path in self.columns]

    def lines(self, person: Person) -> Iterator[list[object]]:
        for row in self.rows(person):
            yield [value_at(row, path) for _heading, path in self.columns]


def value_at(row: object, path: str | Callable[[Any], object]) -> object:
    """Follow a path from a row; nothing where something on the way is missing.

    >>> value_at("Ba Vì", "upper.swapcase"), value_at(None, "upper")
    ('ba vì', None)
    """
    if callable(path):
        return path(row)
    found: Any = row
    for part in path.split("."):
        if found is None:
            return None
        found = getattr(found, part)
        if callable(found):
            found = found()
    return found


_holdings: dict[str, Holding] = {}


def register(*holdings: Holding) -> None:
    """Bring what an app holds about people; called once, when the app is ready."""
    for holding in holdings:
        _holdings[holding.name] = holding


def holdings() -> list[Holding]:
    return list(_holdings.values())


@dataclass(frozen=True, slots=True)
class Counted:
    title: StrOrPromise
    count: int


def counted(person: Person) -> list[Counted]:
    """How many rows of each kind there are: one query altogether."""
    columns = {f"n_{one.name}": count_of(one.rows(person)) for one in holdings()}
    row = Person.objects.filter(pk=person.pk).order_by().values(**columns).get()
    return [Counted(one.title, row[f"n_{one.name}"]) for one in holdings()]
