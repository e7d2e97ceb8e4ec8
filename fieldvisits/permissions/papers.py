"""Who may: plans, dossiers, sittings, visits, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Body
from accounts.models import Appointment
from accounts.permissions import (
    ALLOWED,
    Verdict,
    as_head,
    denied,
    reads_as_head,
    superiors_for,
)
from fieldvisits.choices import Confirmation, DossierState, SittingState, VisitState
from fieldvisits.models import Visit

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models import (
        AgendaLine,
        Dossier,
        Paper,
        Plan,
        Sitting,
    )


def cadre(by: Person, paper: Plan | Visit) -> Verdict:
    if paper.cadre_id != by.pk:
        return denied(_("Only the cadre whose paper it is may do this."))
    return ALLOWED


def superior_of_plan(by: Person, plan: Plan) -> Verdict:
    return is_superior(by, plan.cadre, plan.department_id)


def superior_of_visit(by: Person, visit: Visit) -> Verdict:
    """The superior of who reported it: for a cadre who has left that was the head. Never the
    cadre, who may be back in a higher office.
    """
    if by.pk == visit.cadre_id:
        return denied(_("Nobody decides on their own paper."))
    owner = visit.cadre if visit.reported_by_id is None else visit.reported_by
    return is_superior(by, owner or visit.cadre, department_of(visit))


def department_of(visit: Visit) -> int | None:
    """The department the cadre belonged to on the visit's last day; read once per row."""
    if "_department_id" not in visit.__dict__:
        visit.__dict__["_department_id"] = (
            Appointment.objects.on(visit.ends_on)
            .filter(person=visit.cadre_id, body=Body.DEPARTMENT)
            .values_list("department_id", flat=True)
            .first()
        )
    found: int | None = visit.__dict__["_department_id"]
    return found


def is_superior(by: Person, owner: Person, department_id: int | None) -> Verdict:
    """Whether ``by`` decides today on papers of ``owner`` in that department (R17)."""
    if by.pk == owner.pk:
        return denied(_("Nobody decides on their own paper."))
    found = superiors_for(by, timezone.localdate()).holder_for(owner, department_id)
    if found is None:
        return denied(_("Nobody holds the office that decides on this paper."))
    if found.person.pk != by.pk:
        name = found.person.full_name
        return denied(_("Comrade %(name)s decides on this paper.") % {"name": name})
    absent_id = found.absent.pk if found.absent else None
    return Verdict(allowed=True, on_behalf_of_id=absent_id, acts_in=found.acts_in)


def cadre_or_head(by: Person, visit: Visit) -> Verdict:
    if visit.cadre_id == by.pk:
        return ALLOWED
    return as_head(
        by,
        department_of(visit),
        timezone.localdate(),
        owner_id=visit.cadre_id,
        otherwise=_("Only the cadre or the head of the department may cancel this visit."),
    )


def head_of_dossier(by: Person, dossier: Dossier) -> Verdict:
    """The head of the department; the head of the Office for the committee's own dossier."""
    if dossier.department_id is None:
        return head_of_office(by, otherwise=_("The head of the Office compiles this dossier."))
    reason = _("Only the head of the department may do this.")
    return as_head(by, dossier.department_id, timezone.localdate(), otherwise=reason)


def head_of_office(by: Person, *, otherwise: str) -> Verdict:
    """What belongs to no department is the Office's."""
    today = timezone.localdate()
    offices = by.offices(today)
    office_id = offices.department_id if offices.is_in_office else None
    return as_head(by, office_id, today, otherwise=otherwise)


def coordinator(by: Person, _paper: Paper) -> Verdict:
    if not by.offices(timezone.localdate()).is_coordinator:
        return denied(_("Only the Organisation and Inspection department may do this."))
    return ALLOWED


def returns_dossier(by: Person, dossier: Dossier) -> Verdict:
    """TCKT while it holds the dossier; a sitting (committee or its writers) afterwards."""
    if dossier.state == DossierState.WITH_COORDINATION:
        return coordinator(by, dossier)
    return takes_part(by)


def takes_dossier_back(by: Person, dossier: Dossier) -> Verdict:
    """TCKT, until a sitting has decided the first line of it."""
    if not (verdict := coordinator(by, dossier)):
        return verdict
    if dossier.pk and dossier.is_begun:
        return denied(_("The sitting has begun to decide on it; only the sitting returns it now."))
    return verdict


def takes_part(by: Person) -> Verdict:
    """Members of the Standing Committee, and who may write the minutes of a sitting."""
    offices = by.offices(timezone.localdate())
    if offices.is_on_committee or offices.writes_minutes:
        return ALLOWED
    return denied(_("Only the Standing Committee and the secretaries of its sittings may do this."))


def chair_of_sitting(by: Person, sitting: Sitting) -> Verdict:
    if sitting.chair_id != by.pk:
        return denied(_("Only the chair closes a sitting."))
    if not by.offices(timezone.localdate()).is_on_committee:
        return denied(_("The chair is a member of the Standing Committee."))
    return ALLOWED


def numbers_notice(by: Person, sitting: Sitting) -> Verdict:
    """The clerk; where none is at hand, who chaired the sitting or wrote its minutes."""
    if by.offices(timezone.localdate()).is_clerk:
        return ALLOWED
    if by.pk in (sitting.chair_id, sitting.secretary_id):
        return takes_part(by)
    return denied(_("A notice is numbered by the clerk, or by who led or wrote the sitting."))


