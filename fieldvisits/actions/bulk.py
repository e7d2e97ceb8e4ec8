"""One action on many papers: each succeeds or is refused by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.words import in_words as in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Item = TypeVar("Item")


def one_by_one(items: Iterable[Item], act: Callable[[Item], object]) -> list[tuple[Item, str]]:
    """Let ``act`` run on every item; return (item, why it was refused or "").

    Call it outside a transaction: ``act`` opens one per item, so a refusal undoes nothing else.
    """
    results = []
    for item in items:
        try:
            act(item)
        except (ValidationError, PermissionDenied) as refusal:
            results.append((item, in_words(refusal)))
        else:
            results.append((item, ""))
    return results
