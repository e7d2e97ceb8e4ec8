"""Recount the ledger and the monthly totals, and name every row that disagrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Person
from fieldvisits.ledger.keeping import Benches, entries_of
from fieldvisits.ledger.slots import COUNT_NAMES, Bench, by_month, read_slots
from fieldvisits.models import LedgerEntry, MonthTotal, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPARED = [
    field.attname
    for field in LedgerEntry._meta.concrete_fields  # noqa: SLF001 -- the documented model API
    if field.name != "id"
]


def disagreements() -> Iterator[str]:
    """Yield one sentence per entry or total that is missing, left over or wrong."""
    benches = Benches.of()
    for cadre_id, code in (
        Person.objects.filter(visits__isnull=False).distinct().values_list("pk", "code")
    ):
        yield from _entries_of_cadre(cadre_id, benches)
        yield from _totals_of_cadre(cadre_id, code)
    for total in MonthTotal.objects.exclude(cadre__visits__isnull=False).select_related("cadre"):
        yield f"total {total.cadre.code} {total.month:%Y-%m}: there is no visit"


def _as_tuple(row: LedgerEntry) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _COMPARED)


def _entries_of_cadre(cadre_id: int, benches: Benches) -> Iterator[str]:
    wanted = {
        (row.visit_id, row.date, row.half): row
        for visit in Visit.objects.filter(cadre=cadre_id)
        for row in entries_of(visit, benches)
    }
    for row in LedgerEntry.objects.filter(cadre=cadre_id):
        should = wanted.pop((row.visit_id, row.date, row.half), None)
        name = f"entry {row.code} {row.date} {row.half}"
        if should is None:
            yield f"{name}: the visit does not claim it"
        elif _as_tuple(row) != _as_tuple(should):
            wrong = [n for n in _COMPARED if getattr(row, n) != getattr(should, n)]
            yield f"{name}: {', '.join(wrong)} differ from the visit"
    for row in wanted.values():
        yield f"entry {row.code} {row.date} {row.half}: missing"


def _totals_of_cadre(cadre_id: int, code: str) -> Iterator[str]:
    counted = by_month(read_slots(LedgerEntry.objects.filter(cadre=cadre_id)))
    for row in MonthTotal.objects.filter(cadre=cadre_id):
        bench = Bench(row.department_id, row.on_committee)
        should = counted.pop((cadre_id, row.month, bench), None)
        name = f"total {code} {row.month:%Y-%m}"
        if should is None:
            yield f"{name}: the ledger has no such half-days"
        elif wrong := [n for n in COUNT_NAMES if getattr(row, n) != getattr(should, n)]:
            yield f"{name}: {', '.join(wrong)} differ from the ledger"
    for _cadre, month, _bench in counted:
        yield f"total {code} {month:%Y-%m}: missing"
