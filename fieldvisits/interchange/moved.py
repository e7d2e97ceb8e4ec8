"""After the organisation has come in, and before visits do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldvisits.ledger import keeping

if TYPE_CHECKING:
    from accounts.interchange.run import Run


def rebook_moved(run: Run) -> None:
    """Write the days of people whose department has changed anew, under where they belonged."""
    keeping.rebook(run.moved)
