"""Who is told that visits fall away because a cadre leaves or is exempted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import ngettext_lazy

from accounts.actions.messages import notify
from accounts.links import address
from accounts.permissions import Superiors
from fieldvisits.permissions import department_of

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from accounts.models import Person
    from fieldvisits.models import Visit


def tell_released(
    person: Person, visits: list[Visit], *, by: Person, why: StrOrPromise, on: date
) -> None:
    """The cadre and the head of each department concerned, once each; not whoever did it."""
    if not visits:
        return
    heads = Superiors.of_day(timezone.localdate()).heads
    departments = {visit.plan.department_id if visit.plan else None for visit in visits}
    departments |= {department_of(visit) for visit in visits}
    told = {person, *(heads[pk] for pk in departments if pk in heads)} - {by}
    for recipient in sorted(told, key=lambda one: one.pk):
        notify(
            recipient,
            kind="decided",
            subject=ngettext_lazy(
                "%(count)d approved visit of comrade %(name)s was cancelled: %(why)s",
                "%(count)d approved visits of comrade %(name)s were cancelled: %(why)s",
                "count",
            ),
            values={"count": len(visits), "name": person.full_name, "why": why},
            key=f"released:{person.pk}:{on.isoformat()}:{visits[0].pk}:{len(visits)}",
            url=address("fieldvisits:visit-list"),
        )
