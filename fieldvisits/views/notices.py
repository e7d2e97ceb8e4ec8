"""The notice of a sitting: before it is numbered, and as the agency reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import clerks_on
from fieldvisits import permissions
from fieldvisits.actions import closing, numbering
from fieldvisits.choices import SittingState
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal, renew
from fieldvisits.forms.sitting import CloseForm, NumberForm
from fieldvisits.models import Sitting
from fieldvisits.overview.notice import (
    problems_before_closing,
    read_notice,
    suggested_number,
    wording,
)
from fieldvisits.views.sittings import open_to_writers, readable

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest


@require_http_methods(["GET", "POST"])
def sitting_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the notice first; the chair numbers it and closes."""
    sitting = _sitting(request, pk)
    if sitting.state == SittingState.CLOSED and request.method == "GET":
        return redirect("fieldvisits:sitting-notice", sitting.pk)
    next_one = suggested_number()
    waits_for_clerk = clerks_on(timezone.localdate()).exists()
    initial = {"notice_number": "" if waits_for_clerk else next_one, "version": sitting.version}
    said = wording(sitting)
    form = CloseForm(request.POST or None, initial=initial, wording=said, suggestion=next_one)
    if not form.is_bound:
        return _page(request, sitting, form)
    status = _close(request, sitting, form) if form.is_valid() else UNPROCESSABLE
    if not status:
        messages.success(request, _("The sitting is closed; everybody concerned is told."))
        return redirect("fieldvisits:sitting-notice", sitting.pk)
    sitting = _sitting(request, pk)
    renew(form, version=sitting.version, wording=form.present_wording)
    return _page(request, sitting, form, status=status)


def _sitting(request: SignedInRequest, pk: int) -> Sitting:
    sitting = open_to_writers(request.user, pk)
    if sitting.chair_id == request.user.pk:
        sitting.chair = request.user  # whose offices have been read
    return sitting


def _close(request: SignedInRequest, sitting: Sitting, form: CloseForm) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    said = form.cleaned_data
    number = said["notice_number"]
    try:
        closing.close(sitting, by=request.user, notice_number=number, version=said["version"])
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return 0


def _page(
    request: SignedInRequest, sitting: Sitting, form: CloseForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "sitting": sitting,
        "form": form,
        "notice": read_notice(sitting, number=form.initial["notice_number"]),
        "problems": [] if form.errors else problems_before_closing(sitting),
        "verdict": permissions.chair_of_sitting(request.user, sitting),
    }
    return render(request, "fieldvisits/sitting_close.html", context, status=status)


@require_GET
def sitting_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody in the agency reads the notice of a closed sitting."""
    seen = readable(Sitting.objects.visible_to(request.user))
    sitting = get_object_or_404(seen, pk=pk)
    if sitting.state == SittingState.OPEN:
        return redirect(reverse("fieldvisits:sitting-close", args=[sitting.pk]))
    context = {
        "sitting": sitting,
        "notice": read_notice(sitting, number=sitting.notice_number),
        "takes_part": bool(permissions.takes_part(request.user)),
        "numbered": sitting.steps.filter(name="number").first(),
        "may_number": not sitting.notice_number
        and bool(permissions.numbers_notice(request.user, sitting)),
    }
    return render(request, "fieldvisits/notice.html", context)


@require_http_methods(["GET", "POST"])
def sitting_number(request: SignedInRequest, pk: int) -> HttpResponse:
    """The clerk, or who led or wrote the sitting, numbers a notice that was closed without."""
    sitting = get_object_or_404(readable(Sitting.objects.visible_to(request.user)), pk=pk)
    if not (verdict := permissions.numbers_notice(request.user, sitting)):
        if permissions.takes_part(request.user):
            raise PermissionDenied(str(verdict.reason))
        raise Http404  # who only reads the notice has no such page
    if request.method == "GET" and sitting.notice_number:
        return redirect("fieldvisits:sitting-notice", sitting.pk)
    initial = {"notice_number": suggested_number(), "version": sitting.version}
    form = NumberForm(request.POST or None, initial=initial)
    status = 200
    if form.is_bound:
        status = _number(request, sitting, form) if form.is_valid() else UNPROCESSABLE
        if not status:
            messages.success(request, _("The notice has its number."))
            return redirect("fieldvisits:sitting-notice", sitting.pk)
        renew(form, version=sitting.version)
    context = {"sitting": sitting, "form": form}
    return render(request, "fieldvisits/sitting_number.html", context, status=status)


def _number(request: SignedInRequest, sitting: Sitting, form: NumberForm) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    try:
        numbering.number(sitting, by=request.user, **form.cleaned_data)
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return 0
