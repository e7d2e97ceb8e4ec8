"""Who belongs to a department and owes visits, with exemptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.choices import Body, ExemptionReason, Office
from accounts.models import Appointment, Exemption

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from accounts.models import Person


@dataclass(frozen=True, slots=True)
class Member:
    person: Person
    department_id: int | None
    office: str
    away: str = ""  # the reason in words, if exempted on the day
    away_until: date | None = None

    @property
    def is_head(self) -> bool:
        return self.office == Office.HEAD


def members_on(day: date, *departments: int | None) -> list[Member]:
    """Return those in scope on ``day``, by name; of every department if none is named.

    A department of None stands for committee members who belong to no department. One
    query.
    """
    rows = Appointment.objects.on(day).filter(person__in_scope=True, person__is_active=True)
    in_department = Q(body=Body.DEPARTMENT)
    elsewhere = Appointment.objects.on(day).filter(person=OuterRef("person"), body=Body.DEPARTMENT)
    on_committee = Q(body=Body.STANDING_COMMITTEE) & ~Exists(elsewhere)
    if departments:
        in_department &= Q(department__in=[pk for pk in departments if pk is not None])
        wanted = in_department | on_committee if None in departments else in_department
    else:
        wanted = in_department | on_committee
    return [
        Member(
            person=row.person,
            department_id=row.department_id,
            office=row.office,
            away=str(ExemptionReason(row.away).label) if row.away else "",  # type: ignore[attr-defined]  # annotated
            away_until=row.away_until,  # type: ignore[attr-defined]  # annotated
        )
        for row in _with_exemption(rows.filter(wanted), day)
    ]


def _with_exemption(rows: QuerySet[Appointment], day: date) -> QuerySet[Appointment]:
    away = Exemption.objects.on(day).filter(person=OuterRef("person")).order_by("-starts_on")
    return (
        rows.annotate(
            away=Subquery(away.values("reason")[:1]),
            away_until=Subquery(away.values("ends_on")[:1]),
        )
        .select_related("person")
        .order_by("person__sort_key", "person__code")
    )
