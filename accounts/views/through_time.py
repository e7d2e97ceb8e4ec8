"""Departments and units through time, for the administrator: the same pages for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from accounts.forms import through_time as forms
from accounts.forms.fields import DayField
from accounts.paging import exports_of, page_of, wants_file
from accounts.spreadsheet import csv_file
from accounts.through_time import (
    DEPARTMENTS,
    UNITS,
    keeps_departments_and_units,
    owners,
    short,
)
from accounts.time_pages import rows_on, time_page

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from accounts.through_time import Nature
    from accounts.views import SignedInRequest

NATURES = {"department": DEPARTMENTS, "unit": UNITS}
LISTS = {"department": "accounts:departments", "unit": "accounts:units-admin"}
PAGES = {"department": "accounts:department", "unit": "accounts:unit-admin"}
PER_PAGE = 50


def nature_of(request: SignedInRequest, kind: str) -> Nature:
    if not keeps_departments_and_units(request.user):
        raise Http404
    return NATURES[kind]


def one_of(request: SignedInRequest, kind: str, pk: int) -> tuple[Nature, Any]:
    nature = nature_of(request, kind)
    owner = get_object_or_404(owners(nature), pk=pk)
    if not owner.dated():
        raise Http404
    return nature, owner


def address_of(kind: str, pk: int) -> str:
    return reverse(PAGES[kind], args=[pk])


def crumbs_of(kind: str, owner: Any = None, here: str = "") -> list[tuple[str, str | None]]:
    name = _("Units through time") if kind == "unit" else _("Departments")
    if owner is None:
        trail = [(name, reverse(LISTS[kind]) if here else None)]
    else:
        trail = [(name, reverse(LISTS[kind])), (str(owner), address_of(kind, owner.pk))]
    hub = (_("Organisation"), reverse("accounts:organisation"))
    found: list[tuple[str, str | None]] = [(_("My desk"), "/"), hub, *trail]
    return [*found, (here, None)] if here else [*found[:-1], (found[-1][0], None)]


@require_GET
def time_list(request: SignedInRequest, kind: str) -> HttpResponseBase:
    nature, today = nature_of(request, kind), timezone.localdate()
    form = forms.TimeFilter(request.GET or None, nature=nature, initial={"on": today})
    wanted = form.wanted(today)
    rows = rows_on(nature, **wanted)
    if wants_file(request):
        return _as_file(nature, kind, rows)
    context = {
        "kind": kind,
        "form": form,
        "day": wanted["day"],
        "page": page_of(request, rows, PER_PAGE),
        "says": _says(kind, **wanted),
        "exports": exports_of(request),
        "crumbs": crumbs_of(kind),
        "new": reverse(f"{PAGES[kind]}-new"),
        "detail": PAGES[kind],
    }
    return render(request, "accounts/time_list.html", context)


def _says(kind: str, day: date, words: str, level: str, state: str) -> str:
    del level
    values = {"day": short(day), "words": words}
    if kind == "unit":
        said = _("Units that had ended by %(day)s") if state else _("Units existing on %(day)s")
    else:
        said = (
            _("Departments that had ended by %(day)s")
            if state
            else _("Departments existing on %(day)s")
        )
    found = said % values
    return f"{found}, " + _("with “%(words)s” in their name") % values if words else found


def _as_file(nature: Nature, kind: str, rows: Any) -> HttpResponseBase:
    headings = [
        _("Code"),
        pgettext("organisation", "Full name"),
        _("Short name"),
        _("Level"),
        _("From"),
        _("To"),
    ]
    cells = (
        [
            getattr(row, nature.owner).code,
            row.name,
            row.short_name,
            row.get_level_display() if nature.is_units() else row.department.get_kind_display(),
            short(row.starts_on) if row.starts_on else "",
            short(row.ends_on) if row.ends_on else "",
        ]
        for row in rows
    )
    return csv_file(f"{kind}s.csv", headings, cells)


@require_GET
def time_detail(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Names, successors and events; on any day."""
    nature, owner = one_of(request, kind, pk)
    day = _day_asked(request) or timezone.localdate()
    page = time_page(nature, owner, day)
    context = {
        "kind": kind,
        "page": page,
        "owner": owner,
        "name": owner.name_on(day),
        "detail": PAGES[kind],
        "acts": {act: reverse(f"{PAGES[kind]}-{act}", args=[pk]) for act in ACTS},
        "crumbs": crumbs_of(kind, owner),
    }
    return render(request, "accounts/time_detail.html", context)


ACTS = ("rename", "merge", "end", "undo")


def _day_asked(request: SignedInRequest) -> date | None:
    try:
        return DayField(required=False).clean(request.GET.get("on"))
    except ValidationError:
        return None
