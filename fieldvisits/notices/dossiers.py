"""Who is told of the steps of a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import DepartmentKind
from accounts.models import Appointment, Department
from accounts.permissions import Superiors
from fieldvisits.notices.telling import tell_step

if TYPE_CHECKING:
    from fieldvisits.models import Dossier, Step


def _of_dossier(dossier: Dossier) -> dict[str, object]:
    return {
        "department": dossier.department or _("the Standing Committee"),
        "quarter": dossier.quarter.roman,
        "year": dossier.year,
    }


def _dossier_forwarded(dossier: Dossier, step: Step) -> None:
    subject = _("%(department)s forwards its plan for quarter %(quarter)s/%(year)d")
    coordinators = Appointment.objects.on(timezone.localdate(step.at)).filter(
        department__is_coordinating=True, office__in=("head", "deputy")
    )
    for row in coordinators.select_related("person"):
        tell_step(row.person, "to_decide", dossier, step, subject, _of_dossier(dossier))


def _dossier_recalled(dossier: Dossier, step: Step) -> None:
    subject = _("%(department)s has recalled its plan for quarter %(quarter)s/%(year)d")
    coordinators = Appointment.objects.on(timezone.localdate(step.at)).filter(
        department__is_coordinating=True, office__in=("head", "deputy")
    )
    for row in coordinators.select_related("person"):
        tell_step(row.person, "decided", dossier, step, subject, _of_dossier(dossier))


def _dossier_put_before(dossier: Dossier, step: Step) -> None:
    subject = _(
        "The plan of %(department)s for quarter %(quarter)s/%(year)d is before the Standing "
        "Committee"
    )
    for member in Superiors.of_day(timezone.localdate(step.at)).committee:
        tell_step(member, "to_decide", dossier, step, subject, _of_dossier(dossier))


def _dossier_taken_back(dossier: Dossier, step: Step) -> None:
    subject = _(
        "The plan of %(department)s for quarter %(quarter)s/%(year)d is no longer before the "
        "Standing Committee"
    )
    for member in Superiors.of_day(timezone.localdate(step.at)).committee:
        tell_step(member, "decided", dossier, step, subject, _of_dossier(dossier))


def _dossier_returned(dossier: Dossier, step: Step) -> None:
    subject = _("The plan of %(department)s for quarter %(quarter)s/%(year)d was returned")
    heads = Superiors.of_day(timezone.localdate(step.at)).heads  # those who act in the office today
    offices = Department.objects.filter(kind=DepartmentKind.OFFICE)
    own = [dossier.department_id] if dossier.department_id else offices.values_list("pk", flat=True)
    for department_id in own:
        head = heads.get(department_id)
        tell_step(head, "returned", dossier, step, subject, _of_dossier(dossier))


TELL = {
    ("dossier", "forward"): _dossier_forwarded,
    ("dossier", "recall"): _dossier_recalled,
    ("dossier", "put_before"): _dossier_put_before,
    ("dossier", "take_back"): _dossier_taken_back,
    ("dossier", "return"): _dossier_returned,
}
