"""How many members of the Standing Committee a sitting needs (R7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

HALF = 50  # percent; an app above knows what the regulation of a day says
_shares: list[Callable[[date], int]] = []


def register(share: Callable[[date], int]) -> None:
    """Bring the percentage of a day; called once, when the app is ready."""
    _shares[:] = [share]


def quorum(members: int, share: int = HALF) -> int:
    """Return how many have to be present: more than ``share`` percent of the members.

    >>> [quorum(members) for members in (0, 1, 2, 3, 4)]
    [0, 1, 2, 2, 3]
    >>> quorum(9, 66)
    6
    """
    return members * share // 100 + 1 if members else 0


def quorum_on(day: date, members: int) -> int:
    return quorum(members, *(share(day) for share in _shares))
