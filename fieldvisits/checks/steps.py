"""What has to be so before a step of a paper's path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import superior
from accounts.quorum import quorum_on
from fieldvisits.checks.rows import LEAST_WORDS, Problem, day, visit_problems
from fieldvisits.choices import PlanState, VisitState
from fieldvisits.models import Plan, Regulation, Visit
from fieldvisits.models.plan import AFTER_FORWARD

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.models import Dossier, Paper, Sitting
    from fieldvisits.models.plan import PlanQuerySet


def nothing(_paper: Paper) -> None:
    """There is nothing to check."""


def _fail(problems: list[ValidationError]) -> None:
    if problems:
        raise ValidationError(problems)


def plan_ready_to_submit(plan: Plan) -> None:
    """R5, R7, R17: something to decide, concrete, registered before its day, somebody to decide."""
    today = timezone.localdate()
    visits = plan.visits.live().in_order().select_related("unit").prefetch_related("unit__versions")
    opens_on = Regulation.objects.for_year(plan.year).registration_opens_on(plan.quarter)
    decides = superior(plan.cadre, today, department_id=plan.department_id)
    _fail(plan_problems(plan, list(visits), opens_on=opens_on, decides=decides, today=today))


def plan_problems(
    plan: Plan, visits: list[Visit], *, opens_on: date, decides: Person | None, today: date
) -> list[ValidationError]:
    """Everything that keeps a plan back; what is wrong with a row has the code ``visit-<pk>``."""
    problems = []
    if not visits:
        problems.append(ValidationError(_("There is no visit in the plan yet."), code="empty"))
    if today < opens_on:
        problems.append(
            ValidationError(
                _("Registration for this quarter opens on %(day)s.") % {"day": day(opens_on)},
                code="not_open",
            )
        )
    if decides is None:
        problems.append(
            ValidationError(
                _("Nobody holds the office that agrees to this plan."), code="no_superior"
            )
        )
    for visit in visits:
        label = f"{day(visit.starts_on)}, {visit.unit.name_on(visit.starts_on)}"
        problems += [
            ValidationError(f"{label}: {problem.message}", code=f"visit-{visit.pk}")
            for problem in _row_problems(visit, plan, today)
        ]
    return problems


def _row_problems(visit: Visit, plan: Plan, today: date) -> list[Problem]:
    found = visit_problems(visit, plan.quarter)
    if visit.registered_on is None and visit.starts_on <= today:
        found.append(
            Problem(
                "starts_on",
                _(
                    "The day has come already. A visit has to stand in a submitted plan "
                    "before its first day; otherwise it goes the ad hoc way."
                ),
            )
        )
    return found


def dossier_ready_to_forward(dossier: Dossier) -> None:
    """R6: the meeting is part of it; who is missing is said."""
    problems = []
    if dossier.met_on is None:
        problems.append(
            ValidationError(_("Enter the day of the department meeting."), code="field-met_on")
        )
    elif dossier.met_on > timezone.localdate():
        problems.append(
            ValidationError(_("The department meeting lies in the future."), code="field-met_on")
        )
    if not dossier.present.strip():
        problems.append(
            ValidationError(_("Say who took part in the meeting."), code="field-present")
        )
    if not agreed_plans(dossier).exists():
        problems.append(ValidationError(_("No plan has been agreed to yet."), code="empty"))
    if dossier.round == 0 and unfinished_plans(dossier).exists() and not dossier.missing_reason:
        problems.append(
            ValidationError(
                _("Some plans are not agreed to yet. Say why the dossier goes without them."),
                code="field-missing_reason",
            )
        )
    _fail(problems)


def agreed_plans(dossier: Dossier) -> PlanQuerySet:
    """The plans that go with the dossier when it is forwarded."""
    return (
        Plan.objects.own()
        .for_quarter(dossier.quarter)
        .filter(department=dossier.department_id, state=PlanState.AGREED)
    )


def unfinished_plans(dossier: Dossier) -> PlanQuerySet:
    """Plans of the department begun, but neither agreed to nor forwarded."""
    return (
        Plan.objects.own()
        .for_quarter(dossier.quarter)
        .filter(department=dossier.department_id)
        .exclude(state__in=(PlanState.AGREED, *AFTER_FORWARD))
    )


def visit_ready_to_report(visit: Visit) -> None:
    """R10, R18: over, said concretely, and no half-day that was not approved."""
    problems = []
    if visit.ends_on > timezone.localdate():
        problems.append(
            ValidationError(
                _("The visit ends on %(day)s; it can be reported from that day on.")
                % {"day": day(visit.ends_on)},
                code="field-ends_on",
            )
        )
    if len(visit.result.split()) < LEAST_WORDS:
        problems.append(
            ValidationError(
                _("Say concretely what was done and what came out of it."), code="field-result"
            )
        )
    _fail(problems)


def sitting_ready_to_close(sitting: Sitting) -> None:
    """R7: quorum, and no line open."""
    problems = []
    presences = list(sitting.presences.all())
    present = [row for row in presences if row.is_present]
    needed = quorum_on(sitting.held_on, len(presences))
    if len(present) < needed:
        problems.append(
            ValidationError(
                _("%(present)d of %(all)d members are present; %(needed)d are needed.")
                % {"present": len(present), "all": len(presences), "needed": needed},
                code="quorum",
            )
        )
    if not any(row.member_id == sitting.chair_id for row in present):
        problems.append(ValidationError(_("The chair is not among those present."), code="chair"))
    left = sitting.lines.undecided().filter(visit__state=VisitState.PROPOSED).count()
    if left:
        problems.append(
            ValidationError(
                _("%(count)d lines have not been decided yet; decide or defer them.")
                % {"count": left},
                code="open_lines",
            )
        )
    _fail(problems)


def notice_has_its_number(sitting: Sitting) -> None:
    """The number that is given now, once: before the step the sitting had none."""
    if not sitting.notice_number:
        _fail([ValidationError(_("The notice needs a number."), code="field-notice_number")])
