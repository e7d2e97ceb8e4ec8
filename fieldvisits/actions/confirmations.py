"""UBKT asks a unit whether a visit took place; what is answered and what comes of it (R14)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import answering_unit
from fieldvisits import checks, permissions, workflow
from fieldvisits.actions.bulk import one_by_one
from fieldvisits.actions.door import take
from fieldvisits.actions.mirroring import hold_visit, mirror_confirmation
from fieldvisits.choices import Confirmation
from fieldvisits.models import ConfirmationRequest, Regulation, Visit
from fieldvisits.notices import confirmations as notices

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models.paper import StepFields


@transaction.atomic
def ask(visit: Visit, *, by: Person, question: str = "") -> ConfirmationRequest:
    """Ask the responsible unit about one visit that is over; refused while one is open."""
    hold_visit(visit)
    if not (verdict := permissions.asks_about(by, visit)):
        raise PermissionDenied(str(verdict.reason))
    today = timezone.localdate()
    if problems := checks.may_be_asked(visit, today):
        raise ValidationError(problems)
    unit = answering_unit(visit.unit, visit.starts_on, today)
    if not unit.exists_on(today):
        raise ValidationError(
            _("%(unit)s has ended and no unit is named that took over; nobody could answer.")
            % {"unit": unit.name_on(visit.starts_on)}
        )
    request = ConfirmationRequest.objects.create(
        visit=visit,
        unit=unit,
        department_id=permissions.department_of(visit),
        question=question,
        created_at=timezone.now(),
        due_on=today + timedelta(days=Regulation.objects.on(today).confirmation_days),
    )
    take(request, "ask", by=by)
    mirror_confirmation(request)
    return request


def ask_about(visits: list[Visit], *, by: Person, question: str = "") -> list[tuple[Visit, str]]:
    """Ask about many, each in its own transaction; return (visit, problem or "")."""
    return one_by_one(visits, lambda visit: ask(visit, by=by, question=question))


@transaction.atomic
def _move(request: ConfirmationRequest, name: str, **said: Any) -> StepFields:
    hold_visit(request.visit)
    step = take(request, name, **said)
    mirror_confirmation(request)
    return step


@dataclass(frozen=True, kw_only=True)
class Correction:
    """Other days or another part of the day; a proposal, the visit stays as it is."""

    proposed_from: date | None = None
    proposed_to: date | None = None
    proposed_session: str = ""


NO_CORRECTION = Correction()


def answer(
    request: ConfirmationRequest,
    name: str,
    *,
    by: Person,
    remark: str = "",
    correction: Correction = NO_CORRECTION,
    version: int | None = None,
) -> StepFields:
    """What the unit says: ``confirm``, ``correct`` with days, ``dispute`` with a remark."""
    said = correction if name == "correct" else NO_CORRECTION
    changes: dict[str, Any] = {"remark": remark, **asdict(said)}
    if name == "dispute":
        changes["disputed_on"] = timezone.localdate()
    return _move(request, name, by=by, comment=remark, version=version, changes=changes)


def answer_anew(
    request: ConfirmationRequest, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """The unit takes its answer back, until the next has acted on it."""
    nothing = {"remark": "", "disputed_on": None, **asdict(NO_CORRECTION)}
    return _move(request, "answer_anew", by=by, version=version, comment=comment, changes=nothing)


def reply(
    request: ConfirmationRequest, *, by: Person, text: str, version: int | None = None
) -> StepFields:
    """The cadre's answer in writing to a “no”."""
    changes = {"cadre_answer": text, "cadre_answered_at": timezone.now()}
    return _move(request, "reply", by=by, comment=text, version=version, changes=changes)


def uphold(
    request: ConfirmationRequest, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    return _move(request, "uphold", by=by, version=version, comment=comment)


def set_aside(
    request: ConfirmationRequest, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    return _move(request, "set_aside", by=by, version=version, comment=comment)


def take_back(
    request: ConfirmationRequest, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """UBKT asks no longer, as long as the unit has not answered."""
    return _move(request, "take_back", by=by, version=version, comment=comment)


@transaction.atomic
def lapse(visit: Visit, *, by: Person | None) -> None:
    """The visit was cancelled: nothing more is asked about it, the unit is told.

    The caller has the cadre's turn. Only the latest request can still be answered.
    """
    latest = visit.confirmations.select_related("unit").order_by("-pk").first()
    if latest and latest.state in workflow.CONFIRMATION["lapse"].sources:
        latest.visit = visit
        take(latest, "lapse", by=by)
        mirror_confirmation(latest)


def pass_on_ended(*, today: date) -> int:
    """What waits at a unit that has ended goes, visit by visit, to who answers now: the main
    successor of the unit visited, else the one named for the unit asked; return how many went.

    Where nobody took over, UBKT is told once per unit and has the request on its list.
    """
    ended = ConfirmationRequest.objects.at_ended_units(today).select_related(
        "visit__cadre", "visit__unit", "unit"
    )
    results = one_by_one(ended.order_by("pk"), lambda request: _pass_on(request, today))
    return sum(not problem and request.unit.exists_on(today) for request, problem in results)


@transaction.atomic
def _pass_on(request: ConfirmationRequest, today: date) -> None:
    visit, old = request.visit, request.unit
    heir = answering_unit(visit.unit, visit.starts_on, today)
    if not heir.exists_on(today):
        notices.tell_nobody_answers(request)
        return
    days = Regulation.objects.on(today).confirmation_days
    changes = {"unit": heir, "due_on": max(request.due_on, today + timedelta(days=days))}
    said = f"{old.name_on(visit.starts_on)} → {heir.name_on(today)}"
    _move(request, "pass_on", by=None, comment=said, changes=changes)


def expire_due(*, today: date) -> int:
    """Let requests whose day has gone by expire, each by itself; return how many did.

    A missing answer never zeroes days (R14), and an expired one may still be answered. Where
    the unit has ended and nobody could answer, the request goes on waiting on UBKT's list.
    """
    due = ConfirmationRequest.objects.filter(state=Confirmation.ASKED, due_on__lt=today)
    due = due.exclude(pk__in=ConfirmationRequest.objects.at_ended_units(today).values("pk"))
    expired = one_by_one(
        due.select_related("visit__cadre", "visit__unit").order_by("pk"),
        lambda request: _move(request, "expire", by=None),
    )
    return sum(not problem for _request, problem in expired)
