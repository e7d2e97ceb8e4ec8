"""Files of the imports: templates, problems, what was uploaded, and the organisation."""

from __future__ import annotations

import io
import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from accounts.interchange.exporting import export_tables
from accounts.interchange.patterns import pattern_of
from accounts.interchange.tables import tables
from accounts.models import ImportJob
from accounts.overview import imports as overview
from accounts.permissions_imports import imports_tables
from accounts.spreadsheet import csv_file

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from accounts.views import SignedInRequest

log = logging.getLogger(__name__)

# Whoever enters people says in the same file where they work and what they are.
TOGETHER = {"people": ("appointments",)}
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def import_template(request: SignedInRequest) -> HttpResponseBase:
    """The template of the table named, with what is filled in along with it; of the first one
    if none is.
    """
    if not imports_tables(request.user):
        raise Http404
    known = {table.name: table for table in tables()}
    name = request.GET.get("table") or next(iter(known))
    if name not in known:
        raise Http404
    wanted = (name, *TOGETHER.get(name, ()))
    content = io.BytesIO(pattern_of(*(known[one] for one in wanted)))
    return FileResponse(
        content, as_attachment=True, filename=f"mau-{name}.xlsx", content_type=WORKBOOK
    )


@require_GET
def export_organisation(request: SignedInRequest) -> HttpResponseBase:
    """The organisation's tables as one workbook; what people wrote in their papers is not
    the administrator's to read, so visits and weekly reports are left to the command.
    """
    if not imports_tables(request.user):
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.xlsx"
        export_tables(path, with_papers=False)
        content = path.open("rb")  # goes on to be read after its name has gone
    name = f"to-chuc-{timezone.localdate():%d-%m-%Y}.xlsx"
    return FileResponse(content, as_attachment=True, filename=name, content_type=WORKBOOK)


@require_GET
def import_problems(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """What is wrong with the file, to work through beside it."""
    job = get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
    headings = (_("Table"), _("Row"), pgettext("table", "Column"), _("What is wrong"))
    rows = (
        (one["title"], one["row"] or "", one["label"], one["reason"])
        for one in overview.problems_of(job)
    )
    return csv_file(f"loi-nhap-{job.pk}.csv", headings, rows)


@require_GET
def import_file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """What was uploaded, under a name of ours: the uploader's may be anything."""
    job = get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
    if not job.file:
        raise Http404
    try:
        content = job.file.open("rb")
    except FileNotFoundError as error:
        log.exception("the file of import %s is gone", job.pk)
        raise Http404 from error
    name = f"nhap-{job.pk}{Path(job.file.name).suffix}"
    return FileResponse(
        content, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
