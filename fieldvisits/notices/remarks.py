"""Who is told that a unit has reported on a visit (R26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from fieldvisits.notices.unit_people import coordinators, inspectors
from fieldvisits.notices.visits import of_visit

if TYPE_CHECKING:
    from fieldvisits.models import UnitRemark


def tell_head(remark: UnitRemark) -> None:
    """The head and UBKT, but never the cadre whose visit it is."""
    people = {p.pk: p for p in (*coordinators(remark.department_id), *inspectors())}
    people.pop(remark.visit.cadre_id, None)
    for person in people.values():
        notify(
            person,
            kind="remark",
            subject=_("%(unit)s reports on the visit of %(name)s, %(day)s"),
            values=of_visit(remark.visit),
            key=f"remark:{remark.pk}",
            url=remark.visit.get_absolute_url(),
        )


def tell_cadre(remark: UnitRemark) -> None:
    notify(
        remark.visit.cadre,
        kind="remark",
        subject=_("What %(unit)s reports on your visit of %(day)s has been passed on to you"),
        values=of_visit(remark.visit),
        key=f"remark:{remark.pk}:passed_on",
        url=remark.visit.get_absolute_url(),
    )
