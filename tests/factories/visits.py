"""Visits as they stand in the ledger, in any state, without the path that led there."""

from __future__ import annotations

from datetime import date
from itertools import count

from accounts.models import Person
from fieldvisits.choices import VisitKind, VisitState
from fieldvisits.ledger.keeping import book
from fieldvisits.models import Visit
from tests.factories.accounts import UnitFactory

_numbers = count(1)


def booked_visit(cadre: Person, first: str, last: str = "", **columns: object) -> Visit:
    """A visit from ``first`` to ``last``, in the ledger: an accepted inspection unless said."""
    visit = Visit(
        **{
            "code": f"T{next(_numbers):05d}",
            "cadre": cadre,
            "starts_on": date.fromisoformat(first),
            "ends_on": date.fromisoformat(last or first),
            "kind": VisitKind.INSPECTION,
            "state": VisitState.ACCEPTED,
            "content": "Kiểm tra công tác Đoàn",
        }
        | columns
    )
    if visit.unit_id is None:
        visit.unit = UnitFactory()
    visit.save()
    book([visit])
    return visit
