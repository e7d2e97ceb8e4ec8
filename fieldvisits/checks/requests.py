"""What an ad-hoc request and a logged attendance have to say (R8, R3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import superior
from fieldvisits.checks.rows import (
    LEAST_WORDS,
    Problem,
    date_problems,
    day,
    slot_problems,
    unit_problems,
    visit_problems,
)
from fieldvisits.choices import VisitKind, VisitState
from fieldvisits.models import Regulation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldvisits.models import AdHocRequest, Visit


def last_day_in_time(visit: Visit) -> date:
    """Until when an urgent visit may be written up (R8): three calendar days, by default."""
    regulation = Regulation.objects.for_year(visit.ends_on.year)
    return visit.ends_on + timedelta(days=regulation.urgent_days)


def written_on(visit: Visit) -> date:
    """Since when it has stood in a request that was sent, with its dates; else today."""
    return visit.registered_on or timezone.localdate()


def request_problems(request: AdHocRequest, visit: Visit) -> list[Problem]:
    """Everything wrong with a request as typed; ``visit`` is what it asks for."""
    found = visit_problems(visit, None)
    if not found:
        found += slot_problems(visit, apart_from=request.replaces)
        found += _late_problems(request, visit)
    if len(request.reason.split()) < LEAST_WORDS:
        found.append(
            Problem("reason", _("Say in a sentence why this visit could not stand in a plan."))
        )
    if request.replaces is not None:
        found += _replacing_problems(request.replaces, visit)
    return found


def _late_problems(request: AdHocRequest, visit: Visit) -> Iterable[Problem]:
    limit = last_day_in_time(visit)
    if written_on(visit) > limit and not request.late_reason.strip():
        yield Problem(
            "late_reason",
            _(
                "An urgent visit is written up by %(day)s at the latest. Later only a sitting "
                "decides on it: say why it was written up so late."
            )
            % {"day": day(limit)},
        )


def _replacing_problems(replaced: Visit, visit: Visit) -> Iterable[Problem]:
    if replaced.cadre_id != visit.cadre_id or replaced.state != VisitState.APPROVED:
        yield Problem("", _("Only an approved visit of your own can be replaced."))
    elif replaced.unit_id == visit.unit_id and replaced.quarter == visit.quarter:
        yield Problem(
            "unit",
            _(
                "Another day at the same unit in the same quarter is an amendment; ask the head "
                "for it."
            ),
        )


def request_ready(request: AdHocRequest) -> None:
    """R8: concrete, in time or with the reason why not, and somebody to endorse it."""
    visit = request.visit
    problems = [
        ValidationError(problem.message, code=f"field-{problem.field}")
        for problem in request_problems(request, visit)
    ]
    today = timezone.localdate()
    if superior(visit.cadre, today, department_id=request.department_id) is None:
        problems.append(
            ValidationError(
                _("Nobody holds the office that endorses this request."), code="no_superior"
            )
        )
    if problems:
        raise ValidationError(problems)


def attendance_problems(visit: Visit) -> list[Problem]:
    """R3: over, at a unit that was there, with what was attended and in which role."""
    found = list(date_problems(visit, None))
    if visit.ends_on > timezone.localdate():
        found.append(
            Problem("ends_on", _("An attendance is logged once it is over, not beforehand."))
        )
    if len(visit.content.split()) < LEAST_WORDS:
        found.append(Problem("content", _("Say which activity it was, and who organised it.")))
    if not visit.role.strip():
        found.append(Problem("role", _("Say what your role in the activity was.")))
    if visit.kind != VisitKind.EVENT_ATTENDANCE:
        found.append(Problem("kind", _("Only attending an activity is logged here.")))
    return found or list(unit_problems(visit.unit, visit.starts_on, visit.ends_on))


def attendance_ready_to_log(visit: Visit) -> None:
    problems = attendance_problems(visit)
    if problems:
        raise ValidationError(
            [ValidationError(one.message, code=f"field-{one.field}") for one in problems]
        )
