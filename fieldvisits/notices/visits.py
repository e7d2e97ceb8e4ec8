"""Who is told of the steps of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Superiors
from fieldvisits import permissions
from fieldvisits.notices.telling import tell_step

if TYPE_CHECKING:
    from fieldvisits.models import Step, Visit


def of_visit(visit: Visit) -> dict[str, object]:
    return {
        "name": visit.cadre,
        "unit": visit.unit.name_on(visit.starts_on),
        "day": f"{visit.starts_on:%d/%m/%Y}",
    }


def _visit_reported(visit: Visit, step: Step) -> None:
    subject = _("%(name)s reports the result of the visit to %(unit)s, %(day)s")
    tell_step(visit.superior, "to_decide", visit, step, subject, of_visit(visit))


def _report_taken_back(visit: Visit, step: Step) -> None:
    subject = _("%(name)s takes back the report of the visit to %(unit)s, %(day)s")
    tell_step(visit.superior, "decided", visit, step, subject, of_visit(visit))


def _visit_sent_back(visit: Visit, step: Step) -> None:
    subject = _("The result of your visit to %(unit)s, %(day)s, was sent back")
    tell_step(visit.cadre, "returned", visit, step, subject, of_visit(visit))


def _attendance_logged(visit: Visit, step: Step) -> None:
    subject = _("%(name)s logs attending an activity at %(unit)s, %(day)s")
    tell_step(visit.superior, "to_decide", visit, step, subject, of_visit(visit))


def _visit_accepted(visit: Visit, step: Step) -> None:
    subject = _("The result of your visit to %(unit)s, %(day)s, was accepted")
    tell_step(visit.cadre, "decided", visit, step, subject, of_visit(visit))


def _visit_reopened(visit: Visit, step: Step) -> None:
    subject = _("The result of your visit to %(unit)s, %(day)s, was reopened")
    tell_step(visit.cadre, "returned", visit, step, subject, of_visit(visit))


def _visit_cancelled(visit: Visit, step: Step) -> None:
    """The cadre, or, where the cadre cancels, whoever decides on the cadre's papers."""
    subject = _("The visit of %(name)s to %(unit)s, %(day)s, was cancelled")
    if visit.ends_on < timezone.localdate(step.at):
        subject = _("The visit of %(name)s to %(unit)s, %(day)s, was not carried out")
    superiors = Superiors.of_day(timezone.localdate(step.at))
    for person in (visit.cadre, superiors.of(visit.cadre, permissions.department_of(visit))):
        tell_step(person, "decided", visit, step, subject, of_visit(visit))


TELL = {
    ("visit", "report"): _visit_reported,
    ("visit", "log"): _attendance_logged,
    ("visit", "replace"): _visit_cancelled,
    ("visit", "take_back"): _report_taken_back,
    ("visit", "reopen"): _visit_reopened,
    ("visit", "send_back"): _visit_sent_back,
    ("visit", "accept"): _visit_accepted,
    ("visit", "cancel"): _visit_cancelled,
}
