"""All departments of a quarter: how far their dossiers are, and who is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from accounts.choices import COMMITTEE_CODE
from fieldvisits import workflow
from fieldvisits.models import Dossier, Plan, Regulation, Visit
from fieldvisits.overview.dossier import distinct_half_days, round_name
from fieldvisits.overview.members import Member, members_on
from fieldvisits.overview.names import DepartmentNames
from fieldvisits.overview.words import since

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Department, Person
    from fieldvisits.calendar import Quarter
    from fieldvisits.workflow import Transition


@dataclass(frozen=True, slots=True)
class Row:
    """One round of one department, or a department of which nothing has come yet."""

    name: str
    code: str
    dossier: Dossier | None
    round_name: str
    half_days: int
    people: int
    missing: list[Member]
    away: int
    since: str
    is_late: bool
    steps: list[Transition]


@dataclass(frozen=True)
class Overview:
    rows: list[Row]
    due_on: date
    half_days: int

    def count(self, state: str) -> int:
        return sum(row.dossier is not None and row.dossier.state == state for row in self.rows)

    @property
    def not_forwarded(self) -> int:
        return sum(row.dossier is None for row in self.rows)


def overview(viewer: Person, quarter: Quarter, today: date) -> Overview:
    """Every department of the quarter, as far as ``viewer`` sees its dossiers."""
    read = _Read(viewer, quarter, today)
    rows = [
        read.row(department, dossier)
        for department in read.departments()
        for dossier in read.rounds(department)
    ]
    return Overview(rows, read.due_on, sum(row.half_days for row in rows))


class _Read:
    def __init__(self, viewer: Person, quarter: Quarter, today: date) -> None:
        self.viewer, self.quarter, self.today = viewer, quarter, today
        self.day = min(today, quarter.last_day)
        self.names = DepartmentNames.read()
        self.due_on = Regulation.objects.for_year(quarter.year).plan_due_on(quarter)
        self.dossiers: defaultdict[int | None, list[Dossier]] = defaultdict(list)
        for dossier in Dossier.objects.visible_to(viewer).for_quarter(quarter).order_by("round"):
            self.dossiers[dossier.department_id].append(dossier)
        self.members: defaultdict[int | None, list[Member]] = defaultdict(list)
        for member in members_on(self.day):
            self.members[member.department_id].append(member)
        self.cadres: defaultdict[int, set[int]] = defaultdict(set)
        self.sent: set[int] = set()
        self.half_days: defaultdict[int, int] = defaultdict(int)
        self._read_plans()

    def _read_plans(self) -> None:
        plans = Plan.objects.visible_to(self.viewer).own().for_quarter(self.quarter)
        plans = plans.filter(dossier__isnull=False)
        for cadre_id, dossier_id in plans.values_list("cadre", "dossier"):
            self.cadres[dossier_id].add(cadre_id)
            self.sent.add(cadre_id)
        visits = Visit.objects.live().filter(plan__in=plans.values("pk"))
        by_person: defaultdict[tuple[int, int], list[Visit]] = defaultdict(list)
        for visit in visits.annotate(dossier_id=F("plan__dossier_id")):
            by_person[visit.dossier_id, visit.cadre_id].append(visit)
        for (dossier_id, _cadre), own in by_person.items():
            self.half_days[dossier_id] += distinct_half_days(own)

    def rounds(self, department: Department | None) -> list[Dossier | None]:
        """The dossiers of a department that the viewer sees; one empty line if there is none."""
        return [*self.dossiers[department.pk if department else None]] or [None]

    def departments(self) -> list[Department | None]:
        found: list[Department | None] = [*self.names.existing_on(self.day)]
        if self.members[None] or self.dossiers[None]:
            found.append(None)
        return found

    def row(self, department: Department | None, dossier: Dossier | None) -> Row:
        pk = department.pk if department else None
        without = [member for member in self.members[pk] if member.person.pk not in self.sent]
        return Row(
            name=self.names.full(pk, self.quarter.first_day),
            code=department.code if department else COMMITTEE_CODE,
            dossier=dossier,
            round_name=round_name(dossier.round) if dossier else "",
            half_days=self.half_days[dossier.pk] if dossier else 0,
            people=len(self.cadres[dossier.pk]) if dossier else 0,
            missing=[member for member in without if not member.away],
            away=sum(bool(member.away) for member in without),
            since=since(dossier.moved_at, self.today) if dossier else "",
            is_late=self._is_late(dossier),
            steps=workflow.open_to(self.viewer, dossier) if dossier else [],
        )

    def _is_late(self, dossier: Dossier | None) -> bool:
        """Forwarded after the last day of registration; later rounds always are."""
        if dossier is None:
            return self.today > self.due_on
        if dossier.round or dossier.forwarded_at is None:
            return False
        return timezone.localdate(dossier.forwarded_at) > self.due_on
