"""What the committee knows about the line in focus before it decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from fieldvisits.choices import Decision
from fieldvisits.ledger import conditions
from fieldvisits.ledger.totals import totals
from fieldvisits.models import LedgerEntry, Regulation

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.overview.agenda import Agenda, Line


@dataclass(frozen=True, slots=True)
class Facts:
    """In half-days; the figures of the cadre only for who may see them."""

    visits_at_unit: int
    half_days_at_unit: int
    accepted: int | None
    forecast: int
    target: int


def facts_of(line: Line, viewer: Person, agenda: Agenda) -> Facts:
    visit, today = line.visit, timezone.localdate()
    year = visit.starts_on.year
    at_unit = LedgerEntry.objects.filter(
        conditions.CARRIED_OUT, unit=visit.unit_id, date__range=(date(year, 1, 1), today)
    ).aggregate(visits=Count("visit", distinct=True), half_days=Count("pk"))
    accepted, forecast, target = None, 0, 0
    offices = viewer.offices(today)
    if offices.sees_all_departments:
        regulation = Regulation.objects.for_year(year)
        first, last = regulation.window(year)
        found = totals(first, last, today, cadre_ids=[visit.cadre_id]).values()
        accepted = sum(part.accepted for part in found)
        forecast = sum(part.forecast for part in found) + _on_agenda(agenda, visit.cadre_id)
        target = 2 * regulation.target_days
    return Facts(at_unit["visits"], at_unit["half_days"], accepted, forecast, target)


def _on_agenda(agenda: Agenda, cadre_id: int) -> int:
    """Half-days of the cadre that this sitting may still agree to."""
    visits = [
        line.visit
        for line in agenda.lines
        if line.visit.cadre_id == cadre_id and line.line.decision != Decision.DECLINE
    ]
    return len({slot for visit in visits if visit.counted_half_days for slot in visit.slots()})
