"""What an activity of the year's programme, and a visit attached to one, has to say (R23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.choices import Body
from accounts.models import Appointment
from fieldvisits.checks.rows import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldvisits.models import ProgrammeActivity, Visit


def activity_problems(activity: ProgrammeActivity) -> Iterable[Problem]:
    """Everything wrong with a line of the programme as typed."""
    if activity.ends_on < activity.starts_on:
        yield Problem("ends_on", _("The last day lies before the first."))
    elif activity.ends_on.year > activity.starts_on.year + 1:
        yield Problem("ends_on", _("An activity ends at the latest in the year after it began."))
    if not activity.title.strip():
        yield Problem("title", _("Give the activity a title."))
    if activity.person_id is not None and not _belongs(activity):
        yield Problem(
            "person", _("The person in charge has to belong to the department in charge.")
        )
    unit = activity.host_unit
    if unit is not None and not unit.exists_on(activity.starts_on):
        yield Problem(
            "host_unit",
            _("%(unit)s does not exist on %(day)s.")
            % {"unit": unit, "day": f"{activity.starts_on:%d/%m/%Y}"},
        )


def _belongs(activity: ProgrammeActivity) -> bool:
    """At some time from the first day on; the programme is drawn up long before."""
    rows = Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=activity.starts_on),
        body=Body.DEPARTMENT,
        person=activity.person_id,
        department=activity.department_id,
    )
    return rows.exists()


def attachment_problems(visit: Visit) -> Iterable[Problem]:
    """A visit attaches to an activity of its own year that was not cancelled."""
    activity = visit.activity
    if activity is None:
        return
    if activity.is_cancelled:
        yield Problem(
            "activity",
            _("This activity was cancelled on %(day)s. Choose another one, or none.")
            % {"day": f"{activity.closed_on:%d/%m/%Y}"},
        )
    elif visit.starts_on.year not in (activity.starts_on.year, activity.ends_on.year):
        yield Problem(
            "activity",
            _("This activity belongs to the programme of %(year)d.") % {"year": activity.year},
        )
