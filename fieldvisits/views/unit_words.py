"""What is written of a visit by its unit, and of a unit by its visitors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Unit
from fieldvisits import permissions
from fieldvisits.actions import units
from fieldvisits.actions.bulk import in_words
from fieldvisits.forms.at_unit import OverviewForm, RemarkForm
from fieldvisits.forms.refusals import FORBIDDEN, UNPROCESSABLE, add_refusal, show_the_present
from fieldvisits.models import UnitRemark, Visit

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.permissions import Verdict
    from accounts.views import SignedInRequest
    from fieldvisits.models import UnitOverview


def _start(verdict: Verdict) -> tuple[str, int]:
    return ("", 200) if verdict else (str(verdict.reason), FORBIDDEN)


@require_http_methods(["GET", "POST"])
def remark_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """The unit reports on a visit unasked."""
    rows = Visit.objects.visible_to(request.user).select_related("cadre", "unit")
    visit = get_object_or_404(rows.prefetch_related("unit__versions"), pk=pk)
    form = RemarkForm(request.POST or None)
    refusal, status = _start(permissions.remarks_on(request.user, visit))
    if request.method == "POST":
        status = _remark(request, visit, form) if form.is_valid() else UNPROCESSABLE
        if not status:
            messages.success(request, _("Thank you. The head of the department has been told."))
            return redirect(visit)
    unit = visit.unit.name_on(visit.starts_on)
    context = {"visit": visit, "unit": unit, "form": form, "refusal": refusal}
    return render(request, "fieldvisits/remark_form.html", context, status=status)


def _remark(request: SignedInRequest, visit: Visit, form: RemarkForm) -> int:
    try:
        units.remark(visit, by=request.user, text=form.cleaned_data["text"])
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return 0


@require_POST
def remark_pass_on(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = UnitRemark.objects.visible_to(request.user)
    remark = get_object_or_404(rows.select_related("visit__cadre", "visit__unit"), pk=pk)
    try:
        units.pass_on(remark, by=request.user)
    except (ValidationError, PermissionDenied) as refusal:
        messages.error(request, in_words(refusal))
    else:
        messages.success(request, _("The cadre can read it now."))
    return redirect(remark.visit)


@require_http_methods(["GET", "POST"])
def overview_write(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new entry of the unit's overview, begun from the latest one."""
    unit = get_object_or_404(Unit.objects.prefetch_related("versions"), pk=pk)
    latest = unit.overviews.first()
    form = OverviewForm(request.POST or None, initial=_texts(latest))
    refusal, status = _start(permissions.keeps_overview(request.user, unit))
    if request.method == "POST":
        status = _describe(request, unit, form) if form.is_valid() else UNPROCESSABLE
        if not status:
            messages.success(request, _("The overview was saved; earlier ones stay on record."))
            return redirect(reverse("fieldvisits:unit-detail", args=[unit.pk]))
    name = unit.name_on(timezone.localdate())
    context = {"unit": unit, "name": name, "form": form, "refusal": refusal}
    return render(request, "fieldvisits/overview_form.html", context, status=status)


def _texts(latest: UnitOverview | None) -> dict[str, str]:
    parts = OverviewForm.Meta.fields
    said = {part: getattr(latest, part) for part in parts} if latest else {}
    return {**said, "seen": units.mark_of_entry(latest)}


def _describe(request: SignedInRequest, unit: Unit, form: OverviewForm) -> int:
    try:
        said = form.cleaned_data
        units.describe(unit, by=request.user, parts=said, seen=said["seen"])
    except (ValidationError, PermissionDenied) as refusal:
        now = _texts(unit.overviews.first())
        show_the_present(form, now, seen=now.pop("seen"))
        return add_refusal(form, refusal)
    return 0
