"""Lists of ad-hoc requests: those that wait for a person, and all one may see (R8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts.models import Person, Unit
from fieldvisits.choices import RequestState
from fieldvisits.models import AdHocRequest
from fieldvisits.overview.words import department_name
from fieldvisits.permissions import requests as may

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldvisits.models.request import AdHocRequestQuerySet

PAGE = 50


@dataclass(frozen=True, slots=True)
class RequestLine:
    request: AdHocRequest
    unit: str
    department: str


def line(request: AdHocRequest) -> RequestLine:
    unit = request.visit.unit.name_on(request.visit.starts_on)
    return RequestLine(request, unit, request.department_name or "")  # type: ignore[attr-defined]  # annotated


def chosen_requests(person: Person, wanted: dict[str, Any]) -> AdHocRequestQuerySet:
    """The requests ``person`` may see, narrowed by the filter; the year is that of the visit."""
    rows = AdHocRequest.objects.visible_to(person)
    for name in ("state", "department"):
        if wanted[name]:
            rows = rows.filter(**{name: wanted[name]})
    if wanted["year"]:
        rows = rows.filter(visit__starts_on__year=wanted["year"])
    if text := wanted["text"]:
        rows = rows.filter(
            Q(visit__cadre__in=Person.objects.matching(text).values("pk"))
            | Q(visit__unit__in=Unit.objects.matching(text).values("pk"))
            | Q(visit__code__icontains=text)
        )
    return rows


def listed(rows: AdHocRequestQuerySet) -> AdHocRequestQuerySet:
    """In the order of the list, with what ``line`` reads of each."""
    return (
        rows.for_lists()
        .annotate(
            department_name=department_name("department", "visit__starts_on", field="short_name")
        )
        .order_by("-created_at", "-pk")
    )


def every_line(rows: AdHocRequestQuerySet) -> Iterator[RequestLine]:
    """All rows of the filter, for the file, a few at a time."""
    for request in listed(rows).iterator(chunk_size=500):
        yield line(request)


def waiting_for(person: Person) -> list[RequestLine]:
    """Requests this person endorses or decides on today; the oldest first."""
    rows = listed(AdHocRequest.objects.visible_to(person).waiting().exclude(visit__cadre=person))
    ask = {
        RequestState.REQUESTED: may.endorses,
        RequestState.ENDORSED: may.is_in_charge,
    }
    waiting = rows.order_by("moved_at", "pk")
    return [line(row) for row in waiting if ask[RequestState(row.state)](person, row)]
