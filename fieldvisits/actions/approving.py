"""What an approval does to a visit, whoever decided: a sitting, or one member on a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fieldvisits.actions import confirmations, products, unit_notices
from fieldvisits.actions.door import hold, take
from fieldvisits.choices import VisitState

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.models import AdHocRequest, Visit


def approve(
    visit: Visit, *, by: Person, on: date, comment: str = "", changes: dict[str, Any] | None = None
) -> list[Visit]:
    """Approve a visit on a day; return the visits whose days have to be booked anew.

    The caller has the cadre's turn. Raises as ``take`` does, and ``ValidationError`` if the
    visit was to replace one that has been reported meanwhile.
    """
    written = {"approved_afterwards": visit.starts_on <= on, **(changes or {})}
    asked = visit.ad_hoc_request
    replaced = _give_way(asked, by=by) if asked else []
    if asked and asked.replaces and shares_half_days(asked.replaces, visit):
        written["shared"] = False  # the half-days are its own from now on
    take(visit, "approve", by=by, comment=comment, changes=written)
    products.owe(visit)
    unit_notices.send_ahead(visit, by=by)
    return [*replaced, visit]


def shares_half_days(one: Visit, other: Visit) -> bool:
    return bool(set(one.slots()) & set(other.slots()))


def _give_way(request: AdHocRequest, *, by: Person) -> list[Visit]:
    """Cancel the visit this request takes the place of, if it still stands (R8)."""
    replaced = request.replaces
    if replaced is None:
        return []
    hold(replaced)
    if replaced.state == VisitState.CANCELLED:
        return []
    if replaced.state != VisitState.APPROVED:
        raise ValidationError(
            _("Visit %(code)s, which this one was to replace, has been reported meanwhile.")
            % {"code": replaced.code}
        )
    said = _("Replaced by the ad-hoc visit %(code)s.") % {"code": request.visit.code}
    take(replaced, "replace", by=by, comment=said)
    unit_notices.lapse(replaced, by=by)
    confirmations.lapse(replaced, by=by)
    return [replaced]
