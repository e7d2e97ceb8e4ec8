"""Tables taken in by the administrator: upload, look, confirm, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.beginning import PUT_AWAY
from accounts.forms.imports import ReadyMadeForm, UploadForm
from accounts.imports import asking
from accounts.imports.ready_made import units_of_hanoi
from accounts.models import ImportJob
from accounts.overview import imports as overview
from accounts.paging import page_of
from accounts.permissions_imports import imports_tables
from accounts.tasks import take_up_imports
from accounts.waking import wake

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from accounts.views import SignedInRequest

DONE, CONFLICT, UNPROCESSABLE = 200, 409, 422
ON_PAGE = 20
PROBLEMS_ON_PAGE = 50


def _job(request: SignedInRequest, pk: int) -> ImportJob:
    rows = ImportJob.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("asked_by", "confirmed_by", "undone_by"), pk=pk)


@require_http_methods(["GET", "POST"])
def imports(request: SignedInRequest) -> HttpResponse:
    """The upload, the templates, and what was imported before."""
    if not imports_tables(request.user):
        raise Http404
    initial = {"table": request.GET.get("table", "")}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return begun(asking.ask(form.upload, by=request.user))
    return _list_page(request, form, ReadyMadeForm())


@require_POST
def import_ready_made(request: SignedInRequest) -> HttpResponse:
    if not imports_tables(request.user):
        raise Http404
    form = ReadyMadeForm(request.POST)
    if form.is_valid():
        return begun(asking.ask(units_of_hanoi(form.cleaned_data["on"]), by=request.user))
    return _list_page(request, UploadForm(), form)


def _list_page(
    request: SignedInRequest, form: UploadForm, ready_made: ReadyMadeForm
) -> HttpResponse:
    page = page_of(request, ImportJob.objects.visible_to(request.user).to_show(), ON_PAGE)
    context = {
        "form": form,
        "ready_made": ready_made,
        "rows": overview.lines_of(page.rows),
        "page": page,
        "templates": overview.templates(),
        "wanted": request.GET.get("table", ""),
    }
    status = UNPROCESSABLE if form.errors or ready_made.errors else DONE
    return render(request, "accounts/imports.html", context, status=status)


def begun(job: ImportJob) -> HttpResponse:
    """To the import's own page, with a worker awake."""
    transaction.on_commit(lambda: wake(take_up_imports))
    return redirect(job)


@require_GET
def import_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One import: its progress, then what it would do, then what it did."""
    return _page(request, _job(request, pk))


def _page(request: SignedInRequest, job: ImportJob, refusal: Any = (), status: int = DONE) -> Any:
    problems = page_of(request, overview.problems_of(job), PROBLEMS_ON_PAGE)
    context = overview.page_of_import(job) | {"problems": problems, "refusal": refusal}
    context["first_days"] = PUT_AWAY not in request.user.hints_read
    return render(request, "accounts/import_detail.html", context, status=status)


@require_GET
def import_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bar while it goes on; afterwards the browser is sent to the page anew."""
    job = _job(request, pk)
    answer = render(request, "accounts/import_bar.html", {"bar": overview.bar_of(job)})
    if not job.is_unfinished:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def import_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, _job(request, pk), asking.confirm)


@require_POST
def import_again(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, _job(request, pk), asking.look_again)


def _act(request: SignedInRequest, job: ImportJob, action: Callable[..., ImportJob]) -> Any:
    try:
        return begun(action(job, by=request.user))
    except ValidationError as refusal:
        return _page(request, _job(request, job.pk), refusal.messages, CONFLICT)


@require_http_methods(["GET", "POST"])
def import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what taking it back means, or what forbids it; then do it."""
    job = _job(request, pk)
    refusal: list[str] = []
    if request.method == "POST":
        try:
            asking.undo(job, by=request.user)
        except ValidationError as error:
            refusal = error.messages
        else:
            messages.success(request, _("The import has been taken back."))
            return redirect(job)
    refusal = refusal or asking.stands_in_the_way(_job(request, pk), by=request.user)
    context = {"job": job, "refusal": refusal, "says": overview.said_of(job)}
    status = CONFLICT if request.method == "POST" else DONE
    return render(request, "accounts/import_undo.html", context, status=status)
