"""What follows if an office changes hands: shown before it is confirmed, by every app.

Apps above register what they know (papers under way, days counted); none is imported here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from accounts.models import Appointment, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Somebody's offices as they are to be from a day on: one ends, one begins, or both."""

    person: Person
    on: date  # the first day on which it is otherwise
    ends: Appointment | None = None
    begins: Appointment | None = None  # not written yet


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that follows, in a sentence; ``rows`` name what it is about."""

    text: str
    tone: str = ""  # "", "warn", "bad"
    rows: tuple[str, ...] = ()
    url: str = ""
    url_label: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    rows: tuple[Consequence, ...]
    mark: str  # changes with everything shown: what is confirmed is what was seen


T = TypeVar("T")

_foresee: list[Callable[[Change], Iterable[Consequence]]] = []
_done: list[Callable[[Appointment], Iterable[str]]] = []
_follow: list[Callable[[Collection[int]], object]] = []


def register(
    *,
    foresees: Callable[[Change], Iterable[Consequence]] | None = None,
    done: Callable[[Appointment], Iterable[str]] | None = None,
    follows: Callable[[Collection[int]], object] | None = None,
) -> None:
    """Called once, when an app is ready.

    ``foresees``: what a change brings; ``done``: in sentences, what has been done in an
    office, which then can be ended but not taken back; ``follows``: runs in the transaction
    of a change, with the people whose offices are others now.
    """
    _add(_foresee, foresees)
    _add(_done, done)
    _add(_follow, follows)


def _add(registry: list[T], provider: T | None) -> None:
    if provider is not None and provider not in registry:
        registry.append(provider)


def preview(change: Change) -> Preview:
    rows = tuple(row for provide in _foresee for row in provide(change))
    said = [_as_text(change), *((row.text, row.rows) for row in rows)]
    return Preview(rows, hashlib.sha256(repr(said).encode()).hexdigest()[:16])


def _as_text(change: Change) -> tuple[object, ...]:
    def said(row: Appointment | None) -> tuple[object, ...]:
        if row is None:
            return ()
        held = (row.body, row.office, row.department_id, row.unit_id, row.starts_on, row.ends_on)
        return row.pk, *(str(one) for one in held)

    return change.person.pk, str(change.on), said(change.ends), said(change.begins)


def require_seen(change: Change, seen: str) -> None:
    """Refuse what was confirmed over another picture than there is now."""
    if preview(change).mark != seen:
        raise ValidationError(
            _("What follows has changed meanwhile. Look at it again, then confirm."), code="stale"
        )


def done_in(appointment: Appointment) -> list[str]:
    return [sentence for provide in _done for sentence in provide(appointment)]


def follow(person_ids: Collection[int]) -> None:
    for act in _follow:
        act(person_ids)
