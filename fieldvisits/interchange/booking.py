"""Put imported visits into the ledger; those that overlap come in as shared (R18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.interchange.values import quoted
from fieldvisits.ledger import keeping
from fieldvisits.models import LedgerEntry, Visit

if TYPE_CHECKING:
    from datetime import date

    from accounts.interchange.run import Run

AT_ONCE = 2000  # visits; all of one cadre are looked at together

# The codes of the live visits in each half-day of a cadre.
type_of_taken = defaultdict[tuple[int, "date", str], list[str]]


def share_and_book(run: Run, before: int) -> None:
    """Book every carried visit newer than ``before``; of two that overlap the later code,
    by Unicode code point, is shared, and always the new one beside one on record.
    """
    new = Visit.objects.filter(pk__gt=before, plan__is_carrier=True)
    for cadres in _portions(new.order_by("cadre").values_list("cadre").annotate(n=Count("pk"))):
        visits = sorted(new.filter(cadre__in=cadres).order_by(), key=lambda row: row.code)
        if shared := _shared(run, visits, _on_record(visits, cadres)):
            Visit.objects.filter(pk__in=[visit.pk for visit in shared]).update(shared=True)
        keeping.book(visits)


def _portions(counts: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Group cadres until their visits are enough for one go."""
    cadres: list[int] = []
    visits = 0
    for cadre, count in list(counts):
        cadres.append(cadre)
        visits += count
        if visits >= AT_ONCE:
            yield cadres
            cadres, visits = [], 0
    if cadres:
        yield cadres


def _on_record(visits: list[Visit], cadres: list[int]) -> type_of_taken:
    first = min(visit.starts_on for visit in visits)
    last = max(visit.ends_on for visit in visits)
    rows = LedgerEntry.objects.filter(live=True, cadre__in=cadres, date__range=(first, last))
    taken: type_of_taken = defaultdict(list)
    for cadre, day, half, code in rows.order_by("code").values_list(
        "cadre", "date", "half", "code"
    ):
        taken[cadre, day, half].append(code)
    return taken


def _shared(run: Run, visits: list[Visit], taken: type_of_taken) -> list[Visit]:
    """Return the visits, in order of code, that meet one before them; warn of each pair."""
    shared = []
    for visit in visits:
        if not keeping.is_live(visit):
            continue
        slots = [(visit.cadre_id, day, half) for day, half in visit.slots()]
        met = dict.fromkeys(code for slot in slots for code in taken[slot])
        for code in met:
            sentence = _("Visits %(one)s and %(other)s overlap; %(other)s comes in as shared.")
            run.warn(sentence % {"one": quoted(code), "other": quoted(visit.code)})
        if met:
            visit.shared = True
            shared.append(visit)
        for slot in slots:
            taken[slot].append(visit.code)
    return shared
