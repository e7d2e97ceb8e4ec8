"""Who is told of a request for confirmation and of what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from fieldvisits.choices import NOBODY
from fieldvisits.models import Step
from fieldvisits.notices.telling import tell_step
from fieldvisits.notices.unit_people import coordinators, inspectors, representatives
from fieldvisits.notices.visits import of_visit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import Person
    from fieldvisits.models import ConfirmationRequest
    from fieldvisits.models.paper import StepFields

KIND = "confirmation"


def _tell(
    people: list[Person], request: ConfirmationRequest, step: StepFields, subject: StrOrPromise
) -> None:
    values = {**of_visit(request.visit), "due": f"{request.due_on:%d/%m/%Y}"}
    for person in {person.pk: person for person in people}.values():
        tell_step(person, KIND, request, step, subject, values)


def _asker(request: ConfirmationRequest) -> list[Person]:
    """Who asked; nobody for a request that was taken over from earlier records."""
    step = Step.objects.filter(confirmation=request, name="ask").select_related("by").first()
    return [step.by] if step and step.by else []


def _cadre_and_head(request: ConfirmationRequest) -> list[Person]:
    return [request.visit.cadre, *coordinators(request.department_id)]


def _asked(request: ConfirmationRequest, step: StepFields) -> None:
    subject = _("Please confirm by %(due)s: visit of %(name)s to %(unit)s, %(day)s")
    _tell(list(representatives(request.unit_id)), request, step, subject)


def _nothing_more(request: ConfirmationRequest, step: StepFields) -> None:
    """Taken back, or the visit was cancelled: the unit has nothing to answer any more."""
    subject = _("No confirmation is needed any more: visit of %(name)s to %(unit)s, %(day)s")
    people = [*representatives(request.unit_id)]
    if step.name == "lapse":
        people += _asker(request)
    _tell(people, request, step, subject)


def tell_nobody_answers(request: ConfirmationRequest) -> None:
    """The unit has ended and nobody took over: once per unit, whatever waits there."""
    for person in inspectors():
        notify(
            person,
            kind=KIND,
            subject=_("%(unit)s has ended; nobody answers the requests for confirmation there"),
            body=_("They stand in your list until a unit that took over is named."),
            values={"unit": request.unit.name_on(request.visit.starts_on)},
            key=f"confirmation:nobody:{request.unit_id}",
            url=f"{reverse('fieldvisits:confirmation-list')}?show={NOBODY}",
        )


def _confirmed(request: ConfirmationRequest, step: StepFields) -> None:
    subject = _("%(unit)s confirms the visit of %(name)s, %(day)s")
    _tell([*_asker(request), request.visit.cadre], request, step, subject)


def _corrected(request: ConfirmationRequest, step: StepFields) -> None:
    subject = _("%(unit)s proposes a correction to the visit of %(name)s, %(day)s")
    _tell([*_asker(request), *_cadre_and_head(request)], request, step, subject)


def _disputed(request: ConfirmationRequest, step: StepFields) -> None:
    subject = _("%(unit)s says the visit of %(name)s, %(day)s, did not take place")
    _tell([*_asker(request), *_cadre_and_head(request)], request, step, subject)


def _answers_anew(request: ConfirmationRequest, step: StepFields) -> None:
    subject = _("%(unit)s answers anew about the visit of %(name)s on %(day)s")
    _tell([*_asker(request), *_cadre_and_head(request)], request, step, subject)


def _expired(request: ConfirmationRequest, step: StepFields) -> None:
    subject = _("No answer yet on the visit of %(name)s to %(unit)s, %(day)s; due on %(due)s")
    _tell([*_asker(request), *representatives(request.unit_id)], request, step, subject)


def _replied(request: ConfirmationRequest, step: StepFields) -> None:
    subject = _("%(name)s answers on the visit to %(unit)s, %(day)s")
    _tell(_asker(request), request, step, subject)


def _upheld(request: ConfirmationRequest, step: StepFields) -> None:
    subject = _("Visit of %(name)s to %(unit)s, %(day)s: the “no” of the unit was upheld")
    _tell(_cadre_and_head(request), request, step, subject)


def _set_aside(request: ConfirmationRequest, step: StepFields) -> None:
    subject = _("Visit of %(name)s to %(unit)s, %(day)s: the “no” of the unit was set aside")
    people = [*_cadre_and_head(request), *representatives(request.unit_id)]
    _tell(people, request, step, subject)


TELL = {
    (KIND, "ask"): _asked,
    (KIND, "pass_on"): _asked,
    (KIND, "take_back"): _nothing_more,
    (KIND, "lapse"): _nothing_more,
    (KIND, "confirm"): _confirmed,
    (KIND, "correct"): _corrected,
    (KIND, "dispute"): _disputed,
    (KIND, "answer_anew"): _answers_anew,
    (KIND, "expire"): _expired,
    (KIND, "reply"): _replied,
    (KIND, "uphold"): _upheld,
    (KIND, "set_aside"): _set_aside,
}
