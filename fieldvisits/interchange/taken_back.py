"""What an import of visits made beside its rows, and goes with them when it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Person
from fieldvisits.interchange.beside import IMPORTED
from fieldvisits.ledger import keeping
from fieldvisits.models import (
    CadreLedger,
    ConfirmationRequest,
    LedgerEntry,
    MonthTotal,
    Plan,
    Product,
    Step,
    Visit,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db import models


def _release_visits(keys: list[int]) -> None:
    """Take their days out of the ledger and the totals, and away their row of history."""
    entries = LedgerEntry.objects.filter(visit__in=keys)
    days = entries.order_by().values_list("cadre_id", "date").distinct()
    months = {(cadre, day.replace(day=1)) for cadre, day in days}
    keeping.take_turn(cadre for cadre, _month in months)
    entries.delete()
    keeping.add_up(months)
    Step.objects.filter(visit__in=keys, name=IMPORTED).delete()


def _release(paper: str) -> Callable[[list[int]], None]:
    def release(keys: list[int]) -> None:
        Step.objects.filter(**{f"{paper}__in": keys}, name=IMPORTED).delete()

    return release


def _release_people(keys: list[int]) -> None:
    """The turn that changes of their days take stands empty once no day is left."""
    booked = LedgerEntry.objects.filter(cadre__in=keys).values("cadre")
    CadreLedger.objects.filter(pk__in=keys).exclude(pk__in=booked).delete()


# They follow from visits and appointments; ``rebook_moved`` writes them anew.
REBUILT = (LedgerEntry, MonthTotal)
RELEASES: dict[type[models.Model], Callable[[list[int]], None]] = {
    Visit: _release_visits,
    Plan: _release("plan"),
    Product: _release("product"),
    ConfirmationRequest: _release("confirmation"),
    Person: _release_people,
}
