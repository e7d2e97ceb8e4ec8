"""Ad-hoc visits: asked for, endorsed by the head, decided between sittings or in one (R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import superior
from fieldvisits import checks
from fieldvisits.actions import agendas, approving
from fieldvisits.actions.codes import next_visit_code
from fieldvisits.actions.door import Stale, hold, take
from fieldvisits.actions.plans import WRITTEN, let_go_of_activity, raise_by_field
from fieldvisits.choices import Decision, Origin, RequestState, SittingState
from fieldvisits.ledger import keeping
from fieldvisits.models import AdHocRequest, AgendaLine, Visit
from fieldvisits.permissions import requests as may

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Person
    from fieldvisits.models.paper import StepFields


@transaction.atomic
def save(
    request: AdHocRequest, visit: Visit, *, by: Person, revision: int | None = None
) -> AdHocRequest:
    """Write a request down as a draft, a new one or a changed one, with its visit.

    ``visit`` and ``request`` carry what was typed; the half-days are taken at once. The same
    new one sent again is written once (B4). Raises ``ValidationError`` with all problems by
    field, or if the draft was changed elsewhere or sent meanwhile.
    """
    keeping.take_turn([by.pk])
    visit.cadre, visit.plan, visit.origin = by, None, Origin.AD_HOC
    let_go_of_activity(visit)
    if request.pk is None:
        if same := _same(request, visit):
            return same
        request.department_id = _department_of(by)
    else:
        _require_draft(request, by)
    _forget_if_moved(visit)
    visit.shared = visit.shared and request.replaces is None
    problems = checks.request_problems(request, visit)
    raise_by_field([*problems, *checks.attachment_problems(visit)])
    if request.replaces and approving.shares_half_days(request.replaces, visit):
        visit.shared = True  # both stand in the half-day until it is decided
    if request.pk is None:
        visit.code = next_visit_code(visit.starts_on.year)
        visit.save(force_insert=True)
        request.visit, request.moved_at = visit, timezone.now()
        request.save(force_insert=True)
    else:
        _overwrite(request, visit, revision)
    keeping.book([visit])
    return request


def instead_of(replaced: Visit) -> Visit:
    """A visit not yet written that takes over what is not said anew of one it replaces."""
    return Visit(**{name: getattr(replaced, name) for name in WRITTEN if name != "shared"})


def _same(request: AdHocRequest, visit: Visit) -> AdHocRequest | None:
    written = {f"visit__{name}": getattr(visit, name) for name in WRITTEN if name != "shared"}
    rows = AdHocRequest.objects.filter(visit__cadre=visit.cadre, state=RequestState.DRAFT)
    return rows.filter(**written, reason=request.reason, replaces=request.replaces).first()


def _department_of(by: Person) -> int | None:
    offices = by.offices(timezone.localdate())
    if not by.in_scope or not (offices.department_id or offices.is_on_committee):
        raise PermissionDenied(_("You are not among those who go on field visits."))
    return offices.department_id


def _require_draft(request: AdHocRequest, by: Person) -> None:
    stored = AdHocRequest.objects.select_for_update().get(pk=request.pk)
    if not (verdict := may.asks(by, stored)):
        raise PermissionDenied(str(verdict.reason))
    if stored.state != RequestState.DRAFT:
        raise ValidationError(
            _("The request has been sent; it can be changed only if it is returned."),
            code="moved_on",
        )


def _forget_if_moved(visit: Visit) -> None:
    """Other dates were written down today, not when the earlier ones were (R8)."""
    stored = Visit.objects.filter(pk=visit.pk).values_list("starts_on", "ends_on").first()
    if stored and stored != (visit.starts_on, visit.ends_on):
        visit.registered_on = None


def _overwrite(request: AdHocRequest, visit: Visit, revision: int | None) -> None:
    values = {name: getattr(visit, name) for name in WRITTEN}
    rows = Visit.objects.filter(pk=visit.pk, state=visit.state)
    if revision is not None:
        rows = rows.filter(revision=revision)
    if not rows.update(**values, registered_on=visit.registered_on, revision=F("revision") + 1):
        raise Stale(request)
    request.save(update_fields=["reason", "late_reason"])


@transaction.atomic
def send(
    request: AdHocRequest, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Send a draft to the superior; marked urgent, or late, by the day it is written up."""
    visit, today = request.visit, timezone.localdate()
    on = checks.written_on(visit)
    changes = {
        "superior": superior(visit.cadre, today, department_id=request.department_id),
        "first_requested_at": request.first_requested_at or timezone.now(),
        "is_urgent": on >= visit.starts_on,
        "is_late": on > checks.last_day_in_time(visit),
    }
    step = take(request, "request", by=by, version=version, comment=comment, changes=changes)
    visit.registered_on = on
    Visit.objects.filter(pk=visit.pk, registered_on=None).update(registered_on=on)
    return step


