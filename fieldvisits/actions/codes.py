"""Running numbers: given out once, in the transaction that uses them."""

from __future__ import annotations

from django.db.models import F

from fieldvisits.models import NumberSeries, Visit


def _next(name: str) -> int:
    """Advance a series; the update locks its row until the transaction ends, so two people
    never get the same number.
    """
    rows = NumberSeries.objects.filter(pk=name)
    if not rows.update(last=F("last") + 1):
        NumberSeries.objects.bulk_create([NumberSeries(name=name)], ignore_conflicts=True)
        rows.update(last=F("last") + 1)
    return rows.get().last


def next_visit_code(year: int) -> str:
    """Return the next free visit code of ``year``: V, year, running number.

    Codes that came in with an import are stepped over.
    """
    while True:
        code = f"V{year}{_next(f'visit-{year}'):05d}"
        if not Visit.objects.filter(code=code).exists():
            return code


def next_activity_code(year: int) -> str:
    """The next code in the programme of ``year`` (R23): CT2018-07."""
    return f"CT{year}-{_next(f'activity-{year}'):02d}"
