"""What looking back brings to a cadre's desk: the standing against the target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.desk import Asker, Card, register
from fieldvisits.desk import regulation_of, travels
from reports.figures.cadres import own_standing
from reports.figures.window import Window
from reports.standing import meter_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def join_in() -> None:
    register(cards=cards)


def cards(asker: Asker) -> Iterator[Card]:
    if not (travels(asker) and asker.person.in_scope):
        return
    yield Card("beside", "reports/desk_standing.html", _standing(asker))


def _standing(asker: Asker) -> dict[str, Any]:
    """Four queries: holidays, exemptions and the two of the totals."""
    year = asker.today.year
    window = Window.of(regulation_of(asker, year), year, asker.today)
    return meter_of(own_standing(asker.person, window), window)
