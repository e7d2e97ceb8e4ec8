"""Who may, in what looks back: the same function for the button, the POST and the task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import ALLOWED, Verdict, denied, superiors_for
from fieldvisits.permissions import is_superior

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Department, Person
    from reports.models.report import Report


def writer(by: Person, report: Report) -> Verdict:
    if report.person_id != by.pk:
        return denied(_("Only the cadre whose report it is may do this."))
    return ALLOWED


def superior_of_report(by: Person, report: Report) -> Verdict:
    """Whoever is the superior today, in the department the report was sent from (R17)."""
    return is_superior(by, report.person, report.department_then())


def superior_of(report: Report, asker: Person) -> Person | None:
    """Who reads ``report`` today; ``asker`` remembers who holds which office."""
    superiors = superiors_for(asker, timezone.localdate())
    return superiors.of(report.person, report.department_then())


def writes_reports(person: Person, *, on: date) -> Verdict:
    """Whoever travels: members of departments and of the Standing Committee."""
    offices = person.offices(on)
    if offices.department_id or offices.is_on_committee:
        return ALLOWED
    return denied(_("You are not among those who report on field visits."))


def receives_reports(person: Person, *, on: date) -> Verdict:
    """Whoever leads: reads the reports of a department, or of all."""
    offices = person.offices(on)
    if offices.headed_id or offices.is_on_committee:
        return ALLOWED
    return denied(_("Reports are read by heads of departments and the Standing Committee."))


def see_annual_reports(person: Person, *, on: date) -> Verdict:
    """The Standing Committee, TCKT, and heads of departments (R11)."""
    offices = person.offices(on)
    if offices.is_on_committee or offices.is_coordinator or offices.headed_id:
        return ALLOWED
    return denied(
        _(
            "Annual summaries are drawn up by heads of departments, the coordinating"
            " department and the Standing Committee."
        )
    )


def ask_for_annual_report(person: Person, department: Department | None, *, on: date) -> Verdict:
    """The agency's: the committee and TCKT. A department's: they, and its head."""
    offices = person.offices(on)
    if offices.is_on_committee or offices.is_coordinator:
        return ALLOWED
    if department is None:
        return denied(
            _(
                "Only the Standing Committee and the coordinating department draw up the"
                " summary of the whole agency."
            )
        )
    if offices.headed_id != department.pk:
        return denied(_("Only the head of the department may do this."))
    return ALLOWED


def see_dashboard(person: Person, *, on: date) -> Verdict:
    """Sums of departments and of the agency, for those who lead, check or coordinate."""
    if sees_everybody(person, on=on) or person.offices(on).headed_id:
        return ALLOWED
    return denied(
        _(
            "The overview of the agency is for the Standing Committee, the coordinating"
            " department, the Inspection Committee and heads of departments."
        )
    )


def sees_everybody(person: Person, *, on: date) -> bool:
    """Whether the figures of every single person are open to ``person``."""
    offices = person.offices(on)
    return offices.is_on_committee or offices.is_coordinator or offices.is_inspector


def see_figures_of(
    person: Person, cadre: Person, department_id: int | None, *, on: date
) -> Verdict:
    """Figures of a person: the person, the head, TCKT, the committee, UBKT.

    ``department_id`` is the department the cadre is listed under.
    """
    if person.pk == cadre.pk or sees_everybody(person, on=on):
        return ALLOWED
    headed_id = person.offices(on).headed_id
    if headed_id is not None and headed_id == department_id:
        return ALLOWED
    return denied(_("Figures of a person are seen by that person and those who lead or check."))
