"""What an administrator looks after. Whoever knows something registers it; none is imported here.

A *panel* is one sheet of the administrator's desk: facts with the way to their rows, or with what
to do where something is wrong. An *assumption* is a setting in force that the office's own
documents do not give, in words. No provider shows the text of a paper or of a message: being
administrator is no right to read (docs/decisions/what-an-administrator-sees.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from accounts.models import Person

Tone = Literal["", "ok", "warn", "bad"]
BY_URGENCY: tuple[Tone, ...] = ("bad", "warn", "ok", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line: what it is, how it stands. Opens its rows, or says what to do."""

    name: StrOrPromise
    value: StrOrPromise | int
    url: str = ""
    advice: StrOrPromise = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One sheet; ``rank`` says where it stands among the others, the smallest first."""

    key: str
    title: StrOrPromise
    facts: tuple[Fact, ...]
    says: StrOrPromise = ""
    url: str = ""
    url_label: StrOrPromise = ""
    rank: int = 50

    @property
    def tone(self) -> Tone:
        """That of its worst line."""
        tones = {fact.tone for fact in self.facts}
        return next((tone for tone in BY_URGENCY if tone in tones), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A setting of ours in force: what it is, its value in words, where it is changed."""

    name: StrOrPromise
    value: StrOrPromise
    says: StrOrPromise = ""  # why, or what follows from it
    url: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks, and when."""

    person: Person
    now: datetime


_panels: list[Callable[[Look], Iterable[Panel]]] = []
_assumptions: list[Callable[[Look], Iterable[Assumption]]] = []


def register(
    *,
    panels: Callable[[Look], Iterable[Panel]] | None = None,
    assumptions: Callable[[Look], Iterable[Assumption]] | None = None,
) -> None:
    """Bring something to the administrator's desk; called once, when the app is ready."""
    _add(_panels, panels)
    _add(_assumptions, assumptions)


def _add(registry: list[Any], provider: object) -> None:
    if provider is not None and provider not in registry:
        registry.append(provider)


def panels_for(look: Look) -> list[Panel]:
    found = [panel for provide in _panels for panel in provide(look)]
    return sorted(found, key=lambda panel: panel.rank)


def assumptions_for(look: Look) -> list[Assumption]:
    return [one for provide in _assumptions for one in provide(look)]
