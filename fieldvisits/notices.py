"""Who is told what, in which words. The mechanism is ``accounts.actions.messages``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.actions.messages import notify
from accounts.models import Appointment
from accounts.permissions import Superiors
from fieldvisits.choices import Decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from accounts.models import Person
    from fieldvisits.models import AgendaLine, Dossier, Paper, Plan, Sitting, Step, Visit


def announce(paper: Paper, step: Step) -> None:
    """Tell whoever has to know of a step; called by the door, in its transaction."""
    tell = _TELL.get((paper.PATH, step.name))
    if tell:
        tell(paper, step)


def _tell(
    person: Person | None,
    kind: str,
    paper: Paper,
    step: Step,
    subject: StrOrPromise,
    values: dict[str, object],
) -> None:
    """Tell one person of one step; what was said with it is quoted."""
    if person is None or person.pk == step.by_id:
        return
    notify(
        person,
        kind=kind,
        subject=subject,
        body=_("%(by)s: “%(comment)s”") if step.comment else "",
        values={**values, "by": step.by, "comment": step.comment},
        key=f"{paper.PATH}:{paper.pk}:{step.name}:{step.number}",
        url=paper.get_absolute_url(),
    )


def _of_plan(plan: Plan) -> dict[str, object]:
    return {"name": plan.cadre, "quarter": plan.quarter.roman, "year": plan.year}


def _of_dossier(dossier: Dossier) -> dict[str, object]:
    return {
        "department": dossier.department or _("the Standing Committee"),
        "quarter": dossier.quarter.roman,
        "year": dossier.year,
    }


def _of_visit(visit: Visit) -> dict[str, object]:
    return {
        "name": visit.cadre,
        "unit": visit.unit.name_on(visit.starts_on),
        "day": f"{visit.starts_on:%d/%m/%Y}",
    }


def _plan_submitted(plan: Plan, step: Step) -> None:
    subject = _("%(name)s submits the plan for quarter %(quarter)s/%(year)d for agreement")
    _tell(plan.superior, "to_decide", plan, step, subject, _of_plan(plan))


def _plan_returned(plan: Plan, step: Step) -> None:
    subject = _("Your plan for quarter %(quarter)s/%(year)d has been returned")
    _tell(plan.cadre, "returned", plan, step, subject, _of_plan(plan))


def _dossier_forwarded(dossier: Dossier, step: Step) -> None:
    subject = _("%(department)s forwards its plan for quarter %(quarter)s/%(year)d")
    coordinators = Appointment.objects.on(step.at.date()).filter(
        department__is_coordinating=True, office__in=("head", "deputy")
    )
    for row in coordinators.select_related("person"):
        _tell(row.person, "to_decide", dossier, step, subject, _of_dossier(dossier))


def _dossier_put_before(dossier: Dossier, step: Step) -> None:
    subject = _(
        "The plan of %(department)s for quarter %(quarter)s/%(year)d is before the Standing "
        "Committee"
    )
    for member in Superiors.of_day(step.at.date()).committee:
        _tell(member, "to_decide", dossier, step, subject, _of_dossier(dossier))


def _dossier_returned(dossier: Dossier, step: Step) -> None:
    subject = _("The plan of %(department)s for quarter %(quarter)s/%(year)d was returned")
    heads = Appointment.objects.on(step.at.date()).filter(office="head", body="department")
    own = heads.filter(department=dossier.department_id)
    for row in own if dossier.department_id else heads.filter(department__kind="office"):
        _tell(row.person, "returned", dossier, step, subject, _of_dossier(dossier))


def _visit_reported(visit: Visit, step: Step) -> None:
    subject = _("%(name)s reports the result of the visit to %(unit)s, %(day)s")
    _tell(visit.superior, "to_decide", visit, step, subject, _of_visit(visit))


def _visit_sent_back(visit: Visit, step: Step) -> None:
    subject = _("The result of your visit to %(unit)s, %(day)s, was sent back")
    _tell(visit.cadre, "returned", visit, step, subject, _of_visit(visit))


def _visit_accepted(visit: Visit, step: Step) -> None:
    subject = _("The result of your visit to %(unit)s, %(day)s, was accepted")
    _tell(visit.cadre, "decided", visit, step, subject, _of_visit(visit))


def _visit_cancelled(visit: Visit, step: Step) -> None:
    subject = _("The visit to %(unit)s, %(day)s, was cancelled")
    _tell(visit.cadre, "decided", visit, step, subject, _of_visit(visit))


_TELL: dict[tuple[str, str], Callable[..., None]] = {
    ("plan", "submit"): _plan_submitted,
    ("plan", "return"): _plan_returned,
    ("dossier", "forward"): _dossier_forwarded,
    ("dossier", "put_before"): _dossier_put_before,
    ("dossier", "return"): _dossier_returned,
    ("visit", "report"): _visit_reported,
    ("visit", "send_back"): _visit_sent_back,
    ("visit", "accept"): _visit_accepted,
    ("visit", "cancel"): _visit_cancelled,
}


def tell_decisions(sitting: Sitting) -> None:
    """Tell each cadre once what a sitting decided of their visits, and each head."""
    by_cadre: defaultdict[Person, list[AgendaLine]] = defaultdict(list)
    departments: set[int] = set()
    lines = sitting.lines.exclude(decision=Decision.OPEN).select_related(
        "visit__cadre", "visit__plan"
    )
    for line in lines:
        by_cadre[line.visit.cadre].append(line)
        if line.visit.plan and line.visit.plan.department_id:
            departments.add(line.visit.plan.department_id)
    for cadre, own in by_cadre.items():
        _tell_cadre(sitting, cadre, own)
    heads = Superiors.of_day(sitting.held_on).heads
    for department_id in sorted(departments):
        if (head := heads.get(department_id)) and head not in by_cadre:
            notify(
                head,
                kind="decided",
                subject=_("The Standing Committee has decided on the plan of your department"),
                body=_("Notice %(number)s"),
                values={"number": sitting.notice_number},
                key=f"sitting:{sitting.pk}:decided",
                url=reverse("fieldvisits:sitting-notice", args=[sitting.pk]),
            )


def _tell_cadre(sitting: Sitting, cadre: Person, lines: list[AgendaLine]) -> None:
    said = dict.fromkeys(Decision, 0)
    for line in lines:
        said[Decision(line.decision)] += 1
    notify(
        cadre,
        kind="decided",
        subject=ngettext_lazy(
            "The Standing Committee has decided on %(count)d visit of yours",
            "The Standing Committee has decided on %(count)d visits of yours",
            "count",
        ),
        body=_(
            "Agreed to: %(agreed)d (adjusted: %(adjusted)d). Not agreed to: %(declined)d. "
            "Deferred: %(deferred)d. Notice %(number)s."
        ),
        values={
            "count": len(lines),
            "agreed": said[Decision.APPROVE] + said[Decision.ADJUST],
            "adjusted": said[Decision.ADJUST],
            "declined": said[Decision.DECLINE],
            "deferred": said[Decision.DEFER],
            "number": sitting.notice_number,
        },
        key=f"sitting:{sitting.pk}:decided",
        url=reverse("fieldvisits:sitting-notice", args=[sitting.pk]),
    )
