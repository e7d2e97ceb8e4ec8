"""Why a claimed half-day counts, or does not: one code per entry, the first that applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Collate

from fieldvisits.choices import Confirmation, DayReason, VisitState
from fieldvisits.ledger import conditions
from fieldvisits.models import LedgerEntry

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def with_reason(entries: QuerySet[LedgerEntry], as_of: date) -> QuerySet[LedgerEntry]:
    """Annotate ``reason``, a ``DayReason`` code, as it stands at the end of ``as_of``."""
    collation = "C" if connection.vendor == "postgresql" else "BINARY"
    counted_by_another = LedgerEntry.objects.annotate(plain_code=Collate("code", collation)).filter(
        conditions.ACCEPTED,
        cadre=OuterRef("cadre"),
        date=OuterRef("date"),
        half=OuterRef("half"),
        plain_code__lt=Collate(OuterRef("code"), collation),
    )
    past = Q(date__lte=as_of)
    return entries.annotate(
        reason=Case(
            When(state=VisitState.DECLINED, then=Value(DayReason.DECLINED)),
            When(state=VisitState.CANCELLED, then=Value(DayReason.CANCELLED)),
            When(confirmation=Confirmation.DENIED, then=Value(DayReason.DENIED)),
            When(counts=False, then=Value(DayReason.EVENT_ATTENDANCE)),
            When(past & Q(state=VisitState.PROPOSED), then=Value(DayReason.NOT_APPROVED)),
            When(past & conditions.AWAITING, then=Value(DayReason.NOT_REPORTED)),
            When(past & Q(state=VisitState.REPORTED), then=Value(DayReason.NOT_ACCEPTED)),
            When(past & conditions.PROVISIONAL, then=Value(DayReason.PRODUCT_OUTSTANDING)),
            When(date__gt=as_of, then=Value(DayReason.AHEAD)),
            When(Exists(counted_by_another), then=Value(DayReason.SAME_SLOT)),
            default=Value(DayReason.COUNTED),
            output_field=CharField(),
        )
    )
