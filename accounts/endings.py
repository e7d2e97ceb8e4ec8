"""What follows from the end of departments or units. Apps above say it; none is imported here.

Before it is confirmed everybody concerned is *previewed*; when it has been written, whoever
keeps something that depends on it *follows*, in the same transaction.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from accounts.choices import OrganisationSubject
    from accounts.models import Person

NAMED = 12  # of each kind; the rest are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Departments or units that are no more from ``on``; ``heir_id`` takes over what is open."""

    subject: OrganisationSubject
    ended: frozenset[int]
    on: date
    heir_id: int | None = None  # None: nobody, or one that begins with this change
    heir: str = ""
    moves_people: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """One kind of thing concerned: how many, the first by name, and what becomes of them."""

    title: StrOrPromise
    count: int
    rows: tuple[str, ...] = ()
    what: StrOrPromise = ""
    url: str = ""
    tone: str = ""

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


T = TypeVar("T")

_previews: list[Callable[[Change], Iterable[Consequence]]] = []
_followers: list[Callable[[Change, Collection[int], Person], None]] = []


def register(
    *,
    preview: Callable[[Change], Iterable[Consequence]] | None = None,
    follow: Callable[[Change, Collection[int], Person], None] | None = None,
) -> None:
    """Say what is concerned, or do what has to follow; called once, when the app is ready.

    ``follow`` is handed the change, the people whose offices changed, and who confirmed it.
    """
    _add(_previews, preview)
    _add(_followers, follow)


def _add(registry: list[T], provider: T | None) -> None:
    if provider is not None and provider not in registry:
        registry.append(provider)


def previewed(change: Change) -> list[Consequence]:
    """Everything concerned; a kind with nothing in it is left out."""
    return [row for provide in _previews for row in provide(change) if row.count]


def follow(change: Change, people: Collection[int], by: Person) -> None:
    for act in _followers:
        act(change, people, by)


def mark_of(rows: Iterable[Consequence], *also: object) -> str:
    """Changes with everything shown: what is confirmed is what was seen."""
    said = [(row.count, row.rows) for row in rows]
    return hashlib.sha256(repr((said, also)).encode()).hexdigest()[:16]
