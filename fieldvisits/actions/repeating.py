"""A planned row once more each week, up to a day; what cannot be is left out and said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldvisits.actions.plans import WRITTEN, save_visit
from fieldvisits.calendar import days_from
from fieldvisits.choices import HolidayKind
from fieldvisits.models import Holiday, Visit

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.calendar import type_of_holiday
    from fieldvisits.models import Plan

WEEK = timedelta(days=7)
type_of_result = tuple[list[Visit], list[str]]


@transaction.atomic
def repeat_visit(visit: Visit, *, plan: Plan, until: date, by: Person) -> type_of_result:
    """Write the row again for every week up to ``until``; return new rows and what was left out.

    Raises ``ValidationError`` if ``until`` lies outside the plan's quarter or brings nothing.
    """
    last = plan.quarter.last_day
    if until not in plan.quarter:
        raise ValidationError(
            {"until": _("The last week has to lie in the quarter: at the latest %(day)s.")
             % {"day": f"{last:%d/%m/%Y}"}}
        )  # fmt: skip
    if until < visit.starts_on + WEEK:
        raise ValidationError(
            {"until": _("The day lies less than a week after the row; nothing would be repeated.")}
        )
    holidays = Holiday.objects.between(visit.starts_on, until + (visit.ends_on - visit.starts_on))
    made: list[Visit] = []
    left: list[str] = []
    shift = WEEK
    while visit.starts_on + shift <= until:
        row = _shifted(visit, shift)
        try:
            _require_fit(row, plan, holidays)
            with transaction.atomic():
                made.append(save_visit(row, plan=plan, by=by))
        except ValidationError as error:
            left.append(f"{row.starts_on:%d/%m/%Y}: {' '.join(error.messages)}")
        shift += WEEK
    return made, left


def preview_repeat(visit: Visit, *, plan: Plan, until: date, by: Person) -> type_of_result:
    """What ``repeat_visit`` would give, with the same checks; nothing is kept."""
    with transaction.atomic():
        result = repeat_visit(visit, plan=plan, until=until, by=by)
        transaction.set_rollback(True)
    return result


def _shifted(visit: Visit, shift: timedelta) -> Visit:
    row = Visit(**{name: getattr(visit, name) for name in WRITTEN if name != "team"})
    row.starts_on, row.ends_on = visit.starts_on + shift, visit.ends_on + shift
    return row


def _require_fit(row: Visit, plan: Plan, holidays: type_of_holiday) -> None:
    """Days off are planned by hand; what has gone by cannot be planned; nothing comes twice."""
    off = [
        day for day in days_from(row.starts_on, row.ends_on) if holidays.get(day) == HolidayKind.OFF
    ]
    if off:
        raise ValidationError(_("a day off; add the row by hand if the visit takes place."))
    if row.starts_on <= timezone.localdate():
        raise ValidationError(_("the day has come already."))
    same = plan.visits.live().filter(unit=row.unit, starts_on=row.starts_on, session=row.session)
    if same.exists():
        raise ValidationError(_("the row stands in the plan already."))
