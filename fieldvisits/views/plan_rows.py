"""The rows of a plan: added, changed and removed in place, on the plan's own page."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.numbers import whole_number
from accounts.words import date_range
from fieldvisits.actions import plans
from fieldvisits.forms.refusals import (
    CONFLICT,
    FORBIDDEN,
    UNPROCESSABLE,
    add_refusal,
    said_on_page,
    show_the_present,
)
from fieldvisits.forms.visit import VisitForm, blank, differences
from fieldvisits.models import Visit
from fieldvisits.overview.plan import PlanPage, plan_page
from fieldvisits.views.plans import plan_context, visible_plan

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest


@require_http_methods(["GET", "POST"])
def visit_add(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request.user, pk)
    page = plan_page(plan, request.user, today=timezone.localdate())
    return _edit(request, page, blank(plan, whole_number(request.GET.get("unit"))))


@require_http_methods(["GET", "POST"])
def visit_edit(request: SignedInRequest, pk: int, visit_pk: int) -> HttpResponse:
    plan = visible_plan(request.user, pk)
    page = plan_page(plan, request.user, today=timezone.localdate())
    for visit in page.counted:
        if visit.pk == visit_pk:
            return _edit(request, page, copy(visit))  # the page goes on showing it as stored
    raise Http404


def _edit(request: SignedInRequest, page: PlanPage, visit: Visit) -> HttpResponse:
    """The plan's page with one row open."""
    if not page.is_open and request.method == "GET":
        return _refused(request, page)
    form = VisitForm(request.POST or None, instance=visit, plan=page.plan)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                saved = _save(request, form)
            except (ValidationError, PermissionDenied) as refusal:
                status = add_refusal(form, refusal)
                _see_the_present(form)
            else:
                return redirect(f"{page.plan.get_absolute_url()}#visit-{saved.pk}")
    context = plan_context(request, page, form=form, edited=visit.pk or 0)
    return render(request, "fieldvisits/plan_detail.html", context, status=status)


def _save(request: SignedInRequest, form: VisitForm) -> Visit:
    revision = form.cleaned_data["revision"]
    visit = plans.save_visit(
        form.instance, plan=form.plan, by=request.user, revision=revision, once=True
    )
    day = date_range(visit.starts_on, visit.ends_on)
    unit = visit.unit.name_on(visit.starts_on)
    messages.success(request, _("Saved: %(unit)s, %(day)s.") % {"unit": unit, "day": day})
    return visit


def _see_the_present(form: VisitForm) -> None:
    """After a refusal the same form can be sent again, over the row as it now is.

    What stands in that row otherwise than typed is shown beside it: nobody overwrites unread.
    """
    stored = Visit.objects.filter(pk=form.instance.pk).select_related("unit").first()
    rows = differences(form, stored) if stored is not None else []
    show_the_present(form, {}, rows=rows, revision="" if stored is None else stored.revision)


def _refused(request: SignedInRequest, page: PlanPage) -> HttpResponse:
    own = page.is_own
    refusal = (
        _("The plan has been sent off; withdraw it, or ask for it back, to change it.")
        if own
        else _("Only the cadre whose plan it is may change it.")
    )
    context = plan_context(request, page, refusal=refusal)
    status = CONFLICT if own else FORBIDDEN
    return render(request, "fieldvisits/plan_detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
def visit_remove(request: SignedInRequest, pk: int, visit_pk: int) -> HttpResponse:
    """Ask, then take the row out. A second press finds it gone already and says so."""
    plan = visible_plan(request.user, pk)
    visit = plan.visits.live().filter(pk=visit_pk).select_related("unit").first()
    if visit is None:
        messages.info(request, _("This visit is no longer in the plan."))
        return redirect(plan)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            plans.remove_visit(visit, by=request.user)
        except (ValidationError, PermissionDenied) as error:
            refusal, status = said_on_page(error)
        else:
            messages.success(request, _("The visit is out of the plan; its half-days are free."))
            return redirect(plan)
    unit = visit.unit.name_on(visit.starts_on)
    context = {"plan": plan, "visit": visit, "refusal": refusal, "unit": unit}
    return render(request, "fieldvisits/visit_remove.html", context, status=status)
