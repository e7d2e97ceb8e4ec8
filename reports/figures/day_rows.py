"""How every half-day of a person was counted, and why not: one row per visit and half-day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldvisits.choices import DayReason
from fieldvisits.ledger.reasons import with_reason
from fieldvisits.models import LedgerEntry, Regulation

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from accounts.models import Person


@dataclass(frozen=True, slots=True)
class DayRow:
    date: date
    half: str
    half_label: StrOrPromise
    visit_id: int
    code: str
    unit_name: str  # as it was on the date
    kind: str
    kind_label: StrOrPromise
    reason: DayReason

    @property
    def sentence(self) -> StrOrPromise:
        return self.reason.label

    @property
    def counted(self) -> bool:
        return self.reason == DayReason.COUNTED


def day_rows(
    person: Person, year: int, as_of: date, *, span: tuple[date, date] | None = None
) -> tuple[DayRow, ...]:
    """Return every claimed half-day of the year's window in order. Four queries; one less
    where the first and the last day of the window (``span``) have been read already.
    """
    days = span or Regulation.objects.for_year(year).window(year)
    entries = LedgerEntry.objects.filter(cadre=person, date__range=days)
    entries = entries.select_related("unit").prefetch_related("unit__versions")
    return tuple(
        DayRow(
            date=entry.date,
            half=entry.half,
            half_label=entry.get_half_display(),
            visit_id=entry.visit_id,
            code=entry.code,
            unit_name=entry.unit.name_on(entry.date),
            kind=entry.kind,
            kind_label=entry.get_kind_display(),
            reason=DayReason(entry.reason),  # type: ignore[attr-defined]  # annotated just below
        )
        for entry in with_reason(entries, as_of).order_by("date", "half", "code")
    )
