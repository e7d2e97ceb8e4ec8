"""Nobody saves over what they have not read: one check for every form that changes a draft (B3).

A form carries a mark of the words its writer had before them. The action compares it with what
is stored, inside its transaction; ``forms.refusals.show_the_present`` then puts the stored words
beside the typed ones. Rows that count their rewrites (``revision``) are compared by that number.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldvisits.models import Presence, Product


def require_seen(stored: str, seen: str, typed: str = "") -> None:
    """Raise where something else is stored than was seen.

    ``seen`` is "" for whoever had no form before them; ``typed`` the mark of what is to be
    written: the same words sent twice are no second text.
    """
    if seen not in ("", stored) and stored != typed:
        raise ValidationError(
            _(
                "This was changed elsewhere meanwhile. What you typed is still here, and what is "
                "stored now stands beside it; compare, then save again."
            ),
            code="stale",
        )


def mark_of(*words: object) -> str:
    """Changes with every word."""
    return hashlib.sha256(repr(words).encode()).hexdigest()[:16]


def mark_of_product(product: Product) -> str:
    return mark_of(product.title, product.summary, product.link)


def mark_of_presence(chair_id: int, rows: Iterable[Presence]) -> str:
    """Who takes the chair, and who is absent why."""
    absent = {row.member_id: row.reason for row in rows if not row.is_present}
    return mark_of(chair_id, sorted(absent.items()))
