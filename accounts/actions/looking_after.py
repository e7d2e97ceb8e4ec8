"""What an administrator does when something is stuck: send again, let somebody in again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from axes.utils import reset
from django.db import transaction
from django.utils import timezone

from accounts.choices import DeliveryState
from accounts.models import Delivery
from accounts.permissions_administration import require_administrator

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import Person

log = logging.getLogger(__name__)

# What carries a link that only its mail may know: sent again it would come without one, so its
# sender makes a new one.
NOT_AGAIN = frozenset({"account"})


@transaction.atomic
def send_again(ids: Collection[int], *, by: Person) -> int:
    """Make failed messages due now, with all attempts before them; return how many.

    One that has been sent, or waits for its next attempt, stays as it is: the state is part of
    the condition, so a second press sends nothing twice.
    """
    require_administrator(by)
    failed = Delivery.objects.filter(pk__in=ids, state=DeliveryState.FAILED)
    failed = failed.exclude(item__kind__in=NOT_AGAIN)
    return failed.update(
        state=DeliveryState.PENDING, attempts=0, due_at=timezone.now(), claim="", claimed_at=None
    )


@transaction.atomic
def let_in_again(email: str, *, by: Person) -> int:
    """Forget the wrong passwords for one address, wherever they came from; return how many."""
    require_administrator(by)
    removed: int = reset(username=email) if email else 0
    if removed:
        log.info("person %s let somebody in again who had been locked out", by.pk)
    return removed
