"""What comes before a sitting: lines join, leave and stay on agendas by themselves (R7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Max, Q

from fieldvisits.choices import Decision, DossierState, RequestState, SittingState, VisitState
from fieldvisits.models import AgendaLine, Sitting, Visit

if TYPE_CHECKING:
    from fieldvisits.models import Dossier


def hold_open() -> list[Sitting]:
    """The open sittings, the next one first; none of them is closed or filled by others
    until the transaction ends. Before any other lock: see ``door.hold``.
    """
    rows = Sitting.objects.filter(state=SittingState.OPEN).select_for_update()
    return sorted(rows.order_by("pk"), key=lambda sitting: (sitting.held_on, sitting.pk))


def waiting_visits() -> list[Visit]:
    """Proposed visits that no open agenda has: of dossiers put before the committee, those
    deferred by an earlier sitting, and those of endorsed requests that nobody has decided
    on. Ordered by department, person, day; ad-hoc ones last.
    """
    on_open = AgendaLine.objects.filter(sitting__state=SittingState.OPEN)
    put_off = AgendaLine.objects.filter(decision=Decision.DEFER, sitting__state=SittingState.CLOSED)
    brought = Q(plan__dossier__state=DossierState.BEFORE_COMMITTEE)
    deferred = Q(pk__in=put_off.values("visit"), plan__isnull=False)
    endorsed = Q(request__state=RequestState.ENDORSED)
    return list(
        Visit.objects.filter(brought | deferred | endorsed, state=VisitState.PROPOSED)
        .exclude(pk__in=on_open.values("visit"))
        .select_related("plan__dossier", "request")
        .order_by(
            F("request").asc(nulls_first=True),
            "plan__department__code",
            "plan__dossier__round",
            "cadre__sort_key",
            "starts_on",
            "code",
        )
    )


def fill(sitting: Sitting) -> int:
    """Put every waiting visit on the agenda of ``sitting``, which the caller holds; return
    how many came.
    """
    visits = waiting_visits()
    last = sitting.lines.aggregate(last=Max("number"))["last"] or 0
    AgendaLine.objects.bulk_create(
        AgendaLine(
            sitting=sitting,
            visit=visit,
            dossier=visit.plan.dossier if visit.plan else None,
            number=number,
        )
        for number, visit in enumerate(visits, last + 1)
    )
    return len(visits)


def take_off(dossier: Dossier) -> None:
    """Take the lines of a returned dossier off the agendas that are still open."""
    dossier.agenda_lines.filter(sitting__state=SittingState.OPEN).delete()
