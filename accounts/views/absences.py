"""Exemptions and delegations of everybody, for the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.forms.organisation import DelegationFilter, ExemptionFilter
from accounts.links import address
from accounts.overview.absences import (
    AbsenceRow,
    delegation_rows,
    delegations_found,
    exemption_rows,
    exemptions_found,
)
from accounts.paging import exports_of, page_of, wants_file
from accounts.spreadsheet import csv_file
from accounts.views.confirming import keeping
from accounts.views.organisation import crumbs_to
from accounts.words import day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse, StreamingHttpResponse
    from django.http.response import HttpResponseBase

    from accounts.views import SignedInRequest

PER_PAGE = 50


@require_GET
def exemptions(request: SignedInRequest) -> HttpResponseBase:
    keeping(request)
    today = timezone.localdate()
    form = ExemptionFilter(request.GET)
    found = exemptions_found(form.wanted(), today)
    if wants_file(request):
        return _exemptions_file(exemption_rows(found, today))
    page = page_of(request, found, PER_PAGE)
    rows = exemption_rows(page.rows, today)
    return _list(request, "exemptions", _("Exemptions"), form=form, page=page, rows=rows)


@require_GET
def delegations(request: SignedInRequest) -> HttpResponseBase:
    keeping(request)
    today = timezone.localdate()
    form = DelegationFilter(request.GET)
    found = delegations_found(form.wanted(), today)
    if wants_file(request):
        return _delegations_file(delegation_rows(found, today))
    page = page_of(request, found, PER_PAGE)
    rows = delegation_rows(page.rows, today)
    more = {"delegates": address("fieldvisits:delegations")}
    return _list(request, "delegations", _("Delegations"), form=form, page=page, rows=rows, **more)


def _list(request: SignedInRequest, name: str, title: str, **more: Any) -> HttpResponse:
    context = {"title": title, "exports": exports_of(request), "crumbs": crumbs_to(title), **more}
    return render(request, f"accounts/{name}.html", context)


def _exemptions_file(rows: Iterable[AbsenceRow]) -> StreamingHttpResponse:
    headings = [_("Code"), _("Name"), _("Reason"), _("From"), _("To"), _("Note"), _("State")]
    cells = (
        [
            line.row.person.code, line.row.person.full_name, line.what, day(line.row.starts_on),
            day(line.row.ends_on), line.row.note, line.state,
        ]
        for line in rows
    )  # fmt: skip
    return csv_file("exemptions.csv", headings, cells)


def _delegations_file(rows: Iterable[AbsenceRow]) -> StreamingHttpResponse:
    headings = [
        _("Office"), _("Absent"), _("Standing in"), _("From"), _("To"), _("Reason"), _("State"),
    ]  # fmt: skip
    cells = (
        [
            line.what, line.row.delegator or _("vacant"), line.row.delegate,
            day(line.row.starts_on), day(line.row.ended_on or line.row.ends_on), line.row.reason,
            line.state,
        ]
        for line in rows
    )  # fmt: skip
    return csv_file("delegations.csv", headings, cells)
