"""Reports of others, for whoever reads them: filtered, read one by one or many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.numbers import whole_number
from accounts.paging import page_of, same_list_as
from accounts.spreadsheet import csv_file
from fieldvisits.forms.filters import chosen
from fieldvisits.overview.visit_list import departments_on
from reports import permissions
from reports.actions import writing
from reports.forms.written import FIRST_YEAR, QuarterlyFilter, WeeklyFilter
from reports.models import QuarterlyReport, WeeklyReport
from reports.overview.received import lines, received
from reports.overview.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse, StreamingHttpResponse

    from accounts.views import SignedInRequest
    from reports.models.report import Report

PAGE = 50


@require_GET
def weekly_received(request: SignedInRequest) -> HttpResponseBase:
    return _received(request, WeeklyReport, WeeklyFilter, "weekly")


@require_GET
def quarterly_received(request: SignedInRequest) -> HttpResponseBase:
    return _received(request, QuarterlyReport, QuarterlyFilter, "quarterly")


def _received(request: SignedInRequest, model: Any, filter_: Any, of: str) -> HttpResponseBase:
    today = timezone.localdate()
    if not permissions.receives_reports(request.user, on=today):
        raise Http404
    years = list(range(today.year, FIRST_YEAR - 1, -1))
    form = filter_(request.GET, years=years, departments=departments_on(today))
    wanted = chosen(form)
    rows = received(model, request.user, {**wanted, "of": of})
    if request.GET.get("format") == "csv":
        return as_file(of, rows.iterator(chunk_size=500))
    page = page_of(request, rows, PAGE)
    shown = lines(page.rows, request.user)
    context = {
        "form": form, "page": page, "lines": shown, "of": of, "filtered": any(wanted.values()),
        "ticks": of == "weekly" and any(line.can_act for line in shown),
        "exports": [(_("Export (CSV)"), same_list_as(request, "csv"))],
        "unread": wanted["waiting"] == "unread", "mine": wanted["waiting"] == "me",
    }  # fmt: skip
    return render(request, "reports/received.html", context)


def as_file(of: str, reports: Iterable[Report]) -> StreamingHttpResponse:
    """The rows of the filter, as on the screen, with what was written."""
    headings = [
        _("Report"), _("Cadre"), _("Department"), _("Submitted"), _("State"),
        _("Results"), _("Difficulties"), _("Proposals"),
    ]  # fmt: skip
    return csv_file(f"reports-{of}.csv", headings, (_cells(report) for report in reports))


def _cells(report: Report) -> list[object]:
    submitted = timezone.localtime(report.submitted_at) if report.submitted_at else None
    return [
        title_of(report),
        report.person.full_name,
        report.department_name,  # type: ignore[attr-defined]  # annotated
        f"{submitted:%d/%m/%Y %H:%M}" if submitted else "",
        report.get_state_display(),
        _("Nothing to report") if getattr(report, "has_nothing", False) else report.results,
        report.difficulties,
        report.proposals,
    ]


@require_POST
def weekly_acknowledge_all(request: SignedInRequest) -> HttpResponse:
    """Acknowledge the ticked reports, each by itself; say of each that failed why."""
    ticked = [whole_number(pk) for pk in request.POST.getlist("report")[:PAGE]]
    rows = WeeklyReport.objects.visible_to(request.user).filter(pk__in=[pk for pk in ticked if pk])
    results = writing.acknowledge_all(list(rows.select_related("person")), by=request.user)
    done = sum(not problem for _report, problem in results)
    if done:
        words = ngettext("%(n)d report acknowledged.", "%(n)d reports acknowledged.", done)
        messages.success(request, words % {"n": done})
    for report, problem in results:
        if problem:
            messages.error(request, f"{report.person}, {title_of(report)}: {problem}")
    if not results:
        messages.info(request, _("Nothing was ticked."))
    return redirect(f"{reverse('reports:weekly-received')}?waiting=me")
