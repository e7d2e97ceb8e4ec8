"""The issue register: the list, one issue, raising one from a report, naming its owner (R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.paging import exports_of, page_of, wants_file
from accounts.spreadsheet import csv_file
from fieldvisits.forms.filters import chosen
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal, renew
from fieldvisits.overview.visit_list import departments_on
from reports import permissions
from reports.actions import issues as actions
from reports.forms.issues import AssignForm, IssueFilter, RaiseForm
from reports.models import Issue, QuarterlyReport, WeeklyReport
from reports.overview.issues import found, issue_page, lines, may_raise, owners
from reports.overview.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.views import SignedInRequest

PAGE = 50
WITH_ALL = ("owner", "raised_by", "weekly_report__person", "quarterly_report__person")


@require_GET
def issues(request: SignedInRequest) -> HttpResponseBase:
    today = timezone.localdate()
    if not permissions.see_issues(request.user, on=today):
        raise Http404
    form = IssueFilter(request.GET, departments=departments_on(today))
    wanted = chosen(form)
    rows = found(request.user, wanted, today)
    if wants_file(request):
        return _as_file(rows.iterator(chunk_size=500))
    page = page_of(request, rows, PAGE)
    context = {
        "form": form, "page": page, "lines": lines(page.rows, today),
        "filtered": any(wanted.values()), "exports": exports_of(request),
    }  # fmt: skip
    return render(request, "reports/issues.html", context)


def _as_file(rows: Iterable[Any]) -> HttpResponseBase:
    headings = [
        _("Issue"), _("Raised by"), _("Department"), _("Raised on"), _("Owner"), _("Due"),
        _("State"), _("Answer"), _("Report"),
    ]  # fmt: skip
    cells = (
        [row.text, row.raised_by, row.department_name,
         f"{timezone.localtime(row.raised_at):%d/%m/%Y}", row.owner,
         f"{row.due_on:%d/%m/%Y}" if row.due_on else "", row.get_state_display(), row.answer,
         title_of(row.report)]
        for row in rows
    )  # fmt: skip
    return csv_file("issues.csv", headings, cells)


def _issue(request: SignedInRequest, pk: int) -> Issue:
    rows = Issue.objects.visible_to(request.user).select_related(*WITH_ALL)
    return get_object_or_404(rows, pk=pk)


@require_GET
def issue_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    issue = _issue(request, pk)
    page = issue_page(issue, request.user, today=timezone.localdate())
    return render(request, "reports/issue_detail.html", {"page": page, "issue": issue})


@require_http_methods(["GET", "POST"])
def issue_assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who answers it and by when; the step needs more than a comment, so it has a form."""
    issue = _issue(request, pk)
    if not permissions.leads_issue(request.user, issue):
        raise Http404
    initial = {"owner": issue.owner_id, "due_on": issue.due_on, "version": issue.version}
    choices = owners(timezone.localdate())
    form = AssignForm(request.POST or None, owners=choices, initial=initial)
    status = 200
    if request.method == "POST":
        status = _assign(request, issue, form)
        if not status:
            messages.success(request, _("Named. The owner and who raised it are told."))
            return redirect(issue)
    context = {"issue": issue, "form": form}
    return render(request, "reports/issue_assign.html", context, status=status)


def _assign(request: SignedInRequest, issue: Issue, form: AssignForm) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    if not form.is_valid():
        return UNPROCESSABLE
    said = form.cleaned_data
    try:
        actions.assign(
            issue, by=request.user, owner=form.chosen, due_on=said["due_on"],
            version=said["version"],
        )  # fmt: skip
    except (ValidationError, PermissionDenied) as refusal:
        issue.refresh_from_db()
        renew(form, version=issue.version)
        return add_refusal(form, refusal)
    return 0


@require_http_methods(["GET", "POST"])
def weekly_raise(request: SignedInRequest, pk: int) -> HttpResponse:
    return _raise(request, WeeklyReport, pk)


@require_http_methods(["GET", "POST"])
def quarterly_raise(request: SignedInRequest, pk: int) -> HttpResponse:
    return _raise(request, QuarterlyReport, pk)


def _raise(request: SignedInRequest, model: Any, pk: int) -> HttpResponse:
    """Begin with what the report proposes, as long as nothing was raised from it."""
    rows = model.objects.visible_to(request.user).select_related("person")
    report = get_object_or_404(rows, pk=pk)
    if not may_raise(report, request.user):
        raise Http404
    text = "" if report.issues.exists() else report.proposals
    initial = {"owner": request.user.pk, "text": text}
    form = RaiseForm(request.POST or None, owners=owners(timezone.localdate()), initial=initial)
    status = 200
    if request.method == "POST":
        status = _open(request, report, form)
        if not status:
            messages.success(request, _("It stands in the register; the owner has been told."))
            return redirect(report)
    context = {"report": report, "form": form, "title": title_of(report)}
    return render(request, "reports/issue_raise.html", context, status=status)


def _open(request: SignedInRequest, report: Any, form: RaiseForm) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    if not form.is_valid():
        return UNPROCESSABLE
    said = form.cleaned_data
    try:
        actions.open_issue(
            report, by=request.user, text=said["text"], owner=form.chosen, due_on=said["due_on"]
        )
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return 0
