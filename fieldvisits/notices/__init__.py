"""Who is told what, in which words: one module per paper. The mechanism is in ``accounts``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldvisits.notices import (
    confirmations,
    dossiers,
    plans,
    products,
    requests,
    sittings,
    unit_notices,
    visits,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldvisits.models import Paper
    from fieldvisits.models.paper import StepFields

TELL: dict[tuple[str, str], Callable[..., None]] = {
    **plans.TELL,
    **dossiers.TELL,
    **visits.TELL,
    **requests.TELL,
    **sittings.TELL,
    **products.TELL,
    **unit_notices.TELL,
    **confirmations.TELL,
}


def announce(paper: Paper, step: StepFields) -> None:
    """Tell whoever has to know of a step; called by the door, in its transaction."""
    if tell := TELL.get((paper.PATH, step.name)):
        tell(paper, step)
