"""The first days of an office: step by step, each of which can be left and taken up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import agency as agency_actions
from accounts.actions import beginning as actions
from accounts.actions import first_offices
from accounts.agency import WORDS, agency_on
from accounts.beginning import progress_on
from accounts.first_steps import Organisation
from accounts.forms.agency import AgencyForm
from accounts.forms.beginning import (
    DepartmentRows,
    PersonRows,
    SinceForm,
    UnitsForm,
    department_choices,
)
from accounts.forms.offices import OfficesForm
from accounts.forms.refusals import UNPROCESSABLE, add_refusal, show_the_present
from accounts.forms.rows import asks_for_row, not_looked_at
from accounts.interchange import hanoi
from accounts.interchange.importing import Refused
from accounts.models import AgencyVersion
from accounts.permissions_administration import administers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.http import HttpResponse

    from accounts.forms.rows import Rows
    from accounts.views import SignedInRequest

DONE = 200


def _administering(request: SignedInRequest) -> date:
    """These pages are there for the administrator alone; return the day."""
    if not administers(request.user):
        raise Http404
    return timezone.localdate()


@require_GET
def start(request: SignedInRequest) -> HttpResponse:
    today = _administering(request)
    context = {"progress": progress_on(today)}
    return render(request, "accounts/start.html", context)


@require_http_methods(["GET", "POST"])
def agency(request: SignedInRequest) -> HttpResponse:
    """The words in force today; saved under another day they are a new version."""
    today = _administering(request)
    now = agency_on(today)
    first_day = now.starts_on or today.replace(month=1, day=1)
    stored = AgencyVersion.objects.filter(starts_on=first_day).first()
    initial = {name: getattr(now, name) for name in WORDS}
    initial["starts_on"] = first_day
    initial["seen"] = stored.revision if stored else 0
    form, status = AgencyForm(request.POST or None, initial=initial), DONE
    if request.method == "POST":
        status = _tried(form, lambda: _describe(request, form))
        if status == DONE:
            messages.success(request, _("The names and heads are saved."))
            return redirect("accounts:start")
    context = {"form": form, "versions": AgencyVersion.objects.order_by("-starts_on")}
    return render(request, "accounts/agency.html", context, status=status)


def _describe(request: SignedInRequest, form: AgencyForm) -> None:
    """Somebody else's words since then stand beside the typed ones (nobody saves over unread)."""
    try:
        seen = form.cleaned_data["seen"]
        agency_actions.describe(form.instance, by=request.user, seen=seen)
    except ValidationError as refusal:
        row = AgencyVersion.objects.filter(starts_on=form.cleaned_data["starts_on"]).first()
        if row and getattr(refusal, "code", "") == "stale":
            words = {name: getattr(row, name) for name in WORDS}
            show_the_present(form, words, seen=row.revision)
        raise


def _tried(form: Any, act: Callable[[], object]) -> int:
    """Do what a form asks for; ``DONE``, or the status of a refusal, which stands in the form."""
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        act()
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return DONE


@require_http_methods(["GET", "POST"])
def start_departments(request: SignedInRequest) -> HttpResponse:
    today = _administering(request)
    rows = DepartmentRows(request.POST or None)
    found = Organisation.read(today)

    def act(since: date) -> str:
        made = actions.enter_departments(rows.entered(), by=request.user, starts_on=since)
        words = ngettext("%(n)d department entered.", "%(n)d departments entered.", len(made))
        return words % {"n": len(made)}

    context = {"step": "departments", "there": list(found.departments.values())}
    return _in_rows(request, rows, act, today=today, context=context)


@require_http_methods(["GET", "POST"])
def start_people(request: SignedInRequest) -> HttpResponse:
    today = _administering(request)
    options = department_choices(today)
    rows = PersonRows(request.POST or None, form_kwargs={"departments": options})

    def act(since: date) -> str:
        made = actions.enter_people(rows.entered(), by=request.user, starts_on=since)
        words = ngettext("%(n)d person entered.", "%(n)d people entered.", len(made))
        return words % {"n": len(made)}

    context = {"step": "people", "there": [], "lacks": not options}
    return _in_rows(request, rows, act, today=today, context=context)


def _in_rows(
    request: SignedInRequest,
    rows: Rows,
    act: Callable[[date], str],
    *,
    today: date,
    context: dict[str, Any],
) -> HttpResponse:
    """A table to be filled in: everything in it is taken, or nothing."""
    form, status = SinceForm(request.POST or None, today=today), DONE
    said: list[str] = []
    if asks_for_row(request.POST):
        rows = rows.with_one_more()
        not_looked_at(form)
    elif request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid() and rows.is_valid() and not rows.entered():
            form.add_error(None, _("Fill in at least one row."))
        elif form.is_valid() and rows.is_valid():
            status = _tried(form, lambda: said.append(act(form.cleaned_data["starts_on"])))
        if status == DONE:
            messages.success(request, said[0])
            return redirect("accounts:start")
    context |= {"form": form, "rows": rows}
    return render(request, f"accounts/start_{context['step']}.html", context, status=status)


@require_http_methods(["GET", "POST"])
def start_units(request: SignedInRequest) -> HttpResponse:
    today = _administering(request)
    missing = hanoi.missing_on(today)
    offered = len(hanoi.rows_on(today))
    label = _("The %(n)d units of Hà Nội that exist today") % {"n": offered}
    form, status = UnitsForm(request.POST or None, label=label), DONE
    if request.method == "POST":
        status = _tried(form, lambda: _take_units(request, form, today))
        if status == DONE:
            messages.success(request, _("The units are on record."))
            return redirect("accounts:start")
    context = {"form": form, "missing": missing, "offered": offered}
    return render(request, "accounts/start_units.html", context, status=status)


def _take_units(request: SignedInRequest, form: UnitsForm, today: date) -> None:
    try:
        hanoi.take_over(by=request.user, day=today, **form.cleaned_data)
    except Refused as refusal:
        raise ValidationError([str(problem) for problem in refusal.problems[:5]]) from refusal


@require_http_methods(["GET", "POST"])
def start_offices(request: SignedInRequest) -> HttpResponse:
    today = _administering(request)
    found = Organisation.read(today)
    form, status = OfficesForm(request.POST or None, found=found, today=today), DONE
    if request.method == "POST":
        status = _tried(form, lambda: _fill(request, form))
        if status == DONE:
            return redirect("accounts:start")
    context = {"form": form, "rows": list(form.rows(found)), "found": found}
    return render(request, "accounts/start_offices.html", context, status=status)


def _fill(request: SignedInRequest, form: OfficesForm) -> None:
    since = form.cleaned_data["starts_on"]
    made = first_offices.fill(form.choices(), by=request.user, starts_on=since)
    words = ngettext("%(n)d office filled.", "%(n)d offices filled.", made)
    messages.success(request, words % {"n": made})
