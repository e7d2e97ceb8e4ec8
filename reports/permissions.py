"""Who may, in what looks back: the same function for the button, the POST and the task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Office
from accounts.permissions import ALLOWED, Verdict, as_head, denied, reads_as_head, superiors_for
from fieldvisits.permissions import coordinator, is_superior
from reports.choices import AnnualState

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Department, Person
    from reports.models import AnnualReport, Issue
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


def compiles_annual(by: Person, department_id: int) -> Verdict:
    """The head, and the deputies, who write with the head (R11)."""
    today = timezone.localdate()
    offices = by.offices(today)
    is_deputy = offices.department_office == Office.DEPUTY and not offices.stands_in_as_head
    if is_deputy and offices.department_id == department_id:
        return ALLOWED
    reason = _("Only the head and the deputies of the department write its annual report.")
    return as_head(by, department_id, today, otherwise=reason)


def head_of_annual(by: Person, report: AnnualReport) -> Verdict:
    reason = _("Only the head of the department may do this.")
    return as_head(by, report.department_id, timezone.localdate(), otherwise=reason)


def relays_annual(by: Person, report: AnnualReport) -> Verdict:
    """TCKT, also for its own report: relaying is not deciding (R17)."""
    return coordinator(by, report)


def receives_annual(by: Person, report: AnnualReport) -> Verdict:
    """A member of the Standing Committee, not of a department that the member heads (R17)."""
    today = timezone.localdate()
    if not by.offices(today).is_on_committee:
        return denied(_("Only the Standing Committee receives annual reports."))
    if reads_as_head(by, report.department_id, today):
        return denied(_("Nobody decides on their own paper."))
    return ALLOWED


def returns_annual(by: Person, report: AnnualReport) -> Verdict:
    """TCKT while it holds the report; the Standing Committee once it is before it."""
    if report.state == AnnualState.WITH_COORDINATION:
        return relays_annual(by, report)
    return receives_annual(by, report)


def opens_issue(by: Person, issue: Issue) -> Verdict:
    """Whoever reads the report that proposes it (R12, R17)."""
    return superior_of_report(by, issue.report)


def leads_issue(by: Person, issue: Issue) -> Verdict:
    """The head of the department it was raised in, and the Standing Committee."""
    today = timezone.localdate()
    if by.offices(today).is_on_committee:
        return ALLOWED
    reason = _("Only the head of the department and the Standing Committee may do this.")
    return as_head(by, issue.department_id, today, otherwise=reason)


def answers_issue(by: Person, issue: Issue) -> Verdict:
    if issue.owner_id != by.pk:
        return denied(_("Comrade %(name)s answers this issue.") % {"name": issue.owner.full_name})
    return ALLOWED


def closes_issue(by: Person, issue: Issue) -> Verdict:
    """Who raised it, the head, the Standing Committee; not who has answered it."""
    if issue.owner_id == by.pk:
        return denied(_("Whoever answers an issue does not close it."))
    return ALLOWED if issue.raised_by_id == by.pk else leads_issue(by, issue)


def reopens_issue(by: Person, issue: Issue) -> Verdict:
    return ALLOWED if issue.raised_by_id == by.pk else leads_issue(by, issue)


def see_issues(person: Person, *, on: date) -> Verdict:
    """Everybody in the agency finds the issues that concern them."""
    if person.offices(on).is_in_agency:
        return ALLOWED
    return denied(_("The issue register is kept by the agency."))


def see_department_reports(person: Person, *, on: date) -> Verdict:
    """The list of a year: TCKT and the committee; who leads a department finds its own line."""
    offices = person.offices(on)
    if offices.sees_all_departments or offices.headed_id or offices.leads_department:
        return ALLOWED
    return denied(_("Annual reports are read by those who lead and those who coordinate."))


def see_annual_reports(person: Person, *, on: date) -> Verdict:
    """The Standing Committee, TCKT, and heads of departments (R11)."""
    offices = person.offices(on)
    if offices.sees_all_departments or offices.headed_id:
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
    if offices.sees_all_departments:
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
    offices = person.offices(on)
    if offices.sees_everybody or offices.headed_id:
        return ALLOWED
    return denied(
        _(
            "The overview of the agency is for the Standing Committee, the coordinating"
            " department, the Inspection Committee and heads of departments."
        )
    )


def objects_to_figures(by: Person, person: Person) -> Verdict:
    """R15: the cadre against their own figures, and nobody for them."""
    if by.pk != person.pk:
        return denied(_("Only the comrade whose figures they are objects to them."))
    return ALLOWED
