"""The annual summaries: ask for one, watch it being built, download it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.views import SignedInRequest
from accounts.waking import wake
from reports import permissions
from reports.actions import annual
from reports.forms.annual import AnnualReportForm
from reports.models import ReportJob
from reports.tasks import build_queued_reports

if TYPE_CHECKING:
    from django.http import HttpResponse

log = logging.getLogger(__name__)

SHOWN = 50  # lines of the list; older reports stay in the database


def annual_list(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    if not permissions.see_annual_reports(request.user, on=today):
        raise Http404
    form = AnnualReportForm(request.POST or None, by=request.user, today=today)
    if request.method == "POST" and form.is_valid():
        annual.ask(by=request.user, **form.cleaned_data)
        transaction.on_commit(lambda: wake(build_queued_reports))
        messages.success(
            request, _("The summary is being built; you will be told when it is ready.")
        )
        return redirect("reports:annual-list")
    jobs = list(ReportJob.objects.visible_to(request.user).to_show()[:SHOWN])
    context = {"form": form, "rows": [_row(job) for job in jobs], "crumbs": _crumbs()}
    context["unfinished"] = any(job.is_unfinished for job in jobs)
    return render(request, "reports/annual_list.html", context)


@require_GET
def annual_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """One cell of the list: the bar while it is being built, the way to the file afterwards."""
    job = get_object_or_404(ReportJob.objects.visible_to(request.user), pk=pk)
    return render(request, "reports/annual_state.html", {"row": _row(job)})


@require_GET
def annual_file(request: SignedInRequest, pk: int) -> FileResponse:
    job = get_object_or_404(ReportJob.objects.visible_to(request.user), pk=pk)
    if not job.is_ready:
        raise Http404
    try:
        content = job.file.open("rb")
    except FileNotFoundError as error:
        log.exception("the file of report %s is gone", job.pk)
        raise Http404 from error
    return FileResponse(
        content, as_attachment=True, filename=job.file_name, content_type="application/pdf"
    )


def _row(job: ReportJob) -> dict[str, Any]:
    """What a line shows; ``bar`` is what the progress component takes."""
    bar = {
        "id": f"report-{job.pk}",
        "label": job.get_state_display(),
        "done": job.done,
        "total": job.total,
        "state": job.state,
        "state_label": job.get_state_display(),
        "url": reverse("reports:annual-progress", args=[job.pk]),
    }
    return {"job": job, "bar": bar}


def _crumbs() -> list[tuple[str, str | None]]:
    return [(_("My desk"), "/"), (_("Annual summaries"), None)]
