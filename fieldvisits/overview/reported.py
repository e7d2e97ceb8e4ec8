"""Ad-hoc visits decided by one member between sittings, as they are told to a sitting (R8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.models import Unit
from accounts.words import date_range
from fieldvisits.choices import Session, SittingState, VisitKind
from fieldvisits.models import AdHocRequest, Version
from fieldvisits.overview.words import department_name

if TYPE_CHECKING:
    from fieldvisits.models import Sitting


@dataclass(frozen=True, slots=True)
class Reported:
    """One decision, with the visit as it was then: a closed sitting always tells the same."""

    request: AdHocRequest
    content: dict[str, Any]
    unit: str
    department: str

    @property
    def days(self) -> str:
        days = date_range(
            *(date.fromisoformat(self.content[at]) for at in ("starts_on", "ends_on"))
        )
        session = self.content["session"]
        return days if session == Session.FULL else f"{days}, {Session(session).label}"

    @property
    def kind(self) -> str:
        return str(VisitKind(self.content["kind"]).label)

    @property
    def decided_on(self) -> date | None:
        at = self.request.moved_at
        return timezone.localdate(at) if at else None


def reported_to(sitting: Sitting) -> list[Reported]:
    """What the sitting was told; of an open one, what it will be told if it closes now."""
    rows = sitting.requests_reported.all()
    if sitting.state == SittingState.OPEN:
        rows = AdHocRequest.objects.to_be_reported()
    frozen = Version.objects.filter(request=OuterRef("pk")).order_by("-number")
    found = list(
        rows.select_related("visit__cadre", "decided_alone_by")
        .annotate(
            frozen=Subquery(frozen.values("content")[:1]),
            department_name=department_name("department", sitting.held_on),
        )
        .order_by("moved_at", "pk")
    )
    contents = [request.frozen["visit"] for request in found]
    codes = {content["unit"] for content in contents}
    units = {
        unit.code: unit for unit in Unit.objects.filter(code__in=codes).prefetch_related("versions")
    }
    return [
        Reported(
            request=request,
            content=content,
            unit=units[content["unit"]].name_on(date.fromisoformat(content["starts_on"])),
            department=request.department_name or "",
        )
        for request, content in zip(found, contents, strict=True)
    ]
