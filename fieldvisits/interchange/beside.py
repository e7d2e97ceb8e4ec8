"""The product and the confirmation of an imported visit: papers of their own, that go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import ResponsibleUnits
from fieldvisits.choices import Confirmation, ProductState
from fieldvisits.models import ConfirmationRequest, Product, Regulation, Step
from fieldvisits.models.regulation import version_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from accounts.interchange.journal import Journal
    from accounts.models import Person
    from fieldvisits.ledger.keeping import Benches
    from fieldvisits.models import Visit

BATCH = 500
IMPORTED = "imported"


def write_history(steps: Iterable[Step], now: datetime) -> None:
    """One row each: taken over in the state it came in."""
    rows = list(steps)
    for row in rows:
        row.name, row.at, row.number = IMPORTED, now, 1
    Step.objects.bulk_create(rows, batch_size=BATCH)


@dataclass
class PapersBeside:
    """Makes them for many visits; what is read is read once, and only if it is needed."""

    journal: Journal
    now: datetime
    benches: Benches
    superior: Callable[[Visit], Person | None]
    regulations: list[Regulation] = field(
        default_factory=lambda: list(Regulation.objects.order_by("first_year"))
    )
    _units: ResponsibleUnits | None = None

    def take_over(self, visits: list[Visit]) -> None:
        products = [self._product(v) for v in visits if v.product != ProductState.NONE]
        Product.objects.bulk_create(products, batch_size=BATCH)
        self.journal.made(products, ("version",))
        write_history((Step(product_id=row.pk, after=row.state) for row in products), self.now)
        asked = [self._request(v) for v in visits if v.confirmation != Confirmation.NONE]
        ConfirmationRequest.objects.bulk_create(asked, batch_size=BATCH)
        self.journal.made(asked, ("version",))
        write_history((Step(confirmation_id=row.pk, after=row.state) for row in asked), self.now)

    def _product(self, visit: Visit) -> Product:
        days = version_for(self.regulations, visit.ends_on.year).product_due_days
        submitted = visit.product == ProductState.SUBMITTED
        return Product(
            visit_id=visit.pk,
            department_id=self._department(visit),
            state=visit.product,
            superior=self.superior(visit) if submitted else None,
            due_on=visit.ends_on + timedelta(days=days),
            version=1,
            moved_at=self.now,
            created_at=self.now,
        )

    def _request(self, visit: Visit) -> ConfirmationRequest:
        today = timezone.localdate(self.now)
        days = version_for(self.regulations, today.year).confirmation_days
        if self._units is None:
            self._units = ResponsibleUnits.read()
        return ConfirmationRequest(
            visit_id=visit.pk,
            unit_id=self._asked(visit, self._units, today),
            department_id=self._department(visit),
            state=visit.confirmation,
            due_on=today + timedelta(days=days),
            disputed_on=today if visit.confirmation == Confirmation.DISPUTED else None,
            version=1,
            moved_at=self.now,
            created_at=self.now,
        )

    @staticmethod
    def _asked(visit: Visit, units: ResponsibleUnits, today: date) -> int:
        """Who answered is on record; what still waits goes to who answers today."""
        if visit.confirmation == Confirmation.ASKED:
            return units.answering(visit.unit_id, visit.starts_on, today)
        return units.of(visit.unit_id, visit.starts_on)

    def _department(self, visit: Visit) -> int | None:
        return self.benches.on(visit.cadre_id, visit.ends_on).department_id
