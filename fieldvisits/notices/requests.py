"""Who is told of the steps of an ad-hoc request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Superiors
from fieldvisits.choices import RequestState
from fieldvisits.notices.telling import tell_step
from fieldvisits.notices.visits import of_visit

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models import AdHocRequest, Step


def _requested(request: AdHocRequest, step: Step) -> None:
    subject = _("%(name)s asks you to endorse an ad-hoc visit to %(unit)s, %(day)s")
    tell_step(request.superior, "ad_hoc", request, step, subject, of_visit(request.visit))


def _endorsed(request: AdHocRequest, step: Step) -> None:
    subject = _("The ad-hoc visit of %(name)s to %(unit)s, %(day)s, waits for your decision")
    decides = _decides(request, step)
    tell_step(decides, "ad_hoc", request, step, subject, of_visit(request.visit))


def _taken_back(request: AdHocRequest, step: Step) -> None:
    subject = _(
        "The endorsement of the ad-hoc visit of %(name)s to %(unit)s, %(day)s, is withdrawn"
    )
    for person in (request.visit.cadre, _decides(request, step)):
        tell_step(person, "decided", request, step, subject, of_visit(request.visit))


def _decides(request: AdHocRequest, step: Step) -> Person | None:
    """The member in charge, or the Secretary where there is none or it is their own."""
    superiors = Superiors.of_day(timezone.localdate(step.at))
    member = superiors.in_charge.get(request.department_id) if request.department_id else None
    decides = member or superiors.secretary
    if decides is None or decides.pk == request.cadre_id:
        decides = superiors.of(request.visit.cadre, None)
    return decides


def _withdrawn(request: AdHocRequest, step: Step) -> None:
    subject = _("%(name)s takes back the request for an ad-hoc visit to %(unit)s, %(day)s")
    tell_step(request.superior, "decided", request, step, subject, of_visit(request.visit))


def _given_up(request: AdHocRequest, step: Step) -> None:
    """Whoever had it before them; nobody has a draft."""
    had = {
        RequestState.REQUESTED: [request.superior],
        RequestState.ENDORSED: [request.superior, _decides(request, step)],
    }
    subject = _("%(name)s gives up the ad-hoc visit to %(unit)s, %(day)s")
    for person in dict.fromkeys(had.get(RequestState(step.before), [])):
        tell_step(person, "decided", request, step, subject, of_visit(request.visit))


def _returned(request: AdHocRequest, step: Step) -> None:
    subject = _("Your request for an ad-hoc visit to %(unit)s, %(day)s, was returned")
    tell_step(request.visit.cadre, "returned", request, step, subject, of_visit(request.visit))


def _approved(request: AdHocRequest, step: Step) -> None:
    subject = _("The ad-hoc visit of %(name)s to %(unit)s, %(day)s, was approved")
    _tell_both(request, step, subject)


def _declined(request: AdHocRequest, step: Step) -> None:
    subject = _("The ad-hoc visit of %(name)s to %(unit)s, %(day)s, was not approved")
    _tell_both(request, step, subject)


def _tell_both(request: AdHocRequest, step: Step, subject: object) -> None:
    """Cadre and superior; what a sitting decided is told by the sitting, once for all."""
    if request.decided_alone_by_id is None:
        return
    for person in (request.visit.cadre, request.superior):
        tell_step(person, "decided", request, step, subject, of_visit(request.visit))  # type: ignore[arg-type]  # a lazy text


TELL = {
    ("request", "request"): _requested,
    ("request", "endorse"): _endorsed,
    ("request", "take_back"): _taken_back,
    ("request", "withdraw"): _withdrawn,
    ("request", "cancel"): _given_up,
    ("request", "return"): _returned,
    ("request", "approve"): _approved,
    ("request", "decline"): _declined,
}
