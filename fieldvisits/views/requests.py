"""Ad-hoc visits: the list, asking for one in two screens, its page; and logged attendances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.numbers import whole_number
from accounts.paging import exports_of, page_of, wants_file
from fieldvisits.actions import attendances, requests
from fieldvisits.choices import RequestState, VisitState
from fieldvisits.forms.attendance import AttendanceForm
from fieldvisits.forms.filters import RequestFilter, chosen
from fieldvisits.forms.refusals import CONFLICT, UNPROCESSABLE, add_refusal, show_the_present
from fieldvisits.forms.request import RequestForm
from fieldvisits.forms.visit import differences
from fieldvisits.models import AdHocRequest, Visit
from fieldvisits.overview.nudge import nudge_of
from fieldvisits.overview.request import request_page
from fieldvisits.overview.request_list import (
    PAGE,
    chosen_requests,
    every_line,
    line,
    listed,
    waiting_for,
)
from fieldvisits.overview.step import moved_on
from fieldvisits.overview.visit_list import departments_on
from fieldvisits.views.list_files import requests_file

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from accounts.models import Person
    from accounts.views import SignedInRequest


FIRST_YEAR = 2018


def _travels(person: Person) -> None:
    """For whom goes on no visits there is no such page."""
    offices = person.offices(timezone.localdate())
    if not (offices.department_id or offices.is_on_committee):
        raise Http404


@require_GET
def request_list(request: SignedInRequest) -> HttpResponseBase:
    _travels(request.user)
    today = timezone.localdate()
    years = list(range(today.year + 1, FIRST_YEAR - 1, -1))
    form = RequestFilter(request.GET, years=years, departments=departments_on(today))
    wanted = chosen(form)
    rows = chosen_requests(request.user, wanted)
    if wants_file(request):
        return requests_file(every_line(rows))
    page = page_of(request, listed(rows), PAGE)
    context = {"form": form, "filtered": any(wanted.values()), "exports": exports_of(request)}
    context |= {"waiting": waiting_for(request.user), "page": page}
    context["lines"] = [line(row) for row in page.rows]
    return render(request, "fieldvisits/request_list.html", context)


@require_GET
def request_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    page = request_page(request.user, pk, today=timezone.localdate())
    if page is None:
        raise Http404
    nudge = nudge_of(page.request, request.user, page.today)
    context = {"page": page, "asked": page.request, "nudge": nudge}
    return render(request, "fieldvisits/request_detail.html", context)


@require_http_methods(["GET", "POST"])
def request_new(request: SignedInRequest) -> HttpResponse:
    """The first of two screens; the second asks to look at the answers, then sends."""
    _travels(request.user)
    asked, visit = AdHocRequest(), Visit()
    if "replaces" in request.GET:
        own = Visit.objects.filter(cadre=request.user, state=VisitState.APPROVED)
        asked.replaces = get_object_or_404(
            own.select_related("unit").prefetch_related("unit__versions"),
            pk=whole_number(request.GET["replaces"]) or 0,
        )
        visit = requests.instead_of(asked.replaces)
    return _edit(request, asked, visit)


@require_http_methods(["GET", "POST"])
def request_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    own = AdHocRequest.objects.filter(visit__cadre=request.user)
    asked = get_object_or_404(own.select_related("visit__unit", "replaces__unit"), pk=pk)
    if asked.state != RequestState.DRAFT:
        context = {"refusal": moved_on(asked), "asked": asked}
        return render(request, "fieldvisits/request_form.html", context, status=CONFLICT)
    return _edit(request, asked, asked.visit)


def _edit(request: SignedInRequest, asked: AdHocRequest, visit: Visit) -> HttpResponse:
    form = RequestForm(request.POST or None, instance=visit, by=request.user, asked=asked)
    status = 200
    if request.method == "POST":
        status = _save(request, form) if form.is_valid() else UNPROCESSABLE
        if not status:
            return redirect("fieldvisits:request-step", form.asked.pk, "request")
    replaced = asked.replaces
    unit = replaced.unit.name_on(replaced.starts_on) if replaced else ""
    context = {"form": form, "asked": asked, "replaced": replaced, "replaced_unit": unit}
    return render(request, "fieldvisits/request_form.html", context, status=status)


def _save(request: SignedInRequest, form: RequestForm) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    try:
        form.asked = requests.save(
            form.asked, form.instance, by=request.user, revision=form.cleaned_data["revision"]
        )
    except (ValidationError, PermissionDenied) as refusal:
        _see_the_present(form)
        return add_refusal(form, refusal)
    return 0


def _see_the_present(form: RequestForm) -> None:
    """What is stored of the visit and of its reasons, beside what was typed."""
    rows = AdHocRequest.objects.filter(pk=form.asked.pk).select_related("visit__unit")
    stored = rows.prefetch_related("visit__unit__versions").first()
    if stored is None:
        return
    reasons = {"reason": stored.reason, "late_reason": stored.late_reason}
    seen = differences(form, stored.visit)
    show_the_present(form, reasons, rows=seen, revision=stored.visit.revision)


@require_http_methods(["GET", "POST"])
def attendance_log(request: SignedInRequest) -> HttpResponse:
    """Attending needs no approval; it goes to the superior at once and counts 0 days (R3)."""
    _travels(request.user)
    form, status = AttendanceForm(request.POST or None, by=request.user), 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                visit = attendances.log(form.instance, by=request.user)
            except (ValidationError, PermissionDenied) as refusal:
                status = add_refusal(form, refusal)
            else:
                messages.success(request, _("Logged. Your superior reads it; it counts 0 days."))
                return redirect(visit)
    return render(request, "fieldvisits/attendance_form.html", {"form": form}, status=status)
