"""Keep the ledger and the monthly totals true, in the transaction of what changed.

Every change to one cadre's days first advances that cadre's ``CadreLedger`` row: on
PostgreSQL this is a row lock until the end of the transaction, on SQLite the write
lock is taken anyway. So two changes to one cadre never count past each other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.choices import Body
from accounts.models import Appointment
from fieldvisits.choices import COUNTING_KINDS, DEAD_STATES, Confirmation
from fieldvisits.ledger.slots import Bench, by_month, read_slots, read_slots_of
from fieldvisits.models import CadreLedger, LedgerEntry, MonthTotal, Visit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

BATCH = 2000


def take_turn(cadre_ids: Iterable[int]) -> None:
    """Make changes to these cadres' days wait for each other until the transaction ends."""
    for cadre_id in sorted(set(cadre_ids)):
        rows = CadreLedger.objects.filter(pk=cadre_id)
        if not rows.update(version=F("version") + 1):
            CadreLedger.objects.bulk_create([CadreLedger(pk=cadre_id)], ignore_conflicts=True)
            rows.update(version=F("version") + 1)


@dataclass(frozen=True)
class Benches:
    """Where cadres belonged, on any day; read once for many."""

    departments: dict[int, list[Appointment]]
    committee: dict[int, list[Appointment]]

    @classmethod
    def of(cls, cadre_ids: Collection[int] | None = None) -> Benches:
        """Read the appointments of ``cadre_ids``; of everybody if None."""
        rows = Appointment.objects.filter(body__in=[Body.DEPARTMENT, Body.STANDING_COMMITTEE])
        if cadre_ids is not None:
            rows = rows.filter(person__in=cadre_ids)
        departments: defaultdict[int, list[Appointment]] = defaultdict(list)
        committee: defaultdict[int, list[Appointment]] = defaultdict(list)
        for row in rows.order_by("starts_on"):
            (departments if row.body == Body.DEPARTMENT else committee)[row.person_id].append(row)
        return cls(dict(departments), dict(committee))

    def on(self, cadre_id: int, day: date) -> Bench:
        """A department first; the committee only for members without one."""
        for row in self.departments.get(cadre_id, []):
            if row.covers(day):
                return Bench(row.department_id, on_committee=False)
        member = any(row.covers(day) for row in self.committee.get(cadre_id, []))
        return Bench(None, on_committee=member)


def is_live(visit: Visit) -> bool:
    """Whether the visit keeps others out of its half-days (R18)."""
    return (
        visit.kind in COUNTING_KINDS
        and visit.state not in DEAD_STATES
        and visit.confirmation != Confirmation.DENIED
    )


def entries_of(visit: Visit, benches: Benches) -> list[LedgerEntry]:
    """The ledger entries this visit should have: pure, nothing is written."""
    counts, live = visit.kind in COUNTING_KINDS, is_live(visit)
    rows = []
    for day, half in visit.slots():
        bench = benches.on(visit.cadre_id, day)
        rows.append(
            LedgerEntry(
                visit_id=visit.pk,
                cadre_id=visit.cadre_id,
                date=day,
                half=half,
                code=visit.code,
                unit_id=visit.unit_id,
                department_id=bench.department_id,
                on_committee=bench.on_committee,
                kind=visit.kind,
                counts=counts,
                origin=visit.origin,
                state=visit.state,
                product=visit.product,
                confirmation=visit.confirmation,
                live=live,
                shared=visit.shared,
            )
        )
    return rows


@transaction.atomic
def book(visits: Collection[Visit]) -> None:
    """Rewrite the entries of ``visits`` and the totals they touch.

    Raises ``ValidationError`` if an unshared half-day is already taken.
    """
    if not visits:
        return
    cadres = {visit.cadre_id for visit in visits}
    take_turn(cadres)
    benches = Benches.of(cadres)
    old = LedgerEntry.objects.filter(visit__in=[visit.pk for visit in visits])
    touched = {(row["cadre_id"], row["date"]) for row in old.values("cadre_id", "date").distinct()}
    old.delete()
    rows = [row for visit in visits for row in entries_of(visit, benches)]
    touched |= {(row.cadre_id, row.date) for row in rows}
    try:
        with transaction.atomic():
            LedgerEntry.objects.bulk_create(rows, batch_size=BATCH)
    except IntegrityError as error:
        raise ValidationError(
            _("Another visit already takes one of these half-days."), code="slot_taken"
        ) from error
    add_up({(cadre_id, day.replace(day=1)) for cadre_id, day in touched})


@transaction.atomic
def strike(visit: Visit) -> None:
    """Take a visit out of the ledger: it is about to be deleted (a draft's row)."""
    take_turn([visit.cadre_id])
    months = {day.replace(day=1) for day, _half in visit.slots()}
    months |= {day.replace(day=1) for day in visit.ledger.values_list("date", flat=True)}
    visit.ledger.all().delete()
    add_up({(visit.cadre_id, month) for month in months})


def add_up(months: Collection[tuple[int, date]]) -> None:
    """Recount the monthly totals of these (cadre, first day of month) from the ledger."""
    if not months:
        return
    by_cadre: defaultdict[int, list[date]] = defaultdict(list)
    for cadre_id, month in months:
        by_cadre[cadre_id].append(month)
    cadres = sorted(by_cadre)
    for start in range(0, len(cadres), 100):
        _add_up({cadre: by_cadre[cadre] for cadre in cadres[start : start + 100]})


def _add_up(by_cadre: dict[int, list[date]]) -> None:
    spans = [
        (cadre_id, min(months), _month_end(max(months))) for cadre_id, months in by_cadre.items()
    ]
    in_ledger, in_totals = Q(), Q()
    for cadre_id, first, last in spans:
        in_totals |= Q(cadre_id=cadre_id, month__in=by_cadre[cadre_id])
        in_ledger |= Q(cadre_id=cadre_id, date__range=(first, last))
    wanted = {(cadre_id, month) for cadre_id, months in by_cadre.items() for month in months}
    if len(spans) == 1:
        slots = read_slots_of(*spans[0])
    else:
        slots = read_slots(LedgerEntry.objects.filter(in_ledger))
    counted = by_month(slots)
    MonthTotal.objects.filter(in_totals).delete()
    MonthTotal.objects.bulk_create(
        [
            MonthTotal(
                cadre_id=cadre_id,
                month=month,
                department_id=bench.department_id,
                on_committee=bench.on_committee,
                **counts.as_dict(),
            )
            for (cadre_id, month, bench), counts in counted.items()
            if (cadre_id, month) in wanted
        ],
        batch_size=BATCH,
    )


def _month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@transaction.atomic
def rebook(cadre_ids: Collection[int]) -> None:
    """Rewrite all entries of these cadres: their appointments have changed."""
    ids = sorted(set(cadre_ids))
    for start in range(0, len(ids), 200):
        some = ids[start : start + 200]
        book(list(Visit.objects.filter(cadre__in=some).order_by("cadre", "code")))
