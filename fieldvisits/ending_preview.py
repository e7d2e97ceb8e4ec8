"""Papers of the planner that are concerned when a department or a unit ends, and where they go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import OrganisationSubject
from accounts.endings import NAMED, Change, Consequence, register
from accounts.models import Unit, UnitSuccession
from accounts.models.responsible import TAKES_OVER
from fieldvisits.actions import confirmations
from fieldvisits.choices import (
    Confirmation,
    DossierState,
    NoticeState,
    PlanState,
    ProductState,
    RequestState,
    VisitState,
)
from fieldvisits.ledger import keeping
from fieldvisits.models import (
    AdHocRequest,
    ConfirmationRequest,
    Dossier,
    LedgerEntry,
    Plan,
    Product,
    ProgrammeActivity,
    UnitNotice,
    Visit,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from django.db.models import QuerySet

    from accounts.models import Person


def join_in() -> None:
    register(preview=preview, follow=follow)


def preview(change: Change) -> Iterator[Consequence]:
    if change.subject == OrganisationSubject.DEPARTMENT:
        yield from _papers(change)
    else:
        yield from _visits(change)
        yield _notices(change)
        yield _confirmations(change)
        yield _activities(change)


def follow(change: Change, people: Collection[int], by: Person) -> None:
    """Days stand where their cadre belongs; requests that nobody can answer go on."""
    del by
    if change.subject == OrganisationSubject.DEPARTMENT:
        keeping.rebook(people)
    elif change.on <= timezone.localdate():
        confirmations.pass_on_ended(today=timezone.localdate())


def _visit_line(visit: Visit) -> str:
    return (
        f"{visit.starts_on:%d/%m/%Y} {visit.cadre.full_name}, {visit.unit.name_on(visit.starts_on)}"
    )


def _of_visits(title: str, visits: QuerySet[Visit], what: str, tone: str = "") -> Consequence:
    rows = visits.select_related("cadre", "unit").prefetch_related("unit__versions").in_order()  # type: ignore[attr-defined]  # of visits
    return Consequence(
        title=title,
        count=visits.count(),
        rows=tuple(_visit_line(visit) for visit in rows[:NAMED]),
        what=what,
        tone=tone,
    )


def _visits(change: Change) -> Iterator[Consequence]:
    there = Visit.objects.filter(unit__in=change.ended, ends_on__gte=change.on)
    yield _of_visits(
        _("Approved visits on that day or after it"),
        there.filter(state=VisitState.APPROVED),
        _(
            "They stay approved and are marked; the head of the department moves each to a "
            "successor without a new decision, and the notice goes again."
        ),
        "warn",
    )
    yield _of_visits(
        _("Visits proposed on that day or after it"),
        there.filter(state=VisitState.PROPOSED),
        _("They need another unit before they can be submitted or decided."),
    )


def _notices(change: Change) -> Consequence:
    rows = UnitNotice.objects.filter(unit__in=change.ended, state=NoticeState.SENT)
    rows = rows.filter(visit__ends_on__gte=change.on).select_related("visit__cadre", "visit__unit")
    rows = rows.prefetch_related("visit__unit__versions")
    return Consequence(
        title=_("Notices not answered yet"),
        count=rows.count(),
        rows=tuple(_visit_line(row.visit) for row in rows.order_by("visit__starts_on")[:NAMED]),
        what=_("A new notice goes to the successor when the visit is moved."),
    )


def _confirmations(change: Change) -> Consequence:
    asked = ConfirmationRequest.objects.filter(unit__in=change.ended, state=Confirmation.ASKED)
    rows = asked.select_related("visit__cadre", "visit__unit")
    rows = rows.prefetch_related("visit__unit__versions").order_by("visit__starts_on", "pk")
    shown = list(rows[:NAMED])
    went = _main_successors({row.visit.unit_id for row in shown})
    nobody = _("the list of the Inspection Committee")

    def to(request: ConfirmationRequest) -> str:
        own = went.get(request.visit.unit_id)
        return (own.name_on(change.on) if own else change.heir) or nobody

    return Consequence(
        title=_("Requests for confirmation that wait there"),
        count=asked.count(),
        rows=tuple(f"{_visit_line(row.visit)} → {to(row)}" for row in shown),
        what=_(
            "Each goes to the main successor of the unit visited, else to that of the unit "
            "asked, else to the list of the Inspection Committee; on that day, at once if it "
            "has come."
        ),
        url=reverse("fieldvisits:confirmation-list"),
    )


def _main_successors(unit_ids: Collection[int]) -> dict[int, Unit]:
    links = UnitSuccession.objects.filter(old__in=unit_ids, share__in=TAKES_OVER)
    return {link.old_id: link.new for link in links.select_related("new")}


def _activities(change: Change) -> Consequence:
    rows = ProgrammeActivity.objects.filter(host_unit__in=change.ended, starts_on__gte=change.on)
    rows = rows.filter(closed_as="").order_by("starts_on", "pk")
    return Consequence(
        title=_("Activities of the programme that it hosts"),
        count=rows.count(),
        rows=tuple(f"{row.starts_on:%d/%m/%Y} {row.title}" for row in rows[:NAMED]),
        what=_("The department in charge names another host."),
    )


# --- departments -------------------------------------------------------------------------


def _papers(change: Change) -> Iterator[Consequence]:
    to = change.heir or _("the member of the Standing Committee in charge")
    passes = _("They pass to the head of %(heir)s.") % {"heir": to}
    plans = Plan.objects.own().filter(department__in=change.ended)
    plans = plans.exclude(state=PlanState.SETTLED).select_related("cadre")
    yield _counted(_("Plans not decided yet"), plans, passes, _plan_line)
    dossiers = Dossier.objects.filter(department__in=change.ended)
    yield _counted(
        _("Dossiers not decided yet"),
        dossiers.exclude(state=DossierState.DECIDED),
        passes,
        _dossier_line,
    )
    asked = AdHocRequest.objects.filter(department__in=change.ended)
    asked = asked.filter(state__in=(RequestState.REQUESTED, RequestState.ENDORSED))
    asked = asked.select_related("visit__cadre", "visit__unit")
    asked = asked.prefetch_related("visit__unit__versions")
    yield _counted(_("Ad-hoc requests under way"), asked, passes, _of_visit)
    products = Product.objects.filter(department__in=change.ended)
    products = products.filter(state__in=(ProductState.OWED, ProductState.SUBMITTED))
    products = products.select_related("visit__cadre", "visit__unit")
    products = products.prefetch_related("visit__unit__versions")
    yield _counted(_("Products owed or waiting"), products, passes, _of_visit)
    yield from _days(change, passes)


def _plan_line(plan: Plan) -> str:
    return f"{plan.cadre.full_name}, {plan.quarter.roman}/{plan.year}"


def _dossier_line(dossier: Dossier) -> str:
    name = dossier.department.name_on(dossier.quarter.first_day) if dossier.department else ""
    return f"{name}, {dossier.quarter.roman}/{dossier.year}"


def _of_visit(paper: Any) -> str:
    return _visit_line(paper.visit)


def _counted(title: str, rows: QuerySet[Any], what: str, line: Callable[[Any], str]) -> Consequence:
    shown = tuple(line(row) for row in rows.order_by("pk")[:NAMED])
    return Consequence(title=title, count=rows.count(), rows=shown, what=what)


def _days(change: Change, passes: str) -> Iterator[Consequence]:
    entries = LedgerEntry.objects.filter(visit=OuterRef("pk"), department__in=change.ended)
    ahead = Visit.objects.filter(Exists(entries.filter(date__gte=change.on)))
    yield _of_visits(
        _("Approved visits on that day or after it"),
        ahead.filter(state=VisitState.APPROVED),
        _("They stay approved; their days stand under the department their cadre belongs to then."),
    )
    waiting = Visit.objects.filter(Exists(entries), state=VisitState.REPORTED)
    yield _of_visits(_("Results waiting to be accepted"), waiting, passes)
