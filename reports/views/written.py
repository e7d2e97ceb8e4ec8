"""One's own weekly and quarterly reports: the list, writing, and one report to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fieldvisits.calendar import Quarter, Week
from fieldvisits.forms.filters import chosen
from fieldvisits.forms.refusals import (
    CONFLICT,
    FORBIDDEN,
    UNPROCESSABLE,
    add_refusal,
    said_on_page,
    show_the_present,
)
from fieldvisits.models import Regulation
from reports import contents, permissions, workflow
from reports.actions import writing
from reports.figures.window import Window
from reports.forms.written import FIRST_YEAR, OwnFilter, QuarterlyForm, WeeklyForm, stored
from reports.models import QuarterlyReport, WeeklyReport
from reports.overview.drafting import drafted_results
from reports.overview.report import figures_shown, report_page, visit_rows
from reports.overview.titles import title_of
from reports.overview.written import own_quarters, own_weeks

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.views import SignedInRequest
    from reports.forms.written import WrittenForm

LATER = 1  # year from now: a plan may reach into it, a report never


@require_GET
def written(request: SignedInRequest) -> HttpResponse:
    """The reports of a year: what is owed, what was on time, late or missing."""
    today, now = timezone.localdate(), timezone.now()
    years = list(range(today.year, FIRST_YEAR - 1, -1))
    year = chosen(OwnFilter(request.GET, years=years))["year"] or Week.of(today).year
    regulation = Regulation.objects.for_year(year)
    context = {
        "form": OwnFilter({"year": year}, years=years),
        "year": year,
        "weeks": own_weeks(request.user, Window.of(regulation, year, today), now, today),
        "quarters": own_quarters(request.user, year, regulation, today),
        "writes": permissions.writes_reports(request.user, on=today),
        "receives": permissions.receives_reports(request.user, on=today),
        "week": Week.of(today),
    }
    return render(request, "reports/written.html", context)


@require_GET
def weekly_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return _detail(request, WeeklyReport, pk)


@require_GET
def quarterly_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return _detail(request, QuarterlyReport, pk)


def _detail(request: SignedInRequest, model: Any, pk: int) -> HttpResponse:
    rows = model.objects.visible_to(request.user).select_related("person", "superior")
    report = get_object_or_404(rows, pk=pk)
    page = report_page(report, request.user, today=timezone.localdate())
    is_weekly = model is WeeklyReport
    context = {"page": page, "report": report, "is_weekly": is_weekly}
    return render(request, "reports/report_detail.html", context)


@dataclass(frozen=True)
class Kind:
    """What the one page for writing has to know of weekly and of quarterly reports."""

    model: Any
    form: type[WrittenForm]
    key: Callable[[Any], dict[str, int]]
    save: Callable[..., Any]
    content: Callable[[Any], dict[str, Any]]
    name: str


WEEKLY = Kind(
    WeeklyReport, WeeklyForm, writing.weekly_key, writing.save_weekly,
    contents.weekly_content, "weekly",
)  # fmt: skip
QUARTERLY = Kind(
    QuarterlyReport, QuarterlyForm, writing.quarterly_key, writing.save_quarterly,
    contents.quarterly_content, "quarterly",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def weekly_write(request: SignedInRequest, week: str) -> HttpResponse:
    return _write(request, WEEKLY, week_of(week))


@require_http_methods(["GET", "POST"])
def quarterly_write(request: SignedInRequest, quarter: str) -> HttpResponse:
    try:
        found = Quarter.parse(quarter)
    except ValueError as error:
        raise Http404 from error
    if not FIRST_YEAR <= found.year <= timezone.localdate().year + LATER:
        raise Http404
    return _write(request, QUARTERLY, found)


def week_of(text: str) -> Week:
    """The week an address names; one that does not exist, or lies far off, is not found."""
    try:
        week = Week.parse(text)
    except ValueError as error:
        raise Http404 from error
    if str(week) != text or not FIRST_YEAR <= week.year <= timezone.localdate().year + LATER:
        raise Http404
    return week


def _write(request: SignedInRequest, kind: Kind, about: Any) -> HttpResponse:
    """Show the draft, or what it would begin with; save on POST, and go on to submit."""
    report = kind.model.objects.filter(person=request.user, **kind.key(about)).first()
    blank = report or kind.model(person=request.user, **kind.key(about))
    content = kind.content(blank)
    initial = stored(report, kind.form) if report else {"results": drafted_results(content)}
    refusal, status = _in_the_way(request, report)
    form = kind.form(request.POST or None, initial=initial)
    if request.method == "POST":
        refusal = ""
        status = _save(request, kind, about, form) if form.is_valid() else UNPROCESSABLE
        if not status:
            return _onward(request, kind, about)
    context = {
        "form": form, "refusal": refusal, "report": report, "title": title_of(blank),
        "about": about, "visits": visit_rows(content), "page": figures_shown(content),
        "kind": kind.name,
    }  # fmt: skip
    return render(request, "reports/report_write.html", context, status=status)


def _in_the_way(request: SignedInRequest, report: Any) -> tuple[str, int]:
    """Why nothing can be written now; ("", 200) if it can."""
    if not (verdict := permissions.writes_reports(request.user, on=timezone.localdate())):
        return str(verdict.reason), FORBIDDEN
    if report is not None and not report.is_with_writer:
        return _("The report has been sent off; withdraw it to change it."), CONFLICT
    return "", 200


def _save(request: SignedInRequest, kind: Kind, about: Any, form: WrittenForm) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    try:
        kind.save(about, by=request.user, said=form.said, revision=form.cleaned_data["revision"])
    except (ValidationError, PermissionDenied) as refusal:
        there = kind.model.objects.filter(person=request.user, **kind.key(about)).first()
        now = stored(there, kind.form) if there else {}
        show_the_present(form, now, revision=there.revision if there else "")
        return add_refusal(form, refusal)
    return 0


def _onward(request: SignedInRequest, kind: Kind, about: Any) -> HttpResponse:
    report = kind.model.objects.get(person=request.user, **kind.key(about))
    if request.POST.get("then") == "submit" and report.is_with_writer:
        return redirect(f"reports:{kind.name}-step", report.pk, "submit")
    messages.success(request, _("The draft is saved. It is with you until you submit it."))
    return redirect(report)


@require_http_methods(["GET", "POST"])
def weekly_nothing(request: SignedInRequest, week: str) -> HttpResponse:
    """Nothing to report is a valid report: asked once, sent with one press (R12)."""
    found = week_of(week)
    report = WeeklyReport.objects.filter(person=request.user, **writing.weekly_key(found)).first()
    refusal, status = _in_the_way(request, report)
    if request.method == "POST" and not refusal:
        refusal, status = _report_nothing(request, found, report)
        if not refusal:
            return redirect("reports:written")
    blank = report or WeeklyReport(person=request.user, **writing.weekly_key(found))
    context = {
        "refusal": refusal, "week": found, "title": title_of(blank), "report": report,
        "visits": visit_rows(contents.weekly_content(blank)),
    }  # fmt: skip
    return render(request, "reports/weekly_nothing.html", context, status=status)


def _report_nothing(
    request: SignedInRequest, week: Week, report: WeeklyReport | None
) -> tuple[str, int]:
    """Return why it was refused with its status, or ("", 200)."""
    try:
        seen = report.revision if report else None
        writing.report_nothing(week, by=request.user, revision=seen)
    except (ValidationError, PermissionDenied) as refusal:
        return said_on_page(refusal)
    step = workflow.WEEKLY["submit"]
    messages.success(request, f"{step.told}. {step.says}")
    return "", 200
