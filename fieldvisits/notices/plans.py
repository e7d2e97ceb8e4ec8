"""Who is told of the steps of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fieldvisits.notices.telling import tell_step

if TYPE_CHECKING:
    from fieldvisits.models import Plan, Step


def _of_plan(plan: Plan) -> dict[str, object]:
    return {"name": plan.cadre, "quarter": plan.quarter.roman, "year": plan.year}


def _plan_submitted(plan: Plan, step: Step) -> None:
    subject = _("%(name)s submits the plan for quarter %(quarter)s/%(year)d for agreement")
    tell_step(plan.superior, "to_decide", plan, step, subject, _of_plan(plan))


def _plan_returned(plan: Plan, step: Step) -> None:
    subject = _("Your plan for quarter %(quarter)s/%(year)d has been returned")
    tell_step(plan.cadre, "returned", plan, step, subject, _of_plan(plan))


def _plan_withdrawn(plan: Plan, step: Step) -> None:
    subject = _("%(name)s has withdrawn the plan for quarter %(quarter)s/%(year)d")
    tell_step(plan.superior, "decided", plan, step, subject, _of_plan(plan))


def _agreement_taken_back(plan: Plan, step: Step) -> None:
    subject = _("Your plan for quarter %(quarter)s/%(year)d is being looked at once more")
    tell_step(plan.cadre, "decided", plan, step, subject, _of_plan(plan))


TELL = {
    ("plan", "submit"): _plan_submitted,
    ("plan", "return"): _plan_returned,
    ("plan", "withdraw"): _plan_withdrawn,
    ("plan", "take_back"): _agreement_taken_back,
}
