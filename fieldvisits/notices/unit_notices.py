"""Who is told of a notice to a unit: the unit's representatives, and the head of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from fieldvisits.models import Visit
from fieldvisits.notices.telling import tell_step
from fieldvisits.notices.unit_people import coordinators, representatives
from fieldvisits.notices.visits import of_visit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from fieldvisits.models import UnitNotice
    from fieldvisits.models.paper import StepFields


def tell_unit(notice: UnitNotice) -> None:
    """Once for a team: those who come along are named on its page."""
    visit = notice.visit
    along = Visit.objects.live().filter(
        team=visit.team, unit=visit.unit_id, starts_on=visit.starts_on, ends_on=visit.ends_on
    )
    subject = _("%(name)s will visit %(unit)s on %(day)s; please answer")
    if visit.team and along.exclude(pk=visit.pk).exists():
        subject = _("%(name)s and others will visit %(unit)s on %(day)s; please answer for all")
    for person in representatives(notice.unit_id):
        notify(
            person,
            kind="unit_notice",
            subject=subject,
            values=of_visit(visit),
            key=f"unit_notice:{notice.pk}:sent",
            url=notice.get_absolute_url(),
        )


def _answered(notice: UnitNotice, step: StepFields, subject: StrOrPromise) -> None:
    values = of_visit(notice.visit)
    if notice.proposed_on:
        values["proposed"] = f"{notice.proposed_on:%d/%m/%Y}"
    first = notice.carried_from
    knows = first is not None and first.department_id == notice.department_id
    people = {} if knows else {row.pk: row for row in coordinators(notice.department_id)}
    people[notice.visit.cadre_id] = notice.visit.cadre
    for person in people.values():
        tell_step(person, "unit_notice", notice, step, subject, values)


def _accepted(notice: UnitNotice, step: StepFields) -> None:
    _answered(notice, step, _("%(unit)s receives the visit of %(name)s on %(day)s"))


def _other_day(notice: UnitNotice, step: StepFields) -> None:
    subject = _("%(unit)s proposes %(proposed)s instead of %(day)s for the visit of %(name)s")
    _answered(notice, step, subject)


def _cannot(notice: UnitNotice, step: StepFields) -> None:
    _answered(notice, step, _("%(unit)s cannot receive the visit of %(name)s on %(day)s"))


def _taken_back(notice: UnitNotice, step: StepFields) -> None:
    _answered(notice, step, _("%(unit)s answers anew about the visit of %(name)s on %(day)s"))


def _settled(notice: UnitNotice, step: StepFields) -> None:
    if notice.carried_from is not None:
        return
    subject = _("The visit of %(name)s to %(unit)s, %(day)s, has been settled with you")
    for person in representatives(notice.unit_id):
        tell_step(person, "unit_notice", notice, step, subject, of_visit(notice.visit))


FALLEN_AWAY = _("The visit of %(name)s to %(unit)s, %(day)s, does not take place as announced")


def _lapsed(notice: UnitNotice, step: StepFields) -> None:
    for person in representatives(notice.unit_id):
        tell_step(person, "unit_notice", notice, step, FALLEN_AWAY, of_visit(notice.visit))


def tell_fallen_away(notice: UnitNotice) -> None:
    """The same word where the notice had been settled before, and takes no step any more."""
    for person in representatives(notice.unit_id):
        notify(
            person,
            kind="unit_notice",
            subject=FALLEN_AWAY,
            values=of_visit(notice.visit),
            key=f"unit_notice:{notice.pk}:fallen_away",
            url=notice.get_absolute_url(),
        )


TELL = {
    ("unit_notice", "accept"): _accepted,
    ("unit_notice", "other_day"): _other_day,
    ("unit_notice", "cannot"): _cannot,
    ("unit_notice", "take_back"): _taken_back,
    ("unit_notice", "settle"): _settled,
    ("unit_notice", "lapse"): _lapsed,
}
