"""The regulation: to read, to say that one has, and, for the administrator, to change."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.numbers import whole_number
from accounts.paging import exports_of, page_of, wants_file
from fieldvisits.actions import regulation as actions
from fieldvisits.forms.fields import FIRST_YEAR, LAST_YEAR
from fieldvisits.forms.filters import UnitReadingFilter, chosen
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal, renew
from fieldvisits.forms.regulation import SettingsForm, VersionForm
from fieldvisits.models import Regulation
from fieldvisits.models.regulation import version_for
from fieldvisits.overview import regulation as overview
from fieldvisits.overview.setting_sections import moves
from fieldvisits.overview.unit_readings import unit_readings
from fieldvisits.permissions.regulation import changes_regulation, sees_readers
from fieldvisits.views.list_files import unit_readings_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from accounts.models import Person
    from accounts.views import SignedInRequest

DONE = 200
UNITS_ON_PAGE = 50


def _years(versions: list[Regulation], today_year: int) -> list[int]:
    first = versions[0].first_year if versions else today_year
    last = max([today_year + 1, *(version.first_year for version in versions)])
    return list(range(last, min(first, today_year) - 1, -1))


def _address(year: int) -> str:
    return f"{reverse('fieldvisits:regulation')}?year={year}"


@require_GET
def regulation(request: SignedInRequest) -> HttpResponse:
    """Every rule with the settings in force in the year asked for."""
    this_year = timezone.localdate().year
    asked = whole_number(request.GET.get("year"))
    year = asked if asked and FIRST_YEAR <= asked <= LAST_YEAR else this_year
    versions = list(Regulation.objects.order_by("first_year"))
    version = version_for(versions, year)
    sheets, rest = overview.sheets_of(version)
    context = {
        "version": version,
        "year": year,
        "years": _years(versions, this_year),
        "assumed": version.assumed_for(year),
        "sheets": sheets,
        "rest": rest,
        **_for_viewer(version, request.user),
    }
    return render(request, "fieldvisits/regulation.html", context)


def _for_viewer(version: Regulation, viewer: Person) -> dict[str, Any]:
    """What hangs on who reads: whether they have, and what those who lead know besides."""
    leads = bool(sees_readers(viewer))
    return {
        "read": version.pk and version.readings.filter(person=viewer).first(),
        "changes": changes_regulation(viewer),
        "sees_readers": leads,
        "changed": overview.changes_of(version) if leads else None,
    }


@require_POST
def regulation_read(request: SignedInRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(Regulation, pk=pk)
    actions.acknowledge(version, by=request.user)
    messages.success(request, _("Noted that you have read it."))
    return redirect(_address(max(version.first_year, FIRST_YEAR)))


@require_GET
def regulation_readers(request: SignedInRequest, pk: int) -> HttpResponse:
    if not sees_readers(request.user):
        raise Http404
    version = get_object_or_404(Regulation, pk=pk)
    readers = overview.readers_of(version, request.user, timezone.localdate())
    missing = [reader for reader in readers if reader.read_at is None]
    context = {"version": version, "readers": readers, "missing": len(missing)}
    return render(request, "fieldvisits/regulation_readers.html", context)


@require_GET
def regulation_units(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Which units have read a version, and which have not."""
    if not sees_readers(request.user):
        raise Http404
    version = get_object_or_404(Regulation, pk=pk)
    readings = unit_readings(version, timezone.localdate())
    form = UnitReadingFilter(request.GET)
    wanted = chosen(form)["state"]
    rows = [row for row in readings if wanted in ("", row.state)]
    if wants_file(request):
        return unit_readings_file(rows)
    context = {
        "version": version,
        "counts": Counter(row.state for row in readings),
        "form": form,
        "page": page_of(request, rows, UNITS_ON_PAGE),
        "exports": exports_of(request),
    }
    return render(request, "fieldvisits/regulation_units.html", context)


@require_http_methods(["GET", "POST"])
def regulation_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET asks; the first POST shows old and new; the second, with its mark, writes."""
    if not changes_regulation(request.user):
        raise Http404
    version = get_object_or_404(Regulation, pk=pk)
    form = SettingsForm(request.POST or None, instance=version)

    def act() -> None:
        seen, values = form.cleaned_data["seen"], _changed(version, form)
        actions.change(version, values=values, by=request.user, seen=seen)

    years = actions.years_applied(version)
    return _asked(request, form, version, act=act, years=years, done=_("The settings are changed."))


@require_http_methods(["GET", "POST"])
def regulation_new(request: SignedInRequest) -> HttpResponse:
    """A version for later years, filled with what is in force."""
    if not changes_regulation(request.user):
        raise Http404
    next_year = timezone.localdate().year + 1
    version = Regulation.objects.for_year(next_year)
    initial = {"number": "", "title": version.title, "first_year": next_year}
    form = VersionForm(request.POST or None, instance=version, initial=initial)

    def act() -> None:
        actions.require_seen(version, _changed(version, form), form.cleaned_data["seen"])
        actions.bring(Regulation(**form.values, **form.about), by=request.user)

    done = _("The new version is there; everybody has been told.")
    return _asked(request, form, version, act=act, years=None, done=done)


def _asked(
    request: SignedInRequest,
    form: SettingsForm,
    version: Regulation,
    *,
    act: Callable[[], None],
    years: tuple[int | None, int | None] | None,
    done: str,
) -> HttpResponse:
    """The walk both share. ``years`` None: those from the year asked for."""
    shown, status = None, DONE
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            said = dict(form.cleaned_data)  # a refusal takes fields out of it
            year = said.get("first_year", version.first_year)
            shown = _differences(version, form, years or (year, None))
            status = _take(form, act) if said["seen"] else DONE
            if said["seen"] and status == DONE:
                messages.success(request, done)
                return redirect(_address(max(year, FIRST_YEAR)))
            renew(form, seen=actions.mark_of(version, shown["values"]))
    context = {"version": version, "is_new": years is None, "form": form, "shown": shown}
    return render(request, "fieldvisits/regulation_edit.html", context, status=status)


def _take(form: SettingsForm, act: Callable[[], None]) -> int:
    try:
        act()
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return DONE


def _changed(version: Regulation, form: SettingsForm) -> dict[str, Any]:
    return {name: value for name, value in form.values.items() if getattr(version, name) != value}


def _differences(
    version: Regulation, form: SettingsForm, years: tuple[int | None, int | None]
) -> dict[str, Any]:
    """Old and new of each setting that changes, and the papers of these years."""
    changed = _changed(version, form)
    labels = {field.name: overview.label_of(field)[0] for field in overview.setting_fields()}
    follows = moves()
    return {
        "values": changed,
        "lines": [
            (
                labels[name],
                overview.in_words(getattr(version, name)),
                overview.in_words(value),
                follows[name],
            )
            for name, value in changed.items()
        ],
        "depends": overview.depends_on(*years),
    }
