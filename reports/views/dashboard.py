"""The agency in one look. Sums are for whoever leads or checks; names are not shown here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import palette
from accounts.choices import COMMITTEE_CODE
from accounts.desk import Asker, Queue, read_waiting
from accounts.links import address
from fieldvisits.choices import Confirmation, DossierState, ProductState, VisitKind, VisitState
from fieldvisits.ledger.rolled_up import AS_IT_WAS, AS_OF_TODAY
from fieldvisits.models import Dossier, Visit
from fieldvisits.models.visit import PUBLIC_STATES
from reports import permissions
from reports.figures import figures_in
from reports.figures.levels import levels_of_many
from reports.forms.asked import YearForm, regulation_and_window
from reports.overview import dashboard as overview
from reports.overview.coverage import reach
from reports.standing import assumption

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.http import HttpResponse

    from accounts.desk import type_of_queues
    from accounts.models import Person
    from accounts.views import SignedInRequest
    from reports.figures import DepartmentFigures, Window, YearFigures


@require_GET
def dashboard(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    if not permissions.see_dashboard(request.user, on=today):
        raise Http404
    regulation, window = regulation_and_window(request.GET, today)
    asker = Asker(request.user, today)
    days = window.first, window.as_of, regulation.product_due_days
    read_waiting(asker, more=_queues, of=days)
    request.asker = asker  # the menu reads the queues here
    context = {
        "form": YearForm({"year": window.year, "as_of": window.as_of}, today=today),
        "window": window,
        "c": palette,
        "waiting": _waiting(asker),
        "assumption": assumption(window.year, window.target) if window.assumed else "",
        "weekly_url": f"{address('reports:panel-weekly')}?{request.GET.urlencode()}",
        "clusters_url": f"{address('reports:panel-clusters')}?{request.GET.urlencode()}",
        **_sheets(asker, window, request),
    }
    return render(request, "reports/dashboard.html", context)


def _switch(request: SignedInRequest) -> str:
    """The same page with the days of units seen the other way."""
    query = request.GET.copy()
    other = AS_IT_WAS if query.get("units") == AS_OF_TODAY else AS_OF_TODAY
    query["units"] = other
    return f"?{query.urlencode()}#coverage"


def _sheets(asker: Asker, window: Window, request: SignedInRequest) -> dict[str, Any]:
    """The figures, the departments against the pace, the units reached."""
    figures, reached = (
        figures_in(window, with_weeks=False),
        reach(window, request.GET.get("units", "")),
    )
    link = overview.people_link(window)
    to_all = link if asker.person.offices(asker.today).sees_everybody else None
    beside = [asker.queue(name) for name in ("approved_afterwards", "products_owed")]
    beside.append(asker.queue("products_overdue"))
    return {
        "lead": _lead(window, figures),
        "cells": overview.cells(figures, reached, beside, to_all),
        "rows": overview.pace_rows(figures, _may_open(asker.person, asker.today), link),
        "whole": overview.agency_row(figures, to_all),
        "levels": levels_of_many(
            window, [cadre.person_id for cadre in figures.cadres if cadre.met is not None]
        ),
        "reach": reached,
        "switch": _switch(request),
        "pace_bar_to": figures.target,
    }


def _lead(window: Window, figures: YearFigures) -> str:
    departments = sum(
        row.cadres > 0 and row.code not in ("", COMMITTEE_CODE) for row in figures.departments
    )
    return _(
        "Up to the end of %(weekday)s, %(day)s · year %(year)d · %(cadres)d cadres,"
        " %(departments)d departments"
    ) % {
        "weekday": WEEKDAYS[window.as_of.weekday()],
        "day": f"{window.as_of:%d/%m/%Y}",
        "year": window.year,
        "cadres": figures.agency.cadres,
        "departments": departments,
    }


def _may_open(person: Person, today: date) -> Callable[[DepartmentFigures], bool]:
    """Whose people one may see by name: everybody's, or those of the department one heads."""
    if person.offices(today).sees_everybody:
        return lambda _row: True
    headed_id = person.offices(today).headed_id
    return lambda row: headed_id is not None and row.department_id == headed_id


def _queues(first: date, as_of: date, product_due_days: int) -> type_of_queues:
    """Three numbers of the figures row (R4, R7), read together with what waits."""
    owed = Visit.objects.filter(
        kind=VisitKind.THEMATIC,
        product__in=(ProductState.OWED, ProductState.SUBMITTED),
        state__in=(VisitState.APPROVED, VisitState.REPORTED, VisitState.ACCEPTED),
        ends_on__range=(first, as_of),
    ).exclude(confirmation=Confirmation.DENIED)
    since = as_of - timedelta(product_due_days)
    overdue = owed.filter(product=ProductState.OWED, ends_on__lt=since)
    afterwards = Visit.objects.filter(
        approved_afterwards=True, state__in=PUBLIC_STATES, starts_on__range=(first, as_of)
    )
    before = Dossier.objects.filter(state=DossierState.BEFORE_COMMITTEE)
    return {
        "products_owed": Queue(rows=owed),
        "products_overdue": Queue(rows=overdue),
        "approved_afterwards": Queue(rows=afterwards),
        "before_committee": Queue(rows=before),
    }


def _waiting(asker: Asker) -> list[dict[str, Any]]:
    """Decisions that are due: at TCKT, before the committee, in an open sitting."""
    rows = (
        ("open_lines", _("Lines open in the sitting"), "fieldvisits:sitting-list", "warn", "due"),
        (
            "before_committee",
            _("Dossiers before the Standing Committee"),
            "fieldvisits:sitting-list",
            "now",
            "wait",
        ),
        ("to_check", _("Dossiers to be checked"), "fieldvisits:dossier-list", "now", "wait"),
        ("to_agree", _("Plans for you to decide on"), "fieldvisits:quarter-home", "now", "wait"),
        ("to_accept", _("Results for you to read"), "fieldvisits:visit-list", "now", "wait"),
    )
    return [
        {"title": title, "url": address(name), "tone": tone, "shape": shape, "when": str(count)}
        for key, title, name, tone, shape in rows
        if (count := asker.queue(key).count)
    ]