def writes_sitting(by: Person, sitting: Sitting) -> Verdict:
    """Who writes decisions down: the secretary of the sitting, and members present."""
    if sitting.state != SittingState.OPEN:
        return denied(_("The sitting is closed; only a later sitting corrects it."))
    offices = by.offices(timezone.localdate())
    if sitting.secretary_id == by.pk and offices.writes_minutes:
        return ALLOWED
    present = any(row.member_id == by.pk and row.is_present for row in sitting.presences.all())
    if offices.is_on_committee and present:
        return ALLOWED
    return denied(_("Only members present and the secretary of the sitting decide lines."))


def hands_on_chair(by: Person, sitting: Sitting) -> Verdict:
    """Another chair is named by the chair or the secretary of the sitting; nobody takes it."""
    if by.pk not in (sitting.chair_id, sitting.secretary_id):
        return denied(_("The chair is handed on by the chair, or by the secretary of the sitting."))
    return takes_part(by)


def decides_line(by: Person, line: AgendaLine) -> Verdict:
    if line.visit.cadre_id == by.pk:
        return denied(_("This is your own visit; nobody decides on their own paper."))
    return writes_sitting(by, line.sitting)


def decided_in_sitting(by: Person, visit: Visit) -> Verdict:
    """Whoever wrote the decision down; the sitting's own guards stand in ``decides_line``."""
    if visit.cadre_id == by.pk:
        return denied(_("Nobody decides on their own paper."))
    return takes_part(by)


def includes_plan(by: Person, plan: Plan) -> Verdict:
    """A plan goes into a dossier with the step of whoever forwards that."""
    return head_of_dossier(by, plan.dossier) if plan.dossier else denied(_("There is no dossier."))


def reopens_plan(by: Person, plan: Plan) -> Verdict:
    """A plan comes out of a dossier that is recalled or returned."""
    if plan.dossier is None:
        return denied(_("There is no dossier."))
    return head_of_dossier(by, plan.dossier) or coordinator(by, plan) or takes_part(by)


def settles(by: Person, _paper: Plan | Dossier) -> Verdict:
    """Plans and dossiers are settled by closing the sitting that decided their lines."""
    return takes_part(by)


def reads_result(by: Person, visit: Visit) -> Verdict:
    """Result and product: the cadre, the head, the Standing Committee, UBKT once it asks.

    A superior who has left office keeps sight of what they acted on.
    """
    offices = by.offices(timezone.localdate())
    if by.pk == visit.cadre_id or offices.is_on_committee:
        return ALLOWED
    if reads_as_head(by, department_of(visit), offices.on, owner_id=visit.cadre_id):
        return ALLOWED
    if offices.is_inspector and visit.confirmation != Confirmation.NONE:
        return ALLOWED  # UBKT, of visits it asks about; the cadre's own were answered above
    if by.pk == visit.superior_id and visit.steps.filter(by=by).exists():
        return ALLOWED
    return denied(_("The result is seen by the cadre, the superior and the Standing Committee."))


def reads_content(by: Person, visit: Visit) -> Verdict:
    """Content of an approved visit: who may read the plan or the result, and the unit."""
    if reads_result(by, visit):
        return ALLOWED
    offices = by.offices(timezone.localdate())
    paper = visit.plan or visit.ad_hoc_request
    same_department = paper is not None and (
        paper.department_id is not None and paper.department_id == offices.department_id
    )
    if same_department or offices.is_coordinator or visit.unit_id in offices.unit_ids:
        return ALLOWED
    if offices.unit_ids and Visit.objects.at_units(offices.unit_ids).filter(pk=visit.pk).exists():
        return ALLOWED  # the unit responsible for the one visited
    return denied(_("The content is seen by the department, the committee and the unit."))


def reads_figures(by: Person, cadre_id: int, department_id: int | None) -> Verdict:
    """A person's figures: the person, the head, TCKT, the Standing Committee, UBKT."""
    offices = by.offices(timezone.localdate())
    if by.pk == cadre_id or offices.sees_everybody:
        return ALLOWED
    if department_id and offices.headed_id == department_id:
        return ALLOWED
    return denied(_("A person's figures are seen by the person, the head and the committee."))


def takes_agreement_back(by: Person, plan: Plan) -> Verdict:
    """Whoever agreed to it, as long as they still decide on it; no reason is asked for."""
    if not (verdict := superior_of_plan(by, plan)):
        return verdict
    return verdict if agreed_by(plan) == by.pk else denied(_("Somebody else agreed to this plan."))


def agreed_by(plan: Plan) -> int | None:
    """Who agreed to it last; a list annotates it."""
    if "agreed_by_pk" in plan.__dict__:
        read: int | None = plan.__dict__["agreed_by_pk"]
        return read
    steps = plan.steps.filter(name="agree").order_by("-number")
    found: int | None = steps.values_list("by", flat=True).first()
    return found


def takes_report_back(by: Person, visit: Visit) -> Verdict:
    """The cadre, until the superior has acted on the report."""
    if not (verdict := cadre(by, visit)):
        return verdict
    steps = visit.steps.exclude(name="reclassify").order_by("-number")
    if steps.values_list("name", flat=True).first() != "report":
        return denied(_("Your superior has acted on the report; ask for it to be sent back."))
    return ALLOWED


def reclassifies(by: Person, visit: Visit) -> Verdict:
    """R3: only TCKT changes the kind, and nobody on their own visit (R17)."""
    if visit.cadre_id == by.pk:
        return denied(_("Nobody decides on their own paper."))
    return coordinator(by, visit)


def asks_for_amendment(by: Person, visit: Visit) -> Verdict:
    """R7: the cadre asks, the superior amends."""
    if visit.state != VisitState.APPROVED:
        return denied(_("Only an approved visit can be amended."))
    return cadre(by, visit)


def refuses_amendment(by: Person, visit: Visit) -> Verdict:
    """R7: whoever could amend the visit says no to the wish."""
    return superior_of_visit(by, visit)
