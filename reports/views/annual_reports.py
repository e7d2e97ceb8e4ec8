"""The annual report of a department: the list of a year, writing one, and one to read (R11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Department
from accounts.paging import exports_of, wants_file
from accounts.spreadsheet import csv_file
from fieldvisits.forms.filters import chosen
from fieldvisits.forms.refusals import CONFLICT, UNPROCESSABLE, add_refusal, show_the_present
from reports import permissions
from reports.actions import annual_reports as actions
from reports.forms.annual_reports import AnnualTextsForm, OwnFilter, stored
from reports.forms.written import FIRST_YEAR
from reports.models import AnnualReport
from reports.overview.annual_reports import annual_list, annual_page, figures_of
from reports.overview.titles import title_of

if TYPE_CHECKING:
    from accounts.views import SignedInRequest
    from reports.overview.annual_reports import AnnualList


@require_GET
def annual_reports(request: SignedInRequest) -> HttpResponseBase:
    """Who has submitted, who is late, who is missing; for a head the own department."""
    today = timezone.localdate()
    if not permissions.see_department_reports(request.user, on=today):
        raise Http404
    years = list(range(today.year, FIRST_YEAR - 1, -1))
    year = chosen(OwnFilter(request.GET, years=years))["year"] or today.year
    listed = annual_list(request.user, year, today)
    if wants_file(request):
        return _as_file(listed)
    context = {
        "form": OwnFilter({"year": year}, years=years),
        "listed": listed,
        "exports": exports_of(request),
        "summaries": permissions.see_annual_reports(request.user, on=today),
    }
    return render(request, "reports/annual_reports.html", context)


def _as_file(listed: AnnualList) -> HttpResponseBase:
    headings = [
        _("Department"), _("Year"), _("State"), _("First submitted"), _("On time"), _("Since"),
    ]  # fmt: skip
    rows = ([row.name, listed.year, row.state_label, _submitted(row.report),
             row.standing.label if row.standing else "", row.since]
            for row in listed.rows)  # fmt: skip
    return csv_file(f"annual-reports-{listed.year}.csv", headings, rows)


def _submitted(report: AnnualReport | None) -> str:
    if report is None or report.submitted_at is None:
        return ""
    return f"{timezone.localtime(report.submitted_at):%d/%m/%Y %H:%M}"


@require_GET
def annual_report_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = AnnualReport.objects.visible_to(request.user).select_related("department")
    report = get_object_or_404(rows.prefetch_related("department__versions"), pk=pk)
    page = annual_page(report, request.user, today=timezone.localdate())
    writes = report.is_with_department and bool(
        permissions.compiles_annual(request.user, report.department_id)
    )
    context = {"page": page, "report": report, "figures": page.figures, "writes": writes}
    return render(request, "reports/annual_report_detail.html", context)


@require_http_methods(["GET", "POST"])
def annual_report_write(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Show the draft; save on POST, and go on to submit."""
    department = _led_department(request, code, year)
    report = AnnualReport.objects.filter(department=department, year=year).first()
    refusal, status = "", 200
    if report is not None and not report.is_with_department:
        refusal, status = _("The report has been sent off; recall it to change it."), CONFLICT
    form = AnnualTextsForm(request.POST or None, initial=stored(report) if report else {})
    if request.method == "POST":
        status = _save(request, department, year, form)
        if not status:
            return _onward(request, department, year)
    blank = report or AnnualReport(department=department, year=year)
    context = {
        "form": form, "refusal": refusal, "report": report, "title": title_of(blank),
        "figures": figures_of(blank, request.user), "department": department, "year": year,
        "may_submit": bool(permissions.head_of_annual(request.user, blank)),
    }  # fmt: skip
    return render(request, "reports/annual_report_write.html", context, status=status)


def _led_department(request: SignedInRequest, code: str, year: int) -> Department:
    """The department of that code, if this person compiles its reports; else not found."""
    rows = Department.objects.prefetch_related("versions")
    department = get_object_or_404(rows, code=code)
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    if not permissions.compiles_annual(request.user, department.pk):
        raise Http404
    return department


def _save(
    request: SignedInRequest, department: Department, year: int, form: AnnualTextsForm
) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    if not form.is_valid():
        return UNPROCESSABLE
    revision = form.cleaned_data["revision"]
    try:
        actions.save(department, year, by=request.user, said=form.said, revision=revision)
    except (ValidationError, PermissionDenied) as refusal:
        there = AnnualReport.objects.filter(department=department, year=year).first()
        now = stored(there) if there else {}
        show_the_present(form, now, revision=there.revision if there else "")
        return add_refusal(form, refusal)
    return 0


def _onward(request: SignedInRequest, department: Department, year: int) -> HttpResponse:
    report = AnnualReport.objects.get(department=department, year=year)
    may_submit = permissions.head_of_annual(request.user, report)
    if request.POST.get("then") == "submit" and report.is_with_department and may_submit:
        return redirect(reverse("reports:annual-report-step", args=[report.pk, "submit"]))
    messages.success(request, _("The draft is saved. It is with you until you submit it."))
    return redirect(report)
