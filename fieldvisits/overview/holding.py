"""The line every paper opens with: its state, who holds it, since when, what happens next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.looks import look_of
from fieldvisits.choices import (
    Confirmation,
    DossierState,
    PlanState,
    RequestState,
    VisitKind,
    VisitState,
)
from fieldvisits.choices import ProductState as Product
from fieldvisits.overview.words import comrade, due, short, since

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.models import AdHocRequest, Plan, Visit


def of_plan(plan: Plan, decides: Person | None, *, due_on: date, today: date) -> dict[str, Any]:
    tone, shape = look_of("plan", plan.state)
    holder, next_step = _plan_holder(plan, decides, due_on, today)
    return {
        "state_label": plan.get_state_display(),
        "tone": tone,
        "shape": shape,
        "holder": capfirst(holder),
        "since": since(plan.moved_at or plan.created_at, today),
        "next_step": next_step,
    }


def _plan_holder(plan: Plan, decides: Person | None, due_on: date, today: date) -> tuple[str, str]:
    match plan.state:
        case PlanState.DRAFT | PlanState.RETURNED:
            to = comrade(decides) or _("whoever agrees to it")
            step = _("Submit to %(name)s %(due)s") % {"name": to, "due": due(due_on, today)}
            return _("%(name)s, who writes it") % {"name": comrade(plan.cadre)}, step
        case PlanState.SUBMITTED:
            step = _("Agree or return; then it goes into the department's dossier")
            return comrade(decides), step
        case PlanState.AGREED:
            return comrade(decides), _("Goes along when the department's dossier is forwarded")
        case PlanState.IN_DOSSIER:
            return _dossier_holder(plan)
    return "", _("Carry out the approved visits and report their results")


def _dossier_holder(plan: Plan) -> tuple[str, str]:
    if plan.dossier and plan.dossier.state == DossierState.BEFORE_COMMITTEE:
        return _("the Standing Committee"), _("Decided line by line at the next sitting")
    return (
        _("the Organisation and Inspection department"),
        _("Checked for completeness, then put before the Standing Committee"),
    )


def owes_product(visit: Visit) -> bool:
    """A thematic visit whose product has not been accepted: its days are provisional (R4)."""
    return visit.kind == VisitKind.THEMATIC and visit.product != Product.ACCEPTED


def was_not_carried_out(visit: Visit) -> bool:
    """Cancelled after its last day: approved, and it did not take place."""
    if visit.state != VisitState.CANCELLED or visit.moved_at is None:
        return False
    return visit.ends_on < timezone.localdate(visit.moved_at)


def of_visit(
    visit: Visit, decides: Person | None, *, result_due: date, today: date
) -> dict[str, Any]:
    tone, shape = look_of("visit", visit.state)
    holder, next_step = _visit_holder(visit, decides, result_due, today)
    if visit.state == VisitState.APPROVED and today > result_due:
        tone, shape = "bad", "late"
    elif visit.state == VisitState.ACCEPTED and owes_product(visit):
        tone, shape = "warn", "due"
    gone = was_not_carried_out(visit)
    return {
        "state_label": _("Not carried out") if gone else visit.get_state_display(),
        "tone": tone,
        "shape": shape,
        "holder": capfirst(holder),
        "since": since(visit.moved_at, today),
        "next_step": next_step,
    }


def _visit_holder(
    visit: Visit, decides: Person | None, result_due: date, today: date
) -> tuple[str, str]:
    match visit.state:
        case VisitState.PROPOSED:
            return _proposed_holder(visit)
        case VisitState.APPROVED if visit.ends_on > today:
            step = _("Visit on %(day)s, then report the result") % {"day": short(visit.starts_on)}
            return comrade(visit.cadre), step
        case VisitState.APPROVED:
            step = _("Report the result %(due)s") % {"due": due(result_due, today)}
            return comrade(visit.cadre), step
        case VisitState.REPORTED:
            logged = visit.kind == VisitKind.EVENT_ATTENDANCE
            read = _("Read the role in the activity and accept it")
            return comrade(decides), read if logged else _("Accept the result or send it back")
        case VisitState.ACCEPTED:
            return _accepted_holder(visit)
    return "", _("Nothing more happens")


def _proposed_holder(visit: Visit) -> tuple[str, str]:
    plan = visit.plan
    if asked := visit.ad_hoc_request:
        if asked.state == RequestState.DRAFT:
            return comrade(visit.cadre), _("Send the ad-hoc request")
        return _request_holder(asked, [])
    if plan is None or plan.is_with_cadre:
        return comrade(visit.cadre), _("Goes along when the plan is submitted")
    if plan.state == PlanState.SETTLED:
        return _("the Standing Committee"), _("Deferred: comes up again at the next sitting")
    if plan.state in (PlanState.SUBMITTED, PlanState.AGREED):
        return comrade(plan.superior), _("Agreed to with the plan, then decided in a sitting")
    return _dossier_holder(plan)


def of_request(request: AdHocRequest, decides: list[Person], *, today: date) -> dict[str, Any]:
    """``decides``: the superior, or whoever may decide between sittings."""
    look = look_of("request", request.state)
    holder, next_step = _request_holder(request, decides)
    return {
        "state_label": request.get_state_display(),
        "tone": look.tone,
        "shape": look.shape,
        "holder": capfirst(holder),
        "since": since(request.moved_at, today),
        "next_step": next_step,
    }


def _request_holder(request: AdHocRequest, decides: list[Person]) -> tuple[str, str]:
    names = _(" or ").join(comrade(one) for one in decides)
    match request.state:
        case RequestState.DRAFT:
            return comrade(request.visit.cadre), _("Check the answers and send the request")
        case RequestState.REQUESTED:
            holder = names or comrade(request.superior)
            return holder, _("Endorse it with a report to the Standing Committee, or return it")
        case RequestState.ENDORSED if request.is_late:
            return _("the Standing Committee"), _(
                "Written up too late: decided at the next sitting"
            )
        case RequestState.ENDORSED:
            holder = names or _("the Standing Committee")
            return holder, _("Decided between sittings, or at the next one")
        case RequestState.APPROVED:
            return "", _("Carry out the visit and report its result")
    return "", _("Nothing more happens")


def _accepted_holder(visit: Visit) -> tuple[str, str]:
    if owes_product(visit):
        step = _("The product of the thematic visit; then the days count for good")
        return comrade(visit.cadre), step
    if visit.confirmation == Confirmation.NONE:
        return "", _("The unit confirms when the Inspection Committee asks")
    return "", visit.get_confirmation_display()
