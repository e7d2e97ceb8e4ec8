"""Reports that came in: those one may see, filtered, with what waits and what nobody read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Q
from django.utils import timezone

from accounts.choices import Body, Office
from accounts.models import Appointment, Person, Portfolio
from fieldvisits.models import Regulation
from fieldvisits.overview.words import department_name
from reports import permissions
from reports.models.report import DRAFT, SUBMITTED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reports.models.report import Report, ReportQuerySet


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    report: Any
    department: str
    can_act: bool


def received(model: Any, person: Person, wanted: dict[str, Any]) -> ReportQuerySet:
    """Reports of others that ``person`` may see, narrowed by the filter; latest first."""
    rows = model.objects.visible_to(person).exclude(person=person).exclude(state=DRAFT)
    if wanted["waiting"] == "me":
        rows = rows.waiting_for(person)
    elif wanted["waiting"] == "unread":
        rows = unread(rows, person, timezone.localdate())
    for name in ("year", "number", "quarter_number", "state"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted["department"]:
        rows = rows.filter(department=wanted["department"])
    if wanted["person"]:
        rows = rows.filter(person__in=Person.objects.matching(wanted["person"]).values("pk"))
    number = "number" if wanted["of"] == "weekly" else "quarter_number"
    return (
        rows.select_related("person", "superior")
        .annotate(
            department_name=department_name("department", timezone.localdate(), field="short_name")
        )
        .order_by("-year", f"-{number}", "-submitted_at", "-pk")
    )


def lines(reports: Iterable[Report], person: Person) -> list[ReceivedLine]:
    return [
        ReceivedLine(
            report,
            report.department_name or "",  # type: ignore[attr-defined]  # annotated
            bool(
                report.state == SUBMITTED
                and report.superior_id
                and permissions.superior_of_report(person, report)
            ),
        )
        for report in reports
    ]


def unread(
    rows: ReportQuerySet, person: Person, today: date, regulation: Regulation | None = None
) -> ReportQuerySet:
    """Of ``rows``, those that a superior under ``person`` has left unread too long (R10)."""
    limit = (regulation or Regulation.objects.for_year(today.year)).unread_days
    return rows.unread_since(timezone.now() - timedelta(days=limit)).filter(
        superior_is_under(person, today)
    )


def superior_is_under(person: Person, today: date) -> Q:
    """Reports whose superior has ``person`` as superior: ``Superiors.of``, as one condition.

    The desk asks it among others, so it costs no query of its own.
    """
    offices = person.offices(today)
    heads = Appointment.objects.on(today).filter(body=Body.DEPARTMENT, office=Office.HEAD)
    members = Appointment.objects.on(today).filter(
        body=Body.STANDING_COMMITTEE, person__is_active=True
    )
    heads = heads.exclude(person__in=members.values("person"))
    under = Q(superior__in=heads.filter(department__in=offices.portfolio_ids).values("person"))
    if offices.is_secretary:
        taken = Portfolio.objects.on(today).filter(person__in=members.values("person"))
        rest = heads.exclude(department__in=taken.values("department"))
        others = members.exclude(office=Office.SECRETARY)
        under |= Q(superior__in=rest.values("person")) | Q(superior__in=others.values("person"))
    deputies = members.filter(office=Office.DEPUTY_SECRETARY)
    first = deputies.order_by("starts_on", "person__sort_key", "pk").values("pk")[:1]
    secretary = members.filter(office=Office.SECRETARY).values("person")
    am_first = Exists(Appointment.objects.filter(pk__in=first, person=person))
    return under | (Q(superior__in=secretary) & Q(am_first))
