"""Who may arrange that somebody leaves or is exempted, and act for who has left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Body
from accounts.models import Appointment
from accounts.permissions import ALLOWED, Verdict, as_head, denied
from fieldvisits.models import Regulation
from fieldvisits.permissions.papers import department_of

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.models import Visit


def arranges_people(by: Person) -> Verdict:
    """The administrator, and TCKT."""
    offices = by.offices(timezone.localdate())
    if offices.is_administrator or offices.is_coordinator:
        return ALLOWED
    return denied(
        _("Only the Organisation and Inspection department and the administrator may do this.")
    )


def releases_visit(by: Person, _visit: Visit) -> Verdict:
    """A visit falls away because its cadre leaves or is exempted."""
    return arranges_people(by)


def left_on(person_id: int, today: date) -> date | None:
    """The last day in a department or on the committee, of somebody who holds neither today."""
    rows = Appointment.objects.filter(
        Q(body=Body.DEPARTMENT) | Q(body=Body.STANDING_COMMITTEE), person=person_id
    )
    ends = list(rows.filter(starts_on__lte=today).values_list("ends_on", flat=True))
    if any(last is None or last >= today for last in ends):
        return None
    return max((last for last in ends if last), default=None)


def reports_visit(by: Person, visit: Visit) -> Verdict:
    """The cadre; for one who has left, the head for some days more, on their behalf."""
    if visit.cadre_id == by.pk:
        return ALLOWED
    today = timezone.localdate()
    reason = _("Only the cadre whose paper it is may do this.")
    verdict = as_head(by, department_of(visit), today, owner_id=visit.cadre_id, otherwise=reason)
    if not verdict:
        return verdict
    last = left_on(visit.cadre_id, today)
    if last is None:
        return denied(reason)
    until = last + timedelta(days=Regulation.objects.on(last).leaver_days)
    if today > until:
        return denied(
            _("What a comrade who left has done can be reported on their behalf until %(day)s.")
            % {"day": f"{until:%d/%m/%Y}"}
        )
    return replace(verdict, on_behalf_of_id=visit.cadre_id)
