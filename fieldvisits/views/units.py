"""Host units: the list of a day, and one unit through time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.choices import UnitLevel
from accounts.models import EmulationCluster, Unit
from accounts.numbers import whole_number
from accounts.paging import exports_of, page_of, wants_file
from accounts.spreadsheet import csv_file
from accounts.words import days1
from fieldvisits.forms.units import FIRST_YEAR, LAST_YEAR, UnitFilter
from fieldvisits.ledger.rolled_up import AS_OF_TODAY
from fieldvisits.overview.unit import (
    figures_seen_by,
    for_page,
    kept_in,
    unit_page,
    unit_rows,
    versions_on,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse, StreamingHttpResponse
    from django.http.response import HttpResponseBase

    from accounts.views import SignedInRequest
    from fieldvisits.overview.unit import UnitRow

PER_PAGE = 50


@require_GET
def unit_list(request: SignedInRequest) -> HttpResponseBase:
    today = timezone.localdate()
    clusters = dict(EmulationCluster.objects.order_by("name").values_list("pk", "name"))
    form = UnitFilter(request.GET or None, initial={"on": today}, clusters=clusters)
    wanted, counted = form.wanted(today), form.counted(today)
    versions = versions_on(**wanted, among=(seen := figures_seen_by(request.user, today)))
    if wants_file(request):
        return _as_file(unit_rows(list(versions), today, *counted), counted[0])
    context = {
        "form": form,
        "page": (page := page_of(request, versions, PER_PAGE)),
        "rows": unit_rows(page.rows, today, *counted),
        "kept": kept_in(today, *counted) if seen is None else [],
        "says": _says(wanted, clusters.get(wanted["cluster"], ""), counted[1]),
        "exports": exports_of(request),
        "crumbs": [(_("My desk"), "/"), (_("Units"), None)],
        "year": counted[0],
        "compares": clusters and seen is None,
    }
    return render(request, "fieldvisits/unit_list.html", context)


@require_GET
def unit_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(for_page(Unit.objects.all(), request.user), pk=pk)
    today = timezone.localdate()
    asked = whole_number(request.GET.get("year"))
    year = asked if asked and FIRST_YEAR <= asked <= LAST_YEAR else today.year
    page = unit_page(unit, request.user, today, year)
    crumbs = [(_("My desk"), "/"), (_("Units"), "/units/"), (page.name, None)]
    return render(request, "fieldvisits/unit_detail.html", {"page": page, "crumbs": crumbs})


def _says(wanted: dict[str, Any], cluster: str, view: str) -> str:
    """The filter in words."""
    day, words, level = wanted["day"], wanted["words"], wanted["level"]
    values = {"day": f"{day:%d/%m/%Y}", "words": words, "level": dict(UnitLevel.choices).get(level)}
    said = [_("You see: units existing on %(day)s") % values]
    if level:
        said.append(_("of the level “%(level)s”") % values)
    if cluster:
        said.append(_("of the cluster “%(cluster)s”") % {"cluster": cluster})
    if words:
        said.append(_("with “%(words)s” in their name") % values)
    return ", ".join(said) + "." + _counting(view)


def _counting(view: str) -> str:
    if view != AS_OF_TODAY:
        return ""
    return " " + _("Days of a unit that ended count for who took over the whole of it.")


def _as_file(rows: Iterable[UnitRow], year: int) -> StreamingHttpResponse:
    headings = [
        _("Code"), _("Name"), _("Level"), _("Superior unit"), _("Last visit"),
        _("Days in %(year)d") % {"year": year}, _("Visits in %(year)d") % {"year": year},
        _("People in %(year)d") % {"year": year},
    ]  # fmt: skip
    cells: list[list[Any]] = [
        [
            row.version.unit.code,
            row.version.union_name,
            row.version.get_level_display(),
            row.parent,
            f"{row.last_on:%d/%m/%Y}" if row.last_on else "",
            days1(row.days.half_days),
            row.days.visits,
            row.days.people,
        ]
        for row in rows
    ]
    return csv_file("units.csv", headings, cells)
