"""What an administrator does when something is stuck: send again, let somebody in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axes.utils import reset
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.events import record
from accounts.choices import DeliveryState, EventKind
from accounts.models import Delivery, Person
from accounts.permissions_administration import require_administrator

if TYPE_CHECKING:
    from collections.abc import Collection

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
def let_in_again(email: str, *, reason: str, by: Person) -> int:
    """Forget the wrong passwords for one address, wherever they came from; return how many.

    On record with the account. Raises ``ValidationError`` without a reason.
    """
    require_administrator(by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    removed: int = reset(username=email) if email else 0
    person = Person.objects.filter(email__iexact=email).first() if removed else None
    if person is not None:  # nobody of ours has the address: there is no account to write it to
        record(person, EventKind.LET_IN_AGAIN, by=by, note=reason)
    return removed
