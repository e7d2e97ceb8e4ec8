"""Lists of visits, one visit, and its report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.numbers import whole_number
from accounts.paging import page_of, same_list_as, wants_file
from fieldvisits import workflow
from fieldvisits.actions import visits
from fieldvisits.forms.filters import VisitFilter, chosen
from fieldvisits.forms.refusals import CONFLICT, FORBIDDEN, UNPROCESSABLE, add_refusal, renew
from fieldvisits.forms.report import ReportForm
from fieldvisits.models import Visit
from fieldvisits.overview.nudge import nudge_of
from fieldvisits.overview.step import moved_on
from fieldvisits.overview.visit import visit_page
from fieldvisits.overview.visit_buttons import buttons
from fieldvisits.overview.visit_list import (
    PAGE,
    acceptable,
    chosen_visits,
    departments_on,
    in_list_order,
    line,
)
from fieldvisits.views.steps import say_done
from fieldvisits.views.visit_file import as_file

if TYPE_CHECKING:
    from accounts.paging import Page
    from accounts.views import SignedInRequest

FIRST_YEAR = 2018


@require_GET
def visit_list(request: SignedInRequest) -> HttpResponseBase:
    today = timezone.localdate()
    years = list(range(today.year + 1, FIRST_YEAR - 1, -1))
    form = VisitFilter(request.GET, years=years, departments=departments_on(today))
    wanted = chosen(form)
    rows = chosen_visits(request.user, wanted)
    if wants_file(request):
        return as_file(rows)
    page = page_of(request, in_list_order(rows), PAGE)
    context = _list_context(request, page, waiting=wanted["waiting"] == "me")
    filtered = any(wanted.values())
    context |= {"form": form, "filtered": filtered, "export": same_list_as(request, "csv")}
    return render(request, "fieldvisits/visit_list.html", context)


def _list_context(request: SignedInRequest, page: Page, *, waiting: bool) -> dict[str, Any]:
    mine = {visit.pk for visit in acceptable(page.rows if waiting else [], request.user)}
    return {
        "lines": [line(visit) for visit in page.rows],
        "page": page,
        "waiting": waiting,
        "acceptable": mine,
        "can_accept": bool(mine),
    }


@require_POST
def visit_accept_all(request: SignedInRequest) -> HttpResponse:
    """Accept the ticked results, each by itself; say of each that failed why."""
    ticked = [whole_number(pk) for pk in request.POST.getlist("visit")[:PAGE]]
    rows = Visit.objects.visible_to(request.user).filter(pk__in=[pk for pk in ticked if pk])
    results = visits.accept_all(
        list(rows.select_related("cadre", "unit").prefetch_related("unit__versions")),
        by=request.user,
    )
    done = sum(not problem for _visit, problem in results)
    if done:
        words = ngettext("%(n)d result accepted.", "%(n)d results accepted.", done)
        messages.success(request, words % {"n": done})
    for visit, problem in results:
        if problem:
            unit = visit.unit.name_on(visit.starts_on)
            messages.error(request, f"{visit.cadre}, {unit}, {visit.starts_on:%d/%m/%Y}: {problem}")
    if not results:
        messages.info(request, _("Nothing was ticked."))
    return redirect(f"{reverse('fieldvisits:visit-list')}?waiting=me")


@require_GET
def visit_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Visit.objects.visible_to(request.user)
    page = visit_page(rows, pk, request.user, today=timezone.localdate())
    if page is None:
        raise Http404
    context = {
        "page": page,
        "visit": page.visit,
        "buttons": buttons(page.visit, request.user),
        "asked": page.request_seen_by(request.user),
        "may_replace": page.may_be_replaced_by(request.user),
        "nudge": nudge_of(page.visit, request.user, page.today),
    }
    return render(request, "fieldvisits/visit_detail.html", context)


@require_http_methods(["GET", "POST"])
def visit_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was done: dates stand as approved, the cadre says what came out of it."""
    rows = Visit.objects.visible_to(request.user).select_related("cadre", "unit")
    visit = get_object_or_404(rows, pk=pk)
    refusal, status = _may_report(request, visit)
    form = ReportForm(request.POST or None, visit=visit)
    if request.method == "POST":
        refusal = ""
        status = _report(request, visit, form) if form.is_valid() else UNPROCESSABLE
        if not status:
            step = workflow.VISIT["report"]
            say_done(request, step, visit)
            return redirect(visit)
    unit = visit.unit.name_on(visit.starts_on)
    context = {"visit": visit, "form": form, "refusal": refusal, "unit": unit}
    return render(request, "fieldvisits/visit_report.html", context, status=status)


def _report(request: SignedInRequest, visit: Visit, form: ReportForm) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    try:
        visits.report(visit, by=request.user, **form.cleaned_data)
    except (ValidationError, PermissionDenied) as refusal:
        visit.refresh_from_db()
        renew(form, version=visit.version)
        return add_refusal(form, refusal)
    return 0


def _may_report(request: SignedInRequest, visit: Visit) -> tuple[str, int]:
    step = workflow.VISIT["report"]
    if not (verdict := step.who(request.user, visit)):
        return str(verdict.reason), FORBIDDEN
    if visit.state not in step.sources:
        return moved_on(visit), CONFLICT
    return "", 200