@transaction.atomic
def endorse(
    request: AdHocRequest, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """The head's report; the request also joins the sitting that is open, if there is one."""
    sittings = agendas.hold_open()
    said = {"endorsement": comment.strip()}
    step = take(request, "endorse", by=by, version=version, comment=comment, changes=said)
    if sittings:
        agendas.fill(sittings[0])
    return step


@transaction.atomic
def approve(
    request: AdHocRequest, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Decide alone, between sittings (R8): the visit is approved in the same transaction."""
    visit = _to_decide(request, by=by, version=version)
    touched = approving.approve(visit, by=by, on=timezone.localdate(), comment=comment)
    keeping.book(touched)
    return _decided_alone(request, "approve", by=by, version=version, comment=comment)


@transaction.atomic
def decline(
    request: AdHocRequest, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Refuse alone, with a reason; the half-days are free again."""
    visit = _to_decide(request, by=by, version=version)
    take(visit, "decline", by=by, comment=comment)
    keeping.book([visit])
    return _decided_alone(request, "decline", by=by, version=version, comment=comment)


def _to_decide(request: AdHocRequest, *, by: Person, version: int | None) -> Visit:
    """Hold what a decision touches, in the order of the locks; judge it as it is now."""
    agendas.hold_open()
    keeping.take_turn([request.visit.cadre_id])
    hold(request)
    request.visit.refresh_from_db()
    request.visit.request = request  # the door asks it, as it is now
    if version is not None and version != request.version:
        raise Stale(request)
    if request.state != RequestState.ENDORSED:
        raise ValidationError(
            _("This step is not possible any more: the paper is now “%(state)s”.")
            % {"state": request.get_state_display()},
            code="moved_on",
        )
    if not (verdict := may.decides_alone(by, request)):
        raise PermissionDenied(str(verdict.reason))
    return request.visit


def _decided_alone(request: AdHocRequest, name: str, *, by: Person, **said: Any) -> StepFields:
    step = take(request, name, by=by, changes={"decided_alone_by": by}, **said)
    _take_off(request)
    return step


def _take_off(request: AdHocRequest) -> None:
    """Its line leaves the open agendas; nobody has decided it there."""
    AgendaLine.objects.filter(
        visit=request.visit_id, sitting__state=SittingState.OPEN, decision=Decision.OPEN
    ).delete()


@transaction.atomic
def take_back(
    request: AdHocRequest, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Undo one's own endorsement as long as nobody has decided."""
    agendas.hold_open()
    said = {"endorsement": ""}
    step = take(request, "take_back", by=by, version=version, comment=comment, changes=said)
    _take_off(request)
    return step


@transaction.atomic
def send_back(
    request: AdHocRequest, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Return the request to its cadre with a reason; the half-days stay taken."""
    agendas.hold_open()
    step = take(request, "return", by=by, version=version, comment=comment)
    _take_off(request)
    return step


def withdraw(
    request: AdHocRequest, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Take back what the superior has not acted on: a draft again, its half-days still taken."""
    return take(request, "withdraw", by=by, version=version, comment=comment)


@transaction.atomic
def cancel(
    request: AdHocRequest, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Give the request up with its visit, as long as nobody has decided on it."""
    keeping.take_turn([request.visit.cadre_id])
    take(request.visit, "withdraw", by=by, comment=comment)
    keeping.book([request.visit])
    return take(request, "cancel", by=by, version=version, comment=comment)


def decided_in_sitting(lines: Iterable[AgendaLine]) -> None:
    """The requests behind the lines of a sitting that is being closed get its decision."""
    for line in lines:
        asked = line.visit.ad_hoc_request
        if asked is None or line.decided_by is None:
            continue
        if line.decision in (Decision.APPROVE, Decision.ADJUST):
            take(asked, "approve", by=line.decided_by, comment=line.reason)
        elif line.decision == Decision.DECLINE:
            take(asked, "decline", by=line.decided_by, comment=line.reason)
