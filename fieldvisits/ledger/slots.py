"""From ledger entries to half-days to counts: the only place where days are added up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import Case, IntegerField, Max, Min, Q, TextField, Value, When
from django.db.models.functions import Collate, Concat

from accounts.prepared import Prepared
from fieldvisits.choices import COUNTING_KINDS, Origin
from fieldvisits.ledger import conditions
from fieldvisits.models import LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

# Sorts below every character of a code, so "A" + mark comes before "A1" + mark.
_MARK = "\x1f"


class Bench(NamedTuple):
    """Where a cadre belonged on a date."""

    department_id: int | None
    on_committee: bool


@dataclass(slots=True)
class Counts:
    """Half-days. Nothing here is cut at a day; the caller chooses the dates."""

    planned: int = 0
    approved: int = 0
    standing: int = 0
    awaiting: int = 0
    carried_out: int = 0
    accepted: int = 0
    provisional: int = 0
    confirmed: int = 0
    ad_hoc: int = 0
    event_attendance: int = 0
    denied: int = 0
    thematic: int = 0
    joint_activity: int = 0
    inspection: int = 0
    congress_guidance: int = 0
    session_attendance: int = 0
    working_session: int = 0

    def add(self, other: Counts) -> None:
        for name in COUNT_NAMES:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def as_dict(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in COUNT_NAMES}


COUNT_NAMES = tuple(item.name for item in fields(Counts))
KIND_NAMES = tuple(kind.value for kind in COUNTING_KINDS)


@dataclass(frozen=True, slots=True)
class Slot:
    """One half-day of one cadre, with what holds for it."""

    cadre_id: int
    date: date
    bench: Bench
    counts: Counts = field(compare=False)


def _any(condition: Q) -> Max:
    return Max(Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField()))


def _first(condition: Q, what: str) -> Min:
    """The ``what`` of the entry with the lowest code, by Unicode code point."""
    collation = "C" if connection.vendor == "postgresql" else "BINARY"
    pair = Collate(Concat("code", Value(_MARK), what, output_field=TextField()), collation)
    return Min(Case(When(condition, then=pair), output_field=TextField()))


def read_slots(entries: QuerySet[LedgerEntry]) -> list[Slot]:
    """Return the distinct half-days of ``entries``, in one query."""
    return [_slot(row) for row in _grouped(entries)]


def read_slots_of(cadre_id: int, first: date, last: date) -> list[Slot]:
    """Return one cadre's half-days from ``first`` to ``last``: what every booking asks."""
    return [_slot(row) for row in _of_a_cadre(cadre_id=cadre_id, first=first, last=last)]


def _grouped(entries: QuerySet[LedgerEntry]) -> QuerySet[Any, Any]:
    return (
        entries.order_by()
        .values("cadre_id", "date", "half", "department_id", "on_committee")
        .annotate(
            planned=_any(conditions.PLANNED),
            approved=_any(conditions.APPROVED),
            standing=_any(conditions.STANDING),
            awaiting=_any(conditions.AWAITING),
            carried_out=_any(conditions.CARRIED_OUT),
            accepted=_any(conditions.ACCEPTED),
            provisional=_any(conditions.PROVISIONAL),
            confirmed=_any(conditions.CONFIRMED),
            was_denied=_any(conditions.DENIED),
            attended=_any(conditions.EVENT_ATTENDANCE),
            accepted_kind=_first(conditions.ACCEPTED, "kind"),
            done_origin=_first(conditions.CARRIED_OUT, "origin"),
        )
    )


def _entries_of(cadre_id: int, first: date, last: date) -> QuerySet[Any, Any]:
    return _grouped(LedgerEntry.objects.filter(cadre_id=cadre_id, date__range=(first, last)))


_of_a_cadre = Prepared(_entries_of, cadre_id=int, first=date, last=date)


def _slot(row: Mapping[str, object]) -> Slot:
    done, accepted = bool(row["carried_out"]), bool(row["accepted"])
    lost = not done and bool(row["was_denied"])
    counts = Counts(
        planned=int(bool(row["planned"])),
        approved=int(bool(row["approved"])),
        standing=int(bool(row["standing"])),
        awaiting=int(bool(row["awaiting"]) and not done),
        carried_out=int(done),
        accepted=int(accepted),
        provisional=int(bool(row["provisional"]) and not accepted),
        confirmed=int(bool(row["confirmed"])),
        ad_hoc=int(_tail(row["done_origin"]) == Origin.AD_HOC),
        denied=int(lost),
        event_attendance=int(not done and not lost and bool(row["attended"])),
    )
    if accepted:
        setattr(counts, _tail(row["accepted_kind"]), 1)
    return Slot(
        cadre_id=row["cadre_id"],  # type: ignore[arg-type]  # values() rows are untyped
        date=row["date"],  # type: ignore[arg-type]  # values() rows are untyped
        bench=Bench(row["department_id"], bool(row["on_committee"])),  # type: ignore[arg-type]  # values() rows are untyped
        counts=counts,
    )


def _tail(pair: object) -> str:
    return str(pair).rpartition(_MARK)[2] if pair else ""


def by_month(slots: Iterable[Slot]) -> dict[tuple[int, date, Bench], Counts]:
    """Add half-days up per (cadre, first day of the month, bench)."""
    totals: defaultdict[tuple[int, date, Bench], Counts] = defaultdict(Counts)
    for slot in slots:
        totals[slot.cadre_id, slot.date.replace(day=1), slot.bench].add(slot.counts)
    return dict(totals)
