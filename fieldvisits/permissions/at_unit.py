"""Who may: products, and what goes between the agency and a unit (R4, R9, R13, R14, R26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import ALLOWED, Verdict, as_head, denied
from fieldvisits.models import Visit
from fieldvisits.models.visit import PUBLIC_STATES
from fieldvisits.permissions.papers import cadre, head_of_office, superior_of_visit

if TYPE_CHECKING:
    from accounts.models import Person, Unit
    from fieldvisits.models import (
        ConfirmationRequest,
        Paper,
        Product,
        UnitNotice,
        UnitRemark,
    )


def cadre_of_visit(by: Person, paper: Product | ConfirmationRequest) -> Verdict:
    return cadre(by, paper.visit)


def superior_of_product(by: Person, product: Product) -> Verdict:
    return superior_of_visit(by, product.visit)


def represents(by: Person, paper: UnitNotice | ConfirmationRequest) -> Verdict:
    """A representative, in office today, of the unit the paper is addressed to; who came as a
    cadre does not confirm their own visit for the unit (R17).
    """
    if paper.PATH == "confirmation" and paper.visit.cadre_id == by.pk:
        return denied(_("Nobody decides on their own paper."))
    if paper.unit_id not in by.offices(timezone.localdate()).unit_ids:
        return denied(_("Only representatives of the unit answer this."))
    return ALLOWED


ANSWERS = ("confirm", "correct", "dispute")


def takes_answer_back(by: Person, request: ConfirmationRequest) -> Verdict:
    """The unit, until the next has acted: the cadre or UBKT on a “no”, whoever changes the
    visit on a correction, UBKT by asking anew. Earlier records stay as they were taken over.
    """
    if not (verdict := represents(by, request)):
        return verdict
    last = request.steps.order_by("-number").values("name", "at").first()
    if last is None or last["name"] not in ANSWERS:
        return denied(_("Your answer has been acted on; write to the Inspection Committee."))
    if last["name"] == "correct" and request.visit.steps.filter(at__gt=last["at"]).exists():
        return denied(_("The visit has been acted on since; write to the Inspection Committee."))
    if request.visit.confirmations.filter(pk__gt=request.pk).exists():
        return denied(_("The unit has been asked anew; answer the newer request."))
    return verdict


def coordinates_visit(by: Person, paper: UnitNotice | UnitRemark) -> Verdict:
    """The head of the cadre's department; for members of the committee the head of the Office."""
    if paper.department_id is None:
        return head_of_office(by, otherwise=_("The head of the Office does this."))
    reason = _("Only the head of the department may do this.")
    return as_head(by, paper.department_id, timezone.localdate(), otherwise=reason)


def follows_visit(_by: Person | None, _paper: Paper) -> Verdict:
    """A step that comes with one of the visit; that one's own guards stand."""
    return ALLOWED


def inspector(by: Person, paper: ConfirmationRequest) -> Verdict:
    return asks_about(by, paper.visit)


def asks_about(by: Person, visit: Visit) -> Verdict:
    """UBKT asks; its members do not work on their own visits (R14)."""
    if not by.offices(timezone.localdate()).is_inspector:
        return denied(_("Only the Inspection Committee may do this."))
    if visit.cadre_id == by.pk:
        return denied(_("This is your own visit; another member of the committee works on it."))
    return ALLOWED


def the_clock(by: Person | None, _paper: Paper) -> Verdict:
    return ALLOWED if by is None else denied(_("This happens by itself when the time is over."))


def remarks_on(by: Person, visit: Visit) -> Verdict:
    """A unit reports on a visit to it, unasked, at any time (R26)."""
    units = by.offices(timezone.localdate()).unit_ids
    if units and Visit.objects.at_units(units).filter(pk=visit.pk).exists():
        return ALLOWED
    return denied(_("Only representatives of the unit report on a visit."))


def keeps_overview(by: Person, unit: Unit) -> Verdict:
    """Whoever has or had an approved visit there keeps the overview of the unit (R13), as long
    as they are in the agency, which alone reads it.
    """
    if not by.offices(timezone.localdate()).is_in_agency:
        return denied(_("The overview is kept by those who visit the unit."))
    has_been = unit.__dict__.get("has_been")  # a page that asks for more reads it with the unit
    if has_been is None:
        has_been = Visit.objects.filter(cadre=by, unit=unit, state__in=PUBLIC_STATES).exists()
    if has_been:
        return ALLOWED
    return denied(_("The overview is kept by those who visit the unit."))
