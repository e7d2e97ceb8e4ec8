"""Carrier plans: what imported visits hang on, one per cadre and quarter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import Person
from accounts.permissions import Superiors
from fieldvisits.calendar import Quarter
from fieldvisits.choices import PlanState, VisitState
from fieldvisits.interchange.beside import BATCH, PapersBeside, write_history
from fieldvisits.ledger.keeping import Benches
from fieldvisits.models import Plan, Step, Visit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from accounts.interchange.journal import Journal

_WITH_SUPERIOR = (VisitState.REPORTED, VisitState.ACCEPTED)


@dataclass
class Carriers:
    """Writes imported visits with their plans and their one row of history each."""

    journal: Journal
    now: datetime = field(default_factory=lambda: timezone.now())  # noqa: PLW0108 -- asked when it runs
    benches: Benches = field(default_factory=Benches.of)
    superiors: Superiors = field(default_factory=lambda: Superiors.of_day(timezone.localdate()))
    plans: dict[tuple[int, Quarter], int] | None = None
    beside: PapersBeside = field(init=False)
    _deciders: dict[tuple[int, int | None], Person | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.beside = PapersBeside(self.journal, self.now, self.benches, self._superior)

    def take_over(self, visits: list[Visit]) -> None:
        self._make_plans(visits)
        for visit in visits:
            visit.plan_id = self._plans()[visit.cadre_id, visit.quarter]
            visit.version, visit.moved_at, visit.created_at = 1, self.now, self.now
            if visit.state in _WITH_SUPERIOR:
                visit.superior = self._superior(visit)
        Visit.objects.bulk_create(visits, batch_size=BATCH)
        self.journal.made(visits, ("version",))
        self._write_history(Step(visit_id=visit.pk, after=visit.state) for visit in visits)
        self.beside.take_over(visits)

    def _plans(self) -> dict[tuple[int, Quarter], int]:
        if self.plans is None:
            rows = Plan.objects.filter(is_carrier=True).order_by()
            self.plans = {
                (cadre, Quarter(year, number)): pk
                for pk, cadre, year, number in rows.values_list(
                    "pk", "cadre_id", "year", "quarter_number"
                )
            }
        return self.plans

    def _make_plans(self, visits: list[Visit]) -> None:
        missing = {
            (visit.cadre_id, visit.quarter): visit
            for visit in reversed(visits)
            if (visit.cadre_id, visit.quarter) not in self._plans()
        }
        made = [
            Plan(
                cadre_id=cadre,
                department_id=self.benches.on(cadre, visit.starts_on).department_id,
                year=quarter.year,
                quarter_number=quarter.number,
                state=PlanState.SETTLED,
                is_carrier=True,
                version=1,
                moved_at=self.now,
                created_at=self.now,
            )
            for (cadre, quarter), visit in missing.items()
        ]
        Plan.objects.bulk_create(made, batch_size=BATCH)
        self.journal.made(made, ("version",))
        self._write_history(Step(plan_id=plan.pk, after=plan.state) for plan in made)
        self._plans().update({(plan.cadre_id, plan.quarter): plan.pk for plan in made})

    def _write_history(self, steps: Iterable[Step]) -> None:
        write_history(steps, self.now)

    def _superior(self, visit: Visit) -> Person | None:
        """Who would decide on the report today (R17)."""
        key = visit.cadre_id, self.benches.on(visit.cadre_id, visit.ends_on).department_id
        if key not in self._deciders:
            self._deciders[key] = self.superiors.of(Person(pk=key[0]), key[1])
        return self._deciders[key]
