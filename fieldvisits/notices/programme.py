"""An activity of the programme is cancelled: whoever planned a visit for it is told (R23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models import ProgrammeActivity


def tell_cancelled(activity: ProgrammeActivity, *, by: Person) -> None:
    """Once per visit still ahead; the visit itself stands until somebody changes it."""
    ahead = activity.visits.live().filter(ends_on__gte=activity.closed_on)
    for visit in ahead.select_related("cadre").order_by("pk"):
        if visit.cadre_id == by.pk or not visit.cadre.is_active:
            continue
        notify(
            visit.cadre,
            kind="decided",
            subject=_("Cancelled in the programme of the year: %(activity)s"),
            body=_("Your visit %(code)s hangs on it and stands. %(reason)s"),
            values={
                "activity": activity.title,
                "code": visit.code,
                "reason": activity.closing_note,
            },
            key=f"activity-cancelled:{activity.pk}:{activity.revision}:{visit.pk}",
            url=visit.get_absolute_url(),
        )
