"""A reminder, in the words of the paper it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from fieldvisits.models import AdHocRequest, Dossier, Product, Visit

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.models import Plan


ABOUT_VISIT = {
    "visit": _("%(by)s asks you to look at the result of the visit to %(unit)s, %(day)s"),
    "request": _("%(by)s asks you to look at the request for an ad-hoc visit to %(unit)s, %(day)s"),
    "product": _("%(by)s asks you to look at the product of the visit to %(unit)s, %(day)s"),
}


def tell_nudged(
    paper: Plan | Dossier | Visit | AdHocRequest | Product,
    person: Person,
    *,
    by: Person,
    today: date,
) -> None:
    """``today`` is part of the key: pressed twice, it is said once."""
    values: dict[str, object] = {
        "by": by,
        "since": f"{timezone.localdate(paper.moved_at):%d/%m/%Y}",
    }
    if isinstance(paper, Visit | AdHocRequest | Product):
        subject = ABOUT_VISIT[paper.PATH]
        visit = paper if isinstance(paper, Visit) else paper.visit
        unit = visit.unit.name_on(visit.starts_on)
        values |= {"unit": unit, "day": f"{visit.starts_on:%d/%m/%Y}"}
    else:
        subject = _("%(by)s asks you to look at the plan for quarter %(quarter)s/%(year)d")
        if isinstance(paper, Dossier):
            subject = _(
                "%(by)s asks you to look at the dossier of %(department)s for quarter "
                "%(quarter)s/%(year)d"
            )
            values["department"] = paper.department or _("the Standing Committee")
        values |= {"quarter": paper.quarter.roman, "year": paper.year}
    notify(
        person,
        kind="to_decide",
        subject=subject,
        body=_("It has been with you since %(since)s."),
        values=values,
        key=f"{paper.PATH}:{paper.pk}:nudge:{today.isoformat()}",
        url=paper.get_absolute_url(),
    )
