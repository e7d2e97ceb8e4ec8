"""The first days of an office: what is there, what is missing, what works without it.

Every step is computed from the data, so it can be left and taken up anywhere: in these pages, by
import, in the lists. Apps above register their steps; none is imported here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from accounts.desk import Button

State = Literal["done", "begun", "missing"]
PUT_AWAY = "start_progress"  # the key in ``Person.hints_read`` of who wants no card on the desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; ``rank`` says where it stands among the others, the smallest first."""

    key: str
    title: StrOrPromise
    state: State
    stands: StrOrPromise  # what is there
    missing: StrOrPromise = ""  # what is still missing
    without: StrOrPromise = ""  # what works all the same
    ways: tuple[Button, ...] = ()
    rank: int = 50


@dataclass(frozen=True, slots=True)
class Progress:
    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        return sum(step.state == "done" for step in self.steps)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if step.state != "done"), None)


_providers: list[Callable[[date], Iterable[Step]]] = []


def register(provider: Callable[[date], Iterable[Step]]) -> None:
    """Bring steps to the beginning; called once, when the app is ready."""
    if provider not in _providers:
        _providers.append(provider)


def progress_on(today: date) -> Progress:
    found = [step for provide in _providers for step in provide(today)]
    return Progress(tuple(sorted(found, key=lambda step: step.rank)))
