"""The list of plans, one plan, opening and copying."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.paging import exports_of, wants_file
from fieldvisits import permissions
from fieldvisits.actions import plans
from fieldvisits.calendar import Quarter
from fieldvisits.forms.filters import PlanFilter, chosen
from fieldvisits.forms.refusals import said_on_page
from fieldvisits.models import Plan
from fieldvisits.overview.nudge import nudge_of
from fieldvisits.overview.plan import PlanPage, buttons, plan_page, with_names
from fieldvisits.overview.plan_list import openable, plan_list
from fieldvisits.overview.standing import standing
from fieldvisits.views.list_files import plans_file

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from accounts.models import Person
    from accounts.views import SignedInRequest

FIRST_YEAR = 2018


def visible_plan(person: Person, pk: int) -> Plan:
    """The plan, if ``person`` may see it; otherwise it does not exist."""
    return get_object_or_404(with_names(Plan.objects.visible_to(person)), pk=pk)


@require_GET
def plan_index(request: SignedInRequest) -> HttpResponseBase:
    today = timezone.localdate()
    years = list(range(today.year + 1, FIRST_YEAR - 1, -1))
    form = PlanFilter(request.GET, years=years)
    wanted = chosen(form)
    found = plan_list(request.user, today=today, year=wanted["year"], state=wanted["state"] or "")
    if wants_file(request):
        return plans_file(found.own)
    context = {"form": form, "list": found, "filtered": any(wanted.values())}
    context["exports"] = exports_of(request)
    return render(request, "fieldvisits/plan_list.html", context)


@require_POST
def plan_open(request: SignedInRequest) -> HttpResponse:
    try:
        quarter = Quarter.parse(request.POST.get("quarter", ""))
    except ValueError as error:
        raise Http404 from error
    if quarter not in openable(timezone.localdate()):
        messages.error(request, _("Registration for this quarter is not open."))
        return redirect("fieldvisits:plan-list")
    try:
        return redirect(plans.open_plan(by=request.user, quarter=quarter))
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
        return redirect("fieldvisits:plan-list")


def plan_context(request: SignedInRequest, page: PlanPage, **more: Any) -> dict[str, Any]:
    """What ``plan_detail.html`` needs; ``more`` opens a row."""
    edited, problems = more.get("edited"), page.problems
    return {
        "page": page,
        "plan": page.plan,
        "problems": problems,
        "row_problems": [one for one in problems if one.code == f"visit-{edited}"],
        "grid": page.grid(0 if edited is None and page.is_open else edited),
        "buttons": buttons(page.plan, request.user),
        "form": None,
        "edited": None,
        "nudge": nudge_of(page.plan, request.user, page.today),
        "refusal": "",
        **more,
    }


@require_GET
def plan_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    page = plan_page(visible_plan(request.user, pk), request.user, today=timezone.localdate())
    return render(request, "fieldvisits/plan_detail.html", plan_context(request, page))


@require_GET
def plan_standing(request: SignedInRequest, pk: int) -> HttpResponse:
    """The year as it will stand: a part of the plan's page, and a page without scripts."""
    plan = visible_plan(request.user, pk)
    if not permissions.reads_figures(request.user, plan.cadre_id, plan.department_id):
        raise Http404
    context = {"plan": plan, "standing": standing(plan, timezone.localdate())}
    part = "panel" if request.htmx else "page"
    return render(request, f"fieldvisits/plan_standing_{part}.html", context)


@require_http_methods(["GET", "POST"])
def plan_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what would be copied and what would be left out; copy on POST."""
    plan = visible_plan(request.user, pk)
    source = Plan.objects.own().for_quarter(plan.quarter.previous).filter(cadre=plan.cadre).first()
    if plan.cadre_id != request.user.pk:
        raise Http404
    context: dict[str, Any] = {"plan": plan, "source": source, "refusal": ""}
    copies, status = source and request.method == "POST", 200
    copy = plans.copy_visits if copies else plans.preview_copy
    try:
        made, left = copy(plan, source=source, by=request.user) if source else ([], [])
    except (ValidationError, PermissionDenied) as refusal:
        context["refusal"], status = said_on_page(refusal)
    else:
        if copies:
            tell_copied(request, len(made), left)
            return redirect(plan)
        context |= {"made": made, "left": left}
    return render(request, "fieldvisits/plan_copy.html", context, status=status)


def tell_copied(request: SignedInRequest, count: int, left: list[str]) -> None:
    words = ngettext("%(n)d visit copied.", "%(n)d visits copied.", count) % {"n": count}
    if left:
        words += " " + _("Left out: %(rows)s") % {"rows": "; ".join(left)}
    messages.success(request, words)
