"""Who may: ad-hoc requests and logged attendances (R8, R3). As ``fieldvisits.permissions``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Office
from accounts.permissions import ALLOWED, Verdict, away, denied, superiors_for
from fieldvisits.choices import Decision, RequestState, SittingState, VisitKind, VisitState
from fieldvisits.models import AgendaLine
from fieldvisits.permissions import papers

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.models import AdHocRequest, Visit


def asks(by: Person, request: AdHocRequest) -> Verdict:
    if request.cadre_id != by.pk:
        return denied(_("Only the cadre whose request it is may do this."))
    return ALLOWED


def endorses(by: Person, request: AdHocRequest) -> Verdict:
    """The superior of the cadre in the department of the request (R8, R17)."""
    return papers.is_superior(by, request.visit.cadre, request.department_id)


def returns_request(by: Person, request: AdHocRequest) -> Verdict:
    """The superior while it is there; once endorsed, whoever may decide between sittings."""
    if request.state == RequestState.REQUESTED:
        return endorses(by, request)
    verdict = is_in_charge(by, request)
    return verdict and (_not_before_a_sitting(request) and verdict)


def is_in_charge(by: Person, request: AdHocRequest) -> Verdict:
    """The Secretary, or the member in charge of the department; never on their own request.

    On the Secretary's own: the first deputy secretary, the superior of R17.
    """
    if request.cadre_id == by.pk:
        return denied(_("Nobody decides on their own paper."))
    superiors = superiors_for(by, timezone.localdate())
    cadre = request.visit.cadre
    if cadre in (superiors.secretary_self, superiors.secretary):
        return papers.is_superior(by, cadre, request.department_id)
    if (by.pk, cadre.pk) in superiors.stands_in:
        return denied(_("Nobody decides on a paper of somebody they stand in for."))
    return _in_charge_of(by, request.department_id)


def _in_charge_of(by: Person, department_id: int | None) -> Verdict:
    """The Secretary or the member in charge, or who stands in for one of them (R25)."""
    offices = by.offices(timezone.localdate())
    member_id = offices.in_charge.get(department_id or 0) if offices.is_on_committee else None
    if offices.is_away_on_committee and (offices.is_secretary or member_id == by.pk):
        return away()
    if offices.committee_office == Office.SECRETARY or member_id == by.pk:
        return ALLOWED
    if offices.is_secretary:
        acts_in, absent_id = Office.SECRETARY, offices.secretary_away_id
        return Verdict(allowed=True, on_behalf_of_id=absent_id, acts_in=acts_in)
    if member_id is not None:
        seats = superiors_for(by, timezone.localdate()).seats
        return Verdict(allowed=True, on_behalf_of_id=member_id, acts_in=seats.get(member_id, ""))
    return denied(
        _(
            "Between sittings only the Secretary, or the member of the Standing Committee in "
            "charge of the department, decides on an ad-hoc visit."
        )
    )


def decides_alone(by: Person, request: AdHocRequest) -> Verdict:
    """Between sittings; not on one written up too late, nor over the head of a sitting (R8)."""
    if not (verdict := is_in_charge(by, request)):
        return verdict
    if request.is_late:
        return denied(
            _(
                "This visit was written up later than the limit for urgent visits; only a "
                "sitting decides on it."
            )
        )
    return _not_before_a_sitting(request) and verdict


def _not_before_a_sitting(request: AdHocRequest) -> Verdict:
    line = open_line(request)
    if line and line.decision != Decision.OPEN:
        return denied(
            _("The sitting of %(day)s has written a decision on this visit already.")
            % {"day": f"{line.sitting.held_on:%d/%m/%Y}"}
        )
    return ALLOWED


def takes_endorsement_back(by: Person, request: AdHocRequest) -> Verdict:
    """Whoever endorsed it and still would, until the first who decides has said a word."""
    if not (verdict := endorses(by, request)):
        return verdict
    last = request.steps.filter(name="endorse").order_by("-number")
    if last.values_list("by", flat=True).first() != by.pk:
        return denied(_("Somebody else endorsed this request."))
    return _not_before_a_sitting(request) and verdict


def open_line(request: AdHocRequest) -> AgendaLine | None:
    """Its line on the agenda of an open sitting; a page that asks often reads it beforehand."""
    if "_open_line" in request.__dict__:
        read: AgendaLine | None = request.__dict__["_open_line"]
        return read
    lines = AgendaLine.objects.filter(visit=request.visit_id, sitting__state=SittingState.OPEN)
    return lines.select_related("sitting").first()


def holders_of_request(viewer: Person, request: AdHocRequest, on: date) -> list[Person]:
    """With whom it is: the superior, or the Secretary and the member in charge."""
    superiors = superiors_for(viewer, on)
    cadre = request.visit.cadre
    if request.state == RequestState.REQUESTED:
        found = [superiors.of(cadre, request.department_id)]
    elif cadre == superiors.secretary:
        found = [superiors.first_deputy]
    else:
        member = superiors.in_charge.get(request.department_id) if request.department_id else None
        found = [member, superiors.secretary]
    return list(dict.fromkeys(one for one in found if one and one != cadre))


def decides_request(by: Person, request: AdHocRequest) -> Verdict:
    """One member between sittings, or whoever wrote the line of a sitting that is closed."""
    alone = decides_alone(by, request)
    return ALLOWED if not alone and _said_in_sitting(by, request.visit) else alone


def decides_visit(by: Person, visit: Visit) -> Verdict:
    """A visit of a plan: in a sitting. An ad-hoc one also by one member, with its request."""
    asked = visit.ad_hoc_request
    return decides_request(by, asked) if asked else papers.decided_in_sitting(by, visit)


def _said_in_sitting(by: Person, visit: Visit) -> bool:
    """Closing takes the step of the sitting first, so its line stands in a closed sitting."""
    if visit.cadre_id == by.pk or not papers.takes_part(by):
        return False
    return AgendaLine.objects.filter(
        visit=visit.pk,
        decided_by=by,
        decision__in=(Decision.APPROVE, Decision.ADJUST, Decision.DECLINE),
        sitting__state=SittingState.CLOSED,
    ).exists()


def replaces_visit(by: Person, visit: Visit) -> Verdict:
    """An approved visit gives way with the decision on the request that replaces it."""
    for request in visit.replaced_by.select_related("visit__cadre"):
        if request.state == RequestState.ENDORSED and (verdict := decides_request(by, request)):
            return verdict
    return denied(_("A visit is replaced by the decision on an ad-hoc request."))


def logs_attendance(by: Person, visit: Visit) -> Verdict:
    """Own, and outside every plan: merely attending needs no approval (R3)."""
    if visit.kind != VisitKind.EVENT_ATTENDANCE or visit.plan_id is not None:
        return denied(_("Only attending an activity is logged without an approval."))
    return papers.cadre(by, visit)


def withdraws_visit(by: Person, visit: Visit) -> Verdict:
    """A proposed one; an attendance until the superior has accepted it."""
    if visit.state == VisitState.REPORTED and visit.kind != VisitKind.EVENT_ATTENDANCE:
        return denied(_("A reported result is not withdrawn; ask your superior to send it back."))
    return papers.cadre(by, visit)


def sends_back(by: Person, visit: Visit) -> Verdict:
    """The superior; there is no approval an attendance could go back to."""
    if visit.kind == VisitKind.EVENT_ATTENDANCE and visit.plan_id is None:
        return denied(_("An attendance was never approved; its cadre withdraws it if it is wrong."))
    return papers.superior_of_visit(by, visit)
