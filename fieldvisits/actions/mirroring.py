"""What a visit repeats of its product and its confirmation, since every total asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from fieldvisits.actions.door import hold
from fieldvisits.ledger import keeping
from fieldvisits.models import Visit

if TYPE_CHECKING:
    from fieldvisits.models import ConfirmationRequest, Product


@transaction.atomic
def hold_visit(visit: Visit) -> None:
    """The cadre's turn, then the visit's row: the order of every step that touches days."""
    keeping.take_turn([visit.cadre_id])
    hold(visit)


@transaction.atomic
def mirror_product(product: Product) -> None:
    """Repeat the product's state on its visit, which is held, and book the days anew."""
    visit = product.visit
    visit.product = product.state
    Visit.objects.filter(pk=visit.pk).update(product=product.state)
    keeping.book([visit])


@transaction.atomic
def mirror_confirmation(request: ConfirmationRequest) -> None:
    """The same for the confirmation; the visit follows the latest request alone."""
    visit = request.visit
    if visit.confirmations.filter(pk__gt=request.pk).exists():
        return
    visit.confirmation = request.state
    Visit.objects.filter(pk=visit.pk).update(confirmation=request.state)
    keeping.book([visit])
