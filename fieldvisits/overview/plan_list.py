"""The list of plans: my own, the quarters I may open, and those that wait for me."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone

from fieldvisits import permissions
from fieldvisits.calendar import Quarter
from fieldvisits.choices import PlanState
from fieldvisits.models import LedgerEntry, Plan, Regulation
from fieldvisits.overview.plan import with_names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models import Person

LEFT_OUT = ("declined", "cancelled")


@dataclass(frozen=True)
class PlanLine:
    plan: Plan
    half_days: int
    due_on: date
    today: date

    @property
    def is_late(self) -> bool:
        """Not submitted and overdue, or first submitted after the due day (R5)."""
        if self.plan.first_submitted_at:
            return timezone.localdate(self.plan.first_submitted_at) > self.due_on
        return self.plan.is_with_cadre and self.today > self.due_on


@dataclass(frozen=True)
class OpenQuarter:
    """A quarter whose plan can be begun."""

    quarter: Quarter
    due_on: date
    is_late: bool


@dataclass(frozen=True)
class PlanList:
    own: list[PlanLine]
    waiting: list[PlanLine]
    to_open: list[OpenQuarter]


def plan_list(person: Person, *, today: date, year: int | None, state: str) -> PlanList:
    """Own plans in the filter, quarters to open, plans to decide: a constant number of queries."""
    regulations = list(Regulation.objects.order_by("first_year"))
    mine = list(with_names(Plan.objects.own().filter(cadre=person)).with_counts())
    waiting = _waiting_for(person)
    halves = _half_days([*mine, *waiting])
    shown = [plan for plan in mine if year in (None, plan.year) and state in ("", plan.state)]

    def lines(plans: Iterable[Plan]) -> list[PlanLine]:
        return [
            PlanLine(plan, halves.get(plan.pk, 0), _due(plan.quarter, regulations), today)
            for plan in plans
        ]

    have = {plan.quarter for plan in mine}
    return PlanList(
        own=lines(shown),
        waiting=lines(waiting),
        to_open=[one for one in _open(today, regulations) if one.quarter not in have],
    )


def openable(today: date) -> list[Quarter]:
    """The current quarter, and the next one from the day its registration opens (R5)."""
    return [one.quarter for one in _open(today, list(Regulation.objects.order_by("first_year")))]


def _open(today: date, regulations: list[Regulation]) -> list[OpenQuarter]:
    current = Quarter.of(today)
    quarters = [current]
    if _of_year(current.next.year, regulations).registration_opens_on(current.next) <= today:
        quarters.append(current.next)
    dues = [(quarter, _due(quarter, regulations)) for quarter in quarters]
    return [OpenQuarter(quarter, due, today > due) for quarter, due in dues]


def _of_year(year: int, regulations: list[Regulation]) -> Regulation:
    """As ``Regulation.objects.for_year``, over rows already read."""
    past = [row for row in regulations if row.first_year <= year]
    return past[-1] if past else regulations[0]


def _due(quarter: Quarter, regulations: list[Regulation]) -> date:
    return _of_year(quarter.year, regulations).plan_due_on(quarter)


def _waiting_for(person: Person) -> list[Plan]:
    """Submitted plans this person decides on today."""
    submitted = Plan.objects.own().visible_to(person).filter(state=PlanState.SUBMITTED)
    rows = with_names(submitted.exclude(cadre=person)).with_counts().order_by("first_submitted_at")
    return [plan for plan in rows if permissions.superior_of_plan(person, plan)]


def _half_days(plans: list[Plan]) -> dict[int, int]:
    """Half-days that could count, by plan: each once for its cadre (R18)."""
    return dict(
        LedgerEntry.objects.filter(
            visit__plan__in=[plan.pk for plan in plans], counts=True, shared=False
        )
        .exclude(state__in=LEFT_OUT)
        .order_by()
        .values("visit__plan")
        .annotate(half_days=Count("pk", filter=Q(counts=True)))
        .values_list("visit__plan", "half_days")
    )
