"""The list of sittings, and what stands around the agenda of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from fieldvisits.choices import Decision, SittingState
from fieldvisits.models import Sitting
from fieldvisits.overview.line import Facts, facts_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person
    from fieldvisits.overview.agenda import Agenda, Line


def sittings_for(viewer: Person) -> QuerySet[Sitting]:
    return (
        Sitting.objects.visible_to(viewer)
        .select_related("chair")
        .annotate(
            line_count=Count("lines"),
            open_count=Count("lines", filter=Q(lines__decision=Decision.OPEN)),
        )
        .order_by("-held_on", "-pk")  # counting drops the order of the model
    )


def facts_of_page(viewer: Person, agenda: Agenda, focus: Line | None) -> Facts | None:
    if focus is None or agenda.sitting.state == SittingState.CLOSED:
        return None
    return facts_of(focus, viewer, agenda)


def department_choices(agenda: Agenda) -> list[tuple[int, str]]:
    """The departments on the agenda: whom a direction may go to."""
    found: dict[int, str] = {}
    for item in agenda.items:
        if item.dossier and item.dossier.department_id is not None:
            found.setdefault(item.dossier.department_id, item.department)
    return list(found.items())
