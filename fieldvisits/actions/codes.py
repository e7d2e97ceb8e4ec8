"""Running numbers: given out once, in the transaction that uses them."""

from __future__ import annotations

from django.db.models import F

from fieldvisits.models import NumberSeries, Visit


def next_visit_code(year: int) -> str:
    """Return the next free visit code of ``year``: V, year, running number.

    The update locks the series row until the transaction ends, so two people never
    get the same number. Codes that came in with an import are stepped over.
    """
    name = f"visit-{year}"
    while True:
        rows = NumberSeries.objects.filter(pk=name)
        if not rows.update(last=F("last") + 1):
            NumberSeries.objects.bulk_create([NumberSeries(name=name)], ignore_conflicts=True)
            rows.update(last=F("last") + 1)
        code = f"V{year}{rows.get().last:05d}"
        if not Visit.objects.filter(code=code).exists():
            return code
