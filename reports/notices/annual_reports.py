"""Who is told of the steps of a department's annual report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Office
from accounts.models import Appointment
from accounts.permissions import Superiors
from fieldvisits.notices.telling import tell_step

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from fieldvisits.models.paper import StepFields
    from reports.models import AnnualReport


def _values(report: AnnualReport) -> dict[str, object]:
    return {"department": report.department, "year": report.year}


def _coordinators(kind: str, report: AnnualReport, step: StepFields, subject: StrOrPromise) -> None:
    rows = Appointment.objects.on(timezone.localdate(step.at)).filter(
        department__is_coordinating=True, office__in=(Office.HEAD, Office.DEPUTY)
    )
    for row in rows.select_related("person"):
        tell_step(row.person, kind, report, step, subject, _values(report))


def _committee(kind: str, report: AnnualReport, step: StepFields, subject: StrOrPromise) -> None:
    for member in Superiors.of_day(timezone.localdate(step.at)).committee:
        tell_step(member, kind, report, step, subject, _values(report))


def _head(kind: str, report: AnnualReport, step: StepFields, subject: StrOrPromise) -> None:
    """Whoever acts as head of the department today."""
    head = Superiors.of_day(timezone.localdate(step.at)).heads.get(report.department_id)
    tell_step(head, kind, report, step, subject, _values(report))


def _submitted(report: AnnualReport, step: StepFields) -> None:
    subject = _("%(department)s submits its annual report %(year)d")
    _coordinators("to_decide", report, step, subject)


def _recalled(report: AnnualReport, step: StepFields) -> None:
    subject = _("%(department)s has recalled its annual report %(year)d")
    _coordinators("decided", report, step, subject)


def _put_before(report: AnnualReport, step: StepFields) -> None:
    subject = _("The annual report %(year)d of %(department)s is before the Standing Committee")
    _committee("to_decide", report, step, subject)
    _head("decided", report, step, subject)


def _taken_back(report: AnnualReport, step: StepFields) -> None:
    subject = _("The annual report %(year)d of %(department)s is no longer before the Committee")
    _committee("decided", report, step, subject)
    _head("decided", report, step, subject)


def _returned(report: AnnualReport, step: StepFields) -> None:
    subject = _("The annual report %(year)d of %(department)s was returned")
    _head("returned", report, step, subject)


def _received(report: AnnualReport, step: StepFields) -> None:
    subject = _("The annual report %(year)d of %(department)s was received")
    _head("decided", report, step, subject)
    _coordinators("decided", report, step, subject)


def _added(report: AnnualReport, step: StepFields) -> None:
    subject = _("%(department)s adds an addendum to its annual report %(year)d")
    _coordinators("decided", report, step, subject)
    _committee("decided", report, step, subject)


ANNUAL = {
    "submit": _submitted,
    "recall": _recalled,
    "put_before": _put_before,
    "take_back": _taken_back,
    "return": _returned,
    "receive": _received,
    "addendum": _added,
}
