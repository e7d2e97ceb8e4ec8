"""UBKT's list: planned, approved, reported, confirmed, beside each other for every past visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Subquery

from accounts.models import Person, Unit
from accounts.words import date_range
from fieldvisits import checks
from fieldvisits.choices import NOBODY
from fieldvisits.models import ConfirmationRequest, Step, Visit
from fieldvisits.models.visit import PUBLIC_STATES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from fieldvisits.models.visit import VisitQuerySet

PAGE = 50


@dataclass(frozen=True)
class ExceptionLine:
    visit: Any
    unit: str
    may_ask: bool

    @property
    def days(self) -> str:
        return date_range(self.visit.starts_on, self.visit.ends_on)

    @property
    def proposed(self) -> str:
        """The days the unit names instead, if it corrected them."""
        first, last = self.visit.said_from, self.visit.said_to
        return date_range(first, last) if first and last else ""


def past_visits(person: Person, today: date, wanted: dict[str, Any]) -> VisitQuerySet:
    """Past visits UBKT may ask about, others than one's own, narrowed by the filter."""
    rows = Visit.objects.filter(state__in=PUBLIC_STATES, ends_on__lt=today).exclude(cadre=person)
    if wanted["show"] == NOBODY:
        stranded = ConfirmationRequest.objects.at_ended_units(today)
        rows = rows.filter(pk__in=stranded.values("visit"))
    elif wanted["show"]:
        rows = rows.filter(confirmation=wanted["show"])
    if wanted["year"]:
        rows = rows.filter(starts_on__year=wanted["year"])
    if wanted["person"]:
        rows = rows.filter(cadre__in=Person.objects.matching(wanted["person"]).values("pk"))
    if wanted["unit"]:
        rows = rows.filter(unit__in=Unit.objects.matching(wanted["unit"]).values("pk"))
    return rows


def in_list_order(rows: VisitQuerySet, today: date) -> VisitQuerySet:
    """The latest first, with what a line says of each: two queries whatever their number."""
    stranded = ConfirmationRequest.objects.at_ended_units(today).filter(visit=OuterRef("pk"))
    request = ConfirmationRequest.objects.filter(visit=OuterRef("pk")).order_by("-pk")
    approved = Step.objects.filter(visit=OuterRef("pk"), name="approve").order_by("-number")
    reported = Step.objects.filter(visit=OuterRef("pk"), name="report").order_by("-number")
    return (
        rows.annotate(
            request_pk=Subquery(request.values("pk")[:1]),
            request_due=Subquery(request.values("due_on")[:1]),
            said=Subquery(request.values("remark")[:1]),
            said_from=Subquery(request.values("proposed_from")[:1]),
            said_to=Subquery(request.values("proposed_to")[:1]),
            replied_at=Subquery(request.values("cadre_answered_at")[:1]),
            approved_at=Subquery(approved.values("at")[:1]),
            reported_at=Subquery(reported.values("at")[:1]),
            nobody_answers=Exists(stranded),
        )
        .select_related("cadre", "unit")
        .prefetch_related("unit__versions")
        .order_by("-starts_on", "-pk")
    )


def line(visit: Visit, today: date) -> ExceptionLine:
    unit = visit.unit.name_on(visit.starts_on)
    return ExceptionLine(visit, unit, not checks.may_be_asked(visit, today))


def every_line(rows: VisitQuerySet, today: date) -> Iterable[ExceptionLine]:
    for visit in in_list_order(rows, today).iterator(chunk_size=500):
        yield line(visit, today)
