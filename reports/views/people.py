"""People behind the numbers, and how every single day of one of them was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import Person
from accounts.paging import exports_of, wants_file
from accounts.spreadsheet import csv_file
from accounts.words import days1
from fieldvisits.choices import DayReason
from fieldvisits.permissions import reads_figures
from fieldvisits.permissions.people import arranges_people
from reports import permissions
from reports.choices import Standing
from reports.figures import Window, day_rows, figures_in, own_standing
from reports.figures.levels import levels_of_cadre
from reports.forms.asked import PeopleForm, YearForm, window_asked_for
from reports.models import Objection
from reports.overview.people import person_rows, reasons
from reports.standing import meter_of

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse, StreamingHttpResponse
    from django.http.response import HttpResponseBase

    from accounts.views import SignedInRequest
    from reports.figures import YearFigures
    from reports.overview.people import PersonRow


@require_GET
def people(request: SignedInRequest) -> HttpResponseBase:
    today = timezone.localdate()
    if not permissions.see_dashboard(request.user, on=today):
        raise Http404
    window = window_asked_for(request.GET, today)
    figures = figures_in(window)
    form = _form(request, figures, window)
    department, standing = form.cleaned_data["department"], form.cleaned_data["standing"]
    rows = person_rows(figures, department=department, standing=standing)
    if wants_file(request):
        return _as_file(rows)
    context = {
        "form": form,
        "rows": rows,
        "says": _says(form, window, len(rows)),
        "exports": exports_of(request),
        "window": window,
        "crumbs": [(_("Whole agency"), "/reports/dashboard/"), (_("Cadres"), None)],
    }
    return render(request, "reports/people.html", context)


def _form(request: SignedInRequest, figures: YearFigures, window: Window) -> PeopleForm:
    """A head sees the people of the own department, whatever the address asks for."""
    today = timezone.localdate()
    asked = {"year": window.year, "as_of": window.as_of}
    asked |= _asked_for(request)
    choices = [(row.code, row.name) for row in figures.departments if row.cadres and row.code]
    if request.user.offices(today).sees_everybody:
        choices = [("", _("All")), *choices]
        if asked["department"] not in dict(choices):
            asked["department"] = ""
    else:
        headed_id = request.user.offices(today).headed_id
        own = {row.code for row in figures.departments if row.department_id == headed_id}
        choices = [choice for choice in choices if choice[0] in own]
        if not choices:
            raise Http404
        asked["department"] = choices[0][0]
    form = PeopleForm(asked, today=today)
    form.fields["department"].choices = choices  # type: ignore[attr-defined]  # a choice field
    form.is_valid()
    return form


def _asked_for(request: SignedInRequest) -> dict[str, str]:
    standing = request.GET.get("standing", "")
    return {
        "department": request.GET.get("department", ""),
        "standing": standing if standing in Standing else "",
    }


def _says(form: PeopleForm, window: Window, count: int) -> str:
    department = dict(form.fields["department"].choices).get(form.cleaned_data["department"])  # type: ignore[attr-defined]  # a choice field
    said = [_("You see: %(n)d people") % {"n": count}]
    if form.cleaned_data["department"]:
        said.append(str(department))
    if form.cleaned_data["standing"]:
        said.append(str(Standing(form.cleaned_data["standing"]).label))
    said.append(_("up to %(day)s") % {"day": f"{window.as_of:%d/%m/%Y}"})
    return ", ".join(said) + "."


def _as_file(rows: list[PersonRow]) -> StreamingHttpResponse:
    headings = [
        _("Code"), _("Name"), _("Department"), _("Target"), _("Accepted"), _("Provisional"),
        _("Ahead"), _("Expected"), _("Gap"), _("Standing"), _("Weekly reports owed"), _("missing"),
    ]  # fmt: skip
    cells = [
        [
            row.figures.code,
            row.figures.full_name,
            row.department,
            days1(row.figures.target),
            days1(row.figures.days.accepted),
            days1(row.figures.days.provisional),
            days1(row.figures.days.ahead),
            days1(row.figures.forecast),
            days1(row.figures.gap),
            row.words,
            row.figures.weekly.owed,
            row.figures.weekly.missing,
        ]
        for row in rows
    ]
    return csv_file("people.csv", headings, cells)


def readable_person(viewer: Person, pk: int, today: date) -> Person:
    """The person, if ``viewer`` may see their figures; otherwise there is no such page."""
    person = viewer if pk == viewer.pk else get_object_or_404(Person, pk=pk)
    department_id = person.offices(today).department_id
    if not reads_figures(viewer, person.pk, department_id):
        raise Http404
    return person


@require_GET
def person_days(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every half-day of one person's year and how it was counted, or why not."""
    today = timezone.localdate()
    person = readable_person(request.user, pk, today)
    window = window_asked_for(request.GET, today)
    rows = day_rows(person, window.year, window.as_of, span=(window.first, window.last))
    reason = request.GET.get("reason", "")
    context: dict[str, Any] = {
        "person": person,
        "window": window,
        "form": YearForm({"year": window.year, "as_of": window.as_of}, today=today),
        "meter": meter_of(own_standing(person, window), window),
        "rows": [row for row in reversed(rows) if reason in ("", row.reason)],
        "counts": reasons(rows),
        "reason": DayReason(reason) if reason in DayReason else None,
        **_beside(request.user, person, window),
        "arranges": bool(arranges_people(request.user)),
        "crumbs": [(_("My desk"), "/"), (_("How each day was counted"), None)],
    }
    return render(request, "reports/person_days.html", context)


def _beside(viewer: Person, person: Person, window: Window) -> dict[str, Any]:
    """Days by level of the unit, and what was said in writing against the figures (R15)."""
    return {
        "levels": levels_of_cadre(window, person.pk),
        "objections": Objection.objects.of(person, window.year),
        "may_object": bool(permissions.objects_to_figures(viewer, person)),
    }
