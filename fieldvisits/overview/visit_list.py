"""Lists of visits: filtered, paged without counting, the same rows for the screen and the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import DepartmentVersion, Person, Unit
from accounts.models.department import taken_over_by
from fieldvisits import permissions
from fieldvisits.choices import Origin, VisitState
from fieldvisits.models import LedgerEntry, Visit
from fieldvisits.overview.words import department_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from fieldvisits.models.visit import VisitQuerySet

PAGE = 50
WAYS = {"ad_hoc": Q(origin=Origin.AD_HOC), "afterwards": Q(approved_afterwards=True)}


@dataclass(frozen=True)
class VisitLine:
    visit: Visit
    unit: str
    department: str


def departments_on(day: date) -> list[tuple[int, str]]:
    """Every department there ever was, by the name it has or had last."""
    names = dict(
        DepartmentVersion.objects.filter(starts_on__lte=day)
        .order_by("starts_on")
        .values_list("department", "name")
    )
    return sorted(names.items(), key=lambda pair: pair[1])


def chosen_visits(person: Person, wanted: dict[str, Any]) -> VisitQuerySet:
    """The visits ``person`` may see, narrowed by the filter."""
    rows = Visit.objects.visible_to(person).filter(WAYS.get(wanted["way"], Q()))
    if wanted["whose"] == "mine":
        rows = rows.filter(cadre=person)
    if wanted["waiting"] == "me":
        rows = _waiting(person)
    for name in ("state", "kind"):
        if wanted[name]:
            rows = rows.filter(**{name: wanted[name]})
    if wanted["year"]:
        rows = rows.filter(starts_on__year=wanted["year"])
    if wanted["quarter"]:
        first = 3 * wanted["quarter"] - 2
        rows = rows.filter(starts_on__month__range=(first, first + 2))
    if wanted["unit"]:
        rows = rows.filter(unit__in=Unit.objects.matching(wanted["unit"]).values("pk"))
    if wanted["person"]:
        rows = rows.filter(cadre__in=Person.objects.matching(wanted["person"]).values("pk"))
    if wanted["department"]:
        days = LedgerEntry.objects.filter(visit=OuterRef("pk"), department=wanted["department"])
        rows = rows.filter(Exists(days))
    return rows


def _waiting(person: Person) -> VisitQuerySet:
    """Reported, of people this person may be the superior of; who really is, is asked per row."""
    offices = person.offices(timezone.localdate())
    if not (offices.headed_id or offices.is_on_committee):
        return Visit.objects.none()  # a superior is one only as long as in office
    mine = {person.pk, *offices.away_ids}
    of_mine = Q(superior__in=mine)
    if offices.headed_id:
        ended = taken_over_by(offices.headed_id, offices.on)
        of_mine |= Q(ledger__department=offices.headed_id) | Q(ledger__department__in=ended)
    if offices.portfolio_ids:
        of_mine |= Q(ledger__department__in=offices.portfolio_ids)
    if offices.is_on_committee:
        of_mine |= Q(ledger__on_committee=True)
    found = Visit.objects.filter(of_mine, state=VisitState.REPORTED).exclude(cadre__in=mine)
    return Visit.objects.visible_to(person).filter(pk__in=found.values("pk"))


def in_list_order(rows: VisitQuerySet) -> VisitQuerySet:
    """The latest first, with what ``line`` reads of each."""
    where = LedgerEntry.objects.filter(visit=OuterRef("pk")).order_by("-date").values("department")
    return (
        rows.annotate(at_department=where[:1])
        .annotate(department_name=department_name("at_department", "starts_on", field="short_name"))
        .select_related("cadre", "unit")
        .prefetch_related("unit__versions")
        .order_by("-starts_on", "-pk")
    )


def every_line(rows: VisitQuerySet) -> Iterable[VisitLine]:
    """All rows of the filter, for the file, a few at a time."""
    for visit in in_list_order(rows).iterator(chunk_size=500):
        yield line(visit)


def line(visit: Visit) -> VisitLine:
    department = visit.department_name or ""  # type: ignore[attr-defined]  # annotated
    return VisitLine(visit, visit.unit.name_on(visit.starts_on), department)


def acceptable(visits: Iterable[Visit], person: Person) -> list[Visit]:
    """Those of ``visits``, as lists read them, that this person decides on today."""
    visits = list(visits)
    for visit in visits:  # read with the list: the department on the last day
        visit.__dict__["_department_id"] = visit.at_department  # type: ignore[attr-defined]  # annotated
    return [visit for visit in visits if permissions.superior_of_visit(person, visit)]
