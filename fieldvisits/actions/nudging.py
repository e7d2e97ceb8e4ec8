"""A word to whoever holds a paper, if it has been with them for long; sparingly."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Appointment, InboxItem
from accounts.permissions import superiors_for
from fieldvisits import permissions
from fieldvisits.choices import DossierState, PlanState, ProductState, RequestState, VisitState
from fieldvisits.models import AdHocRequest, Dossier, Plan, Product, Regulation, Visit
from fieldvisits.notices import nudges as notices
from fieldvisits.permissions import requests

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from accounts.permissions import Verdict

AnyPaper = Plan | Dossier | Visit | AdHocRequest | Product


def holders(paper: AnyPaper, by: Person, on: date) -> list[Person]:
    """Who has to act on the paper now, for ``by`` who asks; nobody if that is its owner.

    A dossier before the Standing Committee is with the Secretary, who convenes.
    """
    superiors = superiors_for(by, on)
    found: list[Person | None] = []
    match paper:
        case Dossier(state=DossierState.WITH_COORDINATION):
            rows = Appointment.objects.on(on).filter(
                department__is_coordinating=True, office__in=("head", "deputy")
            )
            found = [row.person for row in rows.select_related("person")]
        case Dossier(state=DossierState.BEFORE_COMMITTEE):
            found = [superiors.secretary]
        case Plan(state=PlanState.SUBMITTED):
            found = [superiors.of(paper.cadre, paper.department_id)]
        case Plan(state=PlanState.AGREED) if paper.department_id:
            found = [superiors.heads.get(paper.department_id)]
        case AdHocRequest(state=RequestState.REQUESTED | RequestState.ENDORSED):
            found = [*requests.holders_of_request(by, paper, on)]
        case Visit(state=VisitState.REPORTED):
            found = [superiors.of(paper.cadre, permissions.department_of(paper))]
        case Product(state=ProductState.SUBMITTED):
            found = [superiors.of(paper.visit.cadre, permissions.department_of(paper.visit))]
    return [person for person in found if person is not None and person.pk != by.pk]


def owns(by: Person, paper: AnyPaper) -> Verdict:
    """Who sent it on: the cadre; the head to TCKT, and TCKT to the Standing Committee."""
    if isinstance(paper, Dossier):
        if paper.state == DossierState.BEFORE_COMMITTEE:
            return permissions.coordinator(by, paper)
        return permissions.head_of_dossier(by, paper)
    if isinstance(paper, AdHocRequest | Product):
        return permissions.cadre(by, paper.visit)
    return permissions.cadre(by, paper)


def patience(on: date) -> int:
    """Days after which a holder may be reminded, and between two reminders."""
    return Regulation.objects.on(on).nudge_after_days


def is_long(paper: AnyPaper, on: date, days: int) -> bool:
    return paper.moved_at is not None and (on - timezone.localdate(paper.moved_at)).days > days


def last_nudge(paper: AnyPaper, found: list[Person]) -> InboxItem | None:
    key = f"{paper.PATH}:{paper.pk}:nudge:"
    told = InboxItem.objects.filter(recipient__in=found, key__startswith=key)
    return told.order_by("-created_at").first()


@transaction.atomic
def nudge(paper: AnyPaper, *, by: Person) -> list[Person]:
    """Remind the holders once; return them.

    Raises ``PermissionDenied`` for anybody but who sent it on, ``ValidationError`` if nobody
    holds it, if it came only lately, or if the last reminder is too recent.
    """
    today = timezone.localdate()
    if not (verdict := owns(by, paper)):
        raise PermissionDenied(str(verdict.reason))
    found, days = holders(paper, by, today), patience(today)
    if not found:
        raise ValidationError(_("This paper is with nobody who could be reminded."))
    if not is_long(paper, today, days):
        raise ValidationError(
            ngettext(
                "The paper came less than %(n)d day ago; give it a little time.",
                "The paper came less than %(n)d days ago; give it a little time.",
                days,
            )
            % {"n": days}
        )
    last = last_nudge(paper, found)
    if last and today - timezone.localdate(last.created_at) < timedelta(days=max(days, 1)):
        raise ValidationError(
            _("Reminded on %(day)s already; the next reminder is possible from %(next)s.")
            % {
                "day": f"{timezone.localdate(last.created_at):%d/%m/%Y}",
                "next": f"{timezone.localdate(last.created_at) + timedelta(days=days):%d/%m/%Y}",
            }
        )
    for person in found:
        notices.tell_nudged(paper, person, by=by, today=today)
    return found
