"""Closing a sitting: every decision takes effect in one transaction (R7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from accounts.permissions import superiors_for
from fieldvisits import permissions
from fieldvisits.actions import agendas, approving, numbering, requests
from fieldvisits.actions.door import hold, take
from fieldvisits.choices import (
    Decision,
    DossierState,
    PlanState,
    VisitState,
)
from fieldvisits.ledger import keeping
from fieldvisits.models import AdHocRequest, AgendaLine, Dossier, Plan, Sitting, Visit
from fieldvisits.notices import sittings as notices
from fieldvisits.notices.changes import said_of, tell_adjusted

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models.paper import StepFields


@transaction.atomic
def close(
    sitting: Sitting,
    *,
    by: Person,
    notice_number: str = "",
    version: int | None = None,
    comment: str = "",
) -> StepFields:
    """Close the sitting: visits are approved or declined, plans and dossiers settled.

    Without a number the notice waits for the clerk, who gives it one afterwards.

    Raises ``PermissionDenied`` for anybody but the chair, ``ValidationError`` without
    quorum, with an open line, or if an adjusted half-day has been taken meanwhile.
    """
    others = [row for row in agendas.hold_open() if row.pk != sitting.pk]
    hold(sitting)  # no line is decided or added any more
    number = numbering.chosen(sitting, notice_number) | {"closed_at": timezone.now()}
    _forget_withdrawn(sitting)
    AdHocRequest.objects.to_be_reported().update(reported_in=sitting)  # as its notice says
    step = take(sitting, "close", by=by, version=version, comment=comment, changes=number)
    lines = list(
        sitting.lines.filter(visit__state=VisitState.PROPOSED)
        .select_related("visit__plan", "visit__unit", "visit__cadre", "unit", "decided_by")
        .select_related("visit__request__replaces")
        .order_by("visit__cadre_id", "number")
    )
    keeping.take_turn(line.visit.cadre_id for line in lines)
    keeping.book(_carry_out_all(lines))
    _settle(sitting, by=by)
    requests.decided_in_sitting(lines)
    if others:  # what was deferred goes on to the next sitting, if that is open already
        agendas.fill(others[0])
    notices.tell_decisions(sitting)
    return step


def _forget_withdrawn(sitting: Sitting) -> None:
    """What was said of a visit that its cadre has withdrawn since does not take effect."""
    gone = sitting.lines.filter(visit__state=VisitState.CANCELLED).exclude(decision=Decision.OPEN)
    pks = list(gone.values_list("pk", flat=True))
    sitting.lines.filter(pk__in=pks).update(
        decision=Decision.OPEN,
        reason="",
        starts_on=None,
        ends_on=None,
        session="",
        unit=None,
        decided_by=None,
        decided_at=None,
    )


def _carry_out_all(lines: list[AgendaLine]) -> list[Visit]:
    """Take every step; return the visits whose days have to be booked anew, all at once:
    half-days that are given up are free for the others.
    """
    touched: list[Visit] = []
    deciders: dict[int, Person] = {}  # one instance each: offices are read once per instance
    for line in lines:
        if line.decided_by is not None:
            line.decided_by = deciders.setdefault(line.decided_by.pk, line.decided_by)
        touched += _carry_out(line)
    return touched


def _carry_out(line: AgendaLine) -> list[Visit]:
    visit = line.visit
    if line.decided_by is None:
        return [visit]
    match line.decision:
        case Decision.DECLINE:
            take(visit, "decline", by=line.decided_by, comment=line.reason)
        case Decision.APPROVE | Decision.ADJUST:
            changes: dict[str, Any] = {}
            if line.decision == Decision.ADJUST:
                changes = {
                    "starts_on": line.starts_on,
                    "ends_on": line.ends_on,
                    "session": line.session,
                    "unit": line.unit,
                }
            before = said_of(visit) if line.decision == Decision.ADJUST else {}
            booked = approving.approve(
                visit,
                by=line.decided_by,
                on=line.sitting.held_on,
                comment=line.reason,
                changes=changes,
            )
            if line.decision == Decision.ADJUST:
                superiors = superiors_for(line.decided_by, timezone.localdate())
                found = superiors.of(visit.cadre, permissions.department_of(visit))
                tell_adjusted(line, before, found)
            return booked
    return [visit]


def _settle(sitting: Sitting, *, by: Person) -> None:
    """Settle the dossiers on the agenda and their plans; a deferred line does not hold them."""
    dossiers = Dossier.objects.filter(
        agenda_lines__sitting=sitting, state=DossierState.BEFORE_COMMITTEE
    ).distinct()
    for dossier in dossiers.order_by("pk"):
        take(dossier, "decide", by=by)
        plans = Plan.objects.filter(dossier=dossier, state=PlanState.IN_DOSSIER)
        for plan in plans.order_by("pk"):
            take(plan, "settle", by=by)
