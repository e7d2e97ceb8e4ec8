"""The demonstration agency: invented people, the real units, papers in every state.

The past comes in through the interchange, as an office's own records would; the
current quarter is acted out, step by step, through the same actions people use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldvisits.demo.season import Season

ACTS: list[Callable[[Season], None]] = []


def register(act: Callable[[Season], None]) -> None:
    """Let an app above add papers of its own; called once, when the app is ready."""
    if act not in ACTS:
        ACTS.append(act)
