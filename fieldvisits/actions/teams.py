"""A tour: colleagues asked to come along on a planned visit; each answers for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from fieldvisits.actions import plans
from fieldvisits.actions.door import hold
from fieldvisits.choices import InvitationState, PlanState, VisitState
from fieldvisits.ledger import keeping
from fieldvisits.models import Plan, TeamInvitation, Visit
from fieldvisits.notices import teams as notices

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models.person import PersonQuerySet

WITH_CADRE = (PlanState.DRAFT, PlanState.RETURNED)


def candidates(visit: Visit) -> PersonQuerySet:
    """Colleagues with an open plan for the quarter who have not been asked yet."""
    if visit.plan is None:
        return Person.objects.none()
    open_plans = Plan.objects.own().for_quarter(visit.plan.quarter).filter(state__in=WITH_CADRE)
    people = Person.objects.filter(pk__in=open_plans.values("cadre"), is_active=True)
    asked = TeamInvitation.objects.filter(visit=visit)
    found: PersonQuerySet = people.exclude(pk=visit.cadre_id)
    return found.exclude(pk__in=asked.values("colleague")).in_order()


@transaction.atomic
def invite(visit: Visit, *, by: Person, colleagues: Collection[Person]) -> list[TeamInvitation]:
    """Ask colleagues to come along; the visit gets a team code, its own number.

    Raises ``PermissionDenied`` for anybody but the cadre, ``ValidationError`` once the plan
    has been sent off or if somebody cannot be asked.
    """
    plan = visit.plan
    if visit.cadre_id != by.pk or plan is None:
        raise PermissionDenied(_("Only the cadre whose plan it is may change it."))
    keeping.take_turn([visit.cadre_id])
    hold(plan)
    if not plan.is_with_cadre:
        raise ValidationError(
            _("The plan has been sent off; withdraw it, or ask for it back, to change it."),
            code="moved_on",
        )
    able = set(candidates(visit).values_list("pk", flat=True))
    if not colleagues or not {person.pk for person in colleagues} <= able:
        raise ValidationError({"colleagues": _("Choose among the colleagues of the list.")})
    if not visit.team:
        visit.team = visit.code
        Visit.objects.filter(pk=visit.pk).update(team=visit.team)
    made = []
    for person in colleagues:
        invitation = TeamInvitation.objects.create(visit=visit, colleague=person)
        notices.tell_invited(invitation)
        made.append(invitation)
    return made


@transaction.atomic
def answer(invitation: TeamInvitation, *, by: Person, agrees: bool) -> TeamInvitation:
    """Come along, or not; who comes along gets the row in their own plan, with its checks.

    Raises ``ValidationError`` if it was answered before, the visit is planned no more, or
    the row does not fit into the colleague's plan.
    """
    visit = invitation.visit
    if invitation.colleague_id != by.pk:
        raise PermissionDenied(_("Only whoever was asked answers."))
    keeping.take_turn([by.pk])
    said = InvitationState.AGREED if agrees else InvitationState.DECLINED
    waiting = TeamInvitation.objects.filter(pk=invitation.pk, answer=InvitationState.ASKED)
    if not waiting.update(answer=said, answered_at=timezone.now()):
        raise ValidationError(_("You have answered this invitation already."), code="moved_on")
    if agrees:
        _join(visit, by)
    invitation.refresh_from_db()
    notices.tell_answered(invitation)
    return invitation


def _join(visit: Visit, by: Person) -> None:
    if visit.state != VisitState.PROPOSED or visit.plan is None:
        raise ValidationError(_("The visit is planned no more as it was."), code="moved_on")
    plan = plans.open_plan(by=by, quarter=visit.plan.quarter)
    row = Visit(**{name: getattr(visit, name) for name in plans.WRITTEN if name != "shared"})
    try:
        plans.save_visit(row, plan=plan, by=by)
    except ValidationError as error:
        raise ValidationError(error.messages, code="does_not_fit") from error
