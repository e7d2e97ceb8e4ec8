"""A department's quarter: the board, agreeing, the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.choices import COMMITTEE_CODE
from accounts.models import Department
from accounts.numbers import whole_number
from accounts.paging import exports_of, wants_file
from accounts.permissions import reads_as_head
from fieldvisits.actions import dossiers, plans
from fieldvisits.calendar import Quarter
from fieldvisits.forms.board import BoardFilter, QuarterFilter
from fieldvisits.forms.meeting import MeetingForm
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal, show_the_present
from fieldvisits.models import Dossier, Plan
from fieldvisits.overview import quarter_page
from fieldvisits.overview.ad_hoc import AdHocShare
from fieldvisits.overview.board_rows import Wanted
from fieldvisits.overview.departments import overview
from fieldvisits.overview.names import DepartmentNames
from fieldvisits.views.list_files import board_file

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from accounts.models import Person
    from accounts.views import SignedInRequest


def quarter_of(text: str) -> Quarter:
    """Read a quarter from an address, or answer that there is no such page."""
    try:
        return Quarter.parse(text)
    except ValueError as error:
        raise Http404 from error


def asked_quarter(request: SignedInRequest) -> Quarter:
    text = request.GET.get("quarter", "")
    return quarter_of(text) if text else Quarter.of(timezone.localdate())


def _department(viewer: Person, code: str) -> Department | None:
    """The department of the address with its names, if ``viewer`` may look at its quarter."""
    offices = viewer.offices(timezone.localdate())
    watches = offices.sees_all_departments
    if code == COMMITTEE_CODE:
        if watches or offices.is_in_office:
            return None
        raise Http404
    department = DepartmentNames.read().by_code(code)
    if department is None:
        raise Http404
    near = watches or offices.department_id == department.pk
    # As the head also of one that ended, and was taken over.
    if not (near or reads_as_head(viewer, department.pk, offices.on)):
        raise Http404
    return department


@require_GET
def quarter_home(request: SignedInRequest) -> HttpResponse:
    """One's own department; the overview for who watches over all of them."""
    today = timezone.localdate()
    offices = request.user.offices(today)
    if not (offices.sees_all_departments):
        department = Department.objects.filter(pk=offices.department_id or 0).first()
        if department is None:
            raise Http404
        return redirect("fieldvisits:department-quarter", department.code, Quarter.of(today))
    quarter = asked_quarter(request)
    context = {
        "quarter": quarter,
        "overview": overview(request.user, quarter, today),
        "filter": QuarterFilter(shown=quarter, current=Quarter.of(today)),
    }
    return render(request, "fieldvisits/quarter_home.html", context)


@require_GET
def department_quarter(request: SignedInRequest, code: str, quarter: str) -> HttpResponseBase:
    department, shown = _department(request.user, code), quarter_of(quarter)
    return _page(request, department, shown)


def _page(
    request: SignedInRequest,
    department: Department | None,
    quarter: Quarter,
    *,
    meeting: MeetingForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    form = BoardFilter(request.GET if request.method == "GET" else None)
    wanted = Wanted(**form.cleaned_data) if form.is_valid() else Wanted()
    page = quarter_page.read(request.user, department, quarter, timezone.localdate(), wanted)
    if wants_file(request):
        return board_file(page.board, page.code, quarter)
    form = form if form.is_bound else BoardFilter()
    if meeting is None and page.may_write_meeting:
        meeting = MeetingForm(instance=page.compiling)
    context = {"page": page, "board": page.board, "filter": form, "meeting": meeting}
    context["exports"] = exports_of(request)
    return render(request, "fieldvisits/quarter_detail.html", context, status=status)


@require_GET
def quarter_ad_hoc(request: SignedInRequest, code: str, quarter: str) -> HttpResponse:
    """The panel with the share of ad-hoc days, read after the page."""
    department, shown = _department(request.user, code), quarter_of(quarter)
    share = AdHocShare.of(department, shown, timezone.localdate())
    return render(request, "fieldvisits/quarter_ad_hoc.html", {"share": share})


@require_POST
def dossier_meeting(request: SignedInRequest, code: str, quarter: str) -> HttpResponseBase:
    """Write down the meeting; what was typed stays where it cannot be taken."""
    department, asked = _department(request.user, code), quarter_of(quarter)
    dossier = dossiers.current(department, asked)
    form = MeetingForm(request.POST, instance=Dossier(version=dossier.version))
    if not form.is_valid():
        return _page(request, department, asked, meeting=form, status=UNPROCESSABLE)
    try:
        dossiers.record_meeting(dossier, by=request.user, **form.cleaned_data)
    except (ValidationError, PermissionDenied) as refusal:
        stored = dossiers.current(department, asked)
        words = {name: getattr(stored, name) for name in MeetingForm.Meta.fields}
        show_the_present(form, words, seen=stored.meeting_mark)
        status = add_refusal(form, refusal)
        return _page(request, department, asked, meeting=form, status=status)
    messages.success(request, _("The meeting is written down."))
    return redirect(f"{_address(code, asked)}#meeting")


def _address(code: str, quarter: Quarter) -> str:
    return reverse("fieldvisits:department-quarter", args=[code, quarter])


@require_POST
def plan_agree_all(request: SignedInRequest, code: str, quarter: str) -> HttpResponse:
    """Agree to every plan that waits for this person; each has a result of its own."""
    department, asked = _department(request.user, code), quarter_of(quarter)
    seen = Plan.objects.visible_to(request.user).own().for_quarter(asked)
    ticked = [pk for text in request.POST.getlist("plan") if (pk := whole_number(text))]
    chosen = seen.filter(department=department, pk__in=ticked).select_related("cadre")
    results = plans.agree_to_all(list(chosen), by=request.user)
    if agreed := sum(not problem for _plan, problem in results):
        words = ngettext("%(n)d plan agreed to.", "%(n)d plans agreed to.", agreed)
        messages.success(request, words % {"n": agreed})
    elif not results:
        messages.info(request, _("Nothing was ticked."))
    for plan, problem in results:
        if problem:
            messages.error(request, f"{plan.cadre}: {problem}")
    return redirect(_address(code, asked))
