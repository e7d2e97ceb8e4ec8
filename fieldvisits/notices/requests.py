"""Who is told of the steps of an ad-hoc request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Superiors
from fieldvisits.notices.telling import tell_step
from fieldvisits.notices.visits import of_visit

if TYPE_CHECKING:
    from fieldvisits.models import AdHocRequest, Step


def _requested(request: AdHocRequest, step: Step) -> None:
    subject = _("%(name)s asks you to endorse an ad-hoc visit to %(unit)s, %(day)s")
    tell_step(request.superior, "to_decide", request, step, subject, of_visit(request.visit))


def _endorsed(request: AdHocRequest, step: Step) -> None:
    """The member in charge, or the Secretary where there is none or it is their own."""
    superiors = Superiors.of_day(step.at.date())
    member = superiors.in_charge.get(request.department_id) if request.department_id else None
    decides = member or superiors.secretary
    if decides is None or decides.pk == request.cadre_id:
        decides = superiors.of(request.visit.cadre, None)
    subject = _("The ad-hoc visit of %(name)s to %(unit)s, %(day)s, waits for your decision")
    tell_step(decides, "to_decide", request, step, subject, of_visit(request.visit))


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
    ("request", "return"): _returned,
    ("request", "approve"): _approved,
    ("request", "decline"): _declined,
}
