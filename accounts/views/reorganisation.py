"""1/7/2025 as one import: how many before and after, what is concerned, confirm, result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.choices import OrganisationSubject
from accounts.forms.refusals import UNPROCESSABLE, add_refusal, renew
from accounts.forms.reorganisation import ReorganisationForm
from accounts.interchange import reorganisation as actions
from accounts.models import OrganisationEvent
from accounts.through_time import keeps_departments_and_units

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.interchange.reorganisation import Foreseen
    from accounts.views import SignedInRequest

DONE = 200


@require_http_methods(["GET", "POST"])
def reorganisation(request: SignedInRequest) -> HttpResponse:
    """GET counts; the first POST shows what would be; the second, with its mark, does it."""
    if not keeps_departments_and_units(request.user):
        raise Http404
    form = ReorganisationForm(request.POST or None)
    shown: Foreseen | None = None
    status = DONE
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            status = _tried(request, form) if form.cleaned_data["seen"] else DONE
            if form.cleaned_data["seen"] and status == DONE:
                messages.success(request, _("On record: the units of 1/7/2025 are in force."))
                return redirect("accounts:reorganisation")
            shown, status = _foreseen(form, status)
    return _page(request, form, shown, status)


def _tried(request: SignedInRequest, form: ReorganisationForm) -> int:
    said = form.cleaned_data
    try:
        actions.reorganise(
            by=request.user,
            seen=said["seen"],
            moves_people=said["moves_people"],
            decision=form.decision,
        )
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return DONE


def _foreseen(form: ReorganisationForm, status: int) -> tuple[Foreseen | None, int]:
    try:
        shown = actions.foresee()
    except ValidationError as refusal:
        renew(form, seen="")
        return None, add_refusal(form, refusal) if status == DONE else status
    renew(form, seen=shown.mark)
    return shown, status


def _page(
    request: SignedInRequest, form: ReorganisationForm, shown: Foreseen | None, status: int
) -> HttpResponse:
    events = OrganisationEvent.objects.about(OrganisationSubject.UNIT, actions.CODE)
    context = {
        "form": form,
        "shown": shown,
        "counts": shown.counts if shown else actions.counts_now(),
        "event": events.select_related("by").first(),
        "crumbs": [
            (_("My desk"), "/"),
            (_("Organisation"), "/organisation/"),
            (_("Units through time"), "/organisation/units/"),
            (_("The reorganisation of 2025"), None),
        ],
    }
    return render(request, "accounts/reorganisation.html", context, status=status)
