"""What the planner knows of a change of office: papers held, plans and visits under way."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import consequences
from accounts.choices import Body, Office
from accounts.consequences import Change, Consequence
from accounts.links import address
from accounts.words import quarter
from fieldvisits.choices import (
    DossierState,
    PlanState,
    ProductState,
    RequestState,
    VisitState,
)
from fieldvisits.ledger import keeping
from fieldvisits.models import AdHocRequest, Dossier, LedgerEntry, Plan, Product, Step, Visit
from fieldvisits.overview.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import Appointment

NAMED = 10  # papers listed by name; the sentence has the number of all
UNDER_WAY = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RETURNED, PlanState.AGREED,
             PlanState.IN_DOSSIER)  # fmt: skip


def join_in() -> None:
    consequences.register(foresees=foresee, done=done, follows=keeping.rebook)


def foresee(change: Change) -> Iterator[Consequence]:
    row = change.ends
    if row is None or row.body not in (Body.DEPARTMENT, Body.STANDING_COMMITTEE):
        return
    yield from _held(change)
    yield from _own_plans(change)
    if row.office == Office.HEAD:
        yield from _dossiers(row)
    yield from _ahead(change)
    yield from _counted(change)


def _held(change: Change) -> Iterator[Consequence]:
    person = change.person
    waiting = (
        (_("%(n)d plans to agree to"), Plan.objects.own().filter(state=PlanState.SUBMITTED)),
        (_("%(n)d results to accept"), Visit.objects.filter(state=VisitState.REPORTED)),
        (
            _("%(n)d ad-hoc requests to endorse"),
            AdHocRequest.objects.filter(state=RequestState.REQUESTED),
        ),
        (_("%(n)d products to accept"), Product.objects.filter(state=ProductState.SUBMITTED)),
    )
    counted = [(words, rows.filter(superior=person).count()) for words, rows in waiting]
    if named := tuple(words % {"n": n} for words, n in counted if n):
        text = _("Papers the comrade holds pass to whoever decides in that office then:")
        yield Consequence(text, "warn", named)


def _own_plans(change: Change) -> Iterator[Consequence]:
    row = change.ends
    plans = Plan.objects.own().filter(
        cadre=change.person, state__in=UNDER_WAY, department=row.department_id if row else None
    )
    if named := tuple(
        f"{quarter(plan.quarter)}, {plan.get_state_display()}" for plan in plans[:NAMED]
    ):
        yield Consequence(_("Plans under way stay with the department left:"), "", named)


def _dossiers(row: Appointment) -> Iterator[Consequence]:
    open_ones = Dossier.objects.filter(department=row.department).exclude(
        state=DossierState.DECIDED
    )
    named = tuple(
        f"{quarter(dossier.quarter)}, {dossier.get_state_display()}"
        for dossier in open_ones[:NAMED]
    )
    if named:
        yield Consequence(_("Dossiers of the department under way:"), "warn", named)


def _ahead(change: Change) -> Iterator[Consequence]:
    rows = Visit.objects.filter(
        cadre=change.person, state=VisitState.APPROVED, starts_on__gte=change.on
    )
    count = rows.count()
    if not count:
        return
    first = rows.select_related("unit").prefetch_related("unit__versions").in_order()[:NAMED]
    named = tuple(f"{short(one.starts_on)}, {one.unit.name_on(one.starts_on)}" for one in first)
    if change.begins is not None and change.begins.body == Body.DEPARTMENT:
        text = _("%(n)d approved visits ahead stay; both heads see them on their desks:")
        yield Consequence(text % {"n": count}, "", named)
        return
    yield Consequence(
        _(
            "%(n)d approved visits ahead stay approved. If the comrade leaves the agency, use "
            "the page for that: it cancels them and tells the units."
        )
        % {"n": count},
        "warn",
        named,
        address("fieldvisits:person-leave", change.person.pk),
        _("Leaves the agency"),
    )


def _counted(change: Change) -> Iterator[Consequence]:
    """Days already made that will stand elsewhere: a change that reaches back."""
    today = timezone.localdate()
    if change.on > today:
        return
    rows = LedgerEntry.objects.filter(cadre=change.person, date__range=(change.on, today))
    if count := rows.count():
        yield Consequence(
            _("%(n)d half-days from %(day)s on are counted where the comrade belongs then.")
            % {"n": count, "day": short(change.on)},
            "warn",
        )


def done(row: Appointment) -> Iterator[str]:
    """Steps taken, and days that were booked where the entry says the person belonged."""
    last = row.ends_on or date.max
    by_them = Q(by=row.person_id) | Q(on_behalf_of=row.person_id)
    taken: dict[str, Any] = {"at__date__gte": row.starts_on, "at__date__lte": last}
    if Step.objects.filter(by_them, **taken).exists():
        yield _("Papers were moved on by the comrade in this time.")
    if row.body not in (Body.DEPARTMENT, Body.STANDING_COMMITTEE):
        return
    booked = LedgerEntry.objects.filter(cadre=row.person_id, department=row.department_id)
    if booked.filter(date__range=(row.starts_on, last)).exists():
        yield _("Days of visits stand under it.")
