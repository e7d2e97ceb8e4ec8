"""Asking colleagues to come along on a planned visit, and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fieldvisits.actions import teams
from fieldvisits.choices import InvitationState
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal, said_on_page
from fieldvisits.forms.team import TeamForm
from fieldvisits.models import TeamInvitation
from fieldvisits.views.repeats import own_row

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest
    from fieldvisits.models import Visit


@require_http_methods(["GET", "POST"])
def visit_team(request: SignedInRequest, pk: int, visit_pk: int) -> HttpResponse:
    plan, visit = own_row(request, pk, visit_pk)
    form = TeamForm(request.POST or None, visit=visit)
    status = 200
    if request.method == "POST" and not (status := _invite(request, visit, form)):
        messages.success(request, _("Asked; each answers for themselves."))
        return redirect(plan)
    asked = visit.invitations.select_related("colleague")
    context: dict[str, Any] = {"plan": plan, "visit": visit, "form": form, "asked": asked}
    return render(request, "fieldvisits/visit_team.html", context, status=status)


def _invite(request: SignedInRequest, visit: Visit, form: TeamForm) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        teams.invite(visit, by=request.user, colleagues=form.cleaned_data["colleagues"])
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return 0


@require_http_methods(["GET", "POST"])
def invitation(request: SignedInRequest, pk: int) -> HttpResponse:
    """What one is asked to come along on; answered with one of two buttons."""
    rows = TeamInvitation.objects.filter(colleague=request.user)
    rows = rows.select_related("visit__cadre", "visit__unit", "visit__plan")
    asked = get_object_or_404(rows, pk=pk)
    refusal, status = _answer(request, asked) if request.method == "POST" else ("", 200)
    if not status:
        return redirect("fieldvisits:plan-list")
    context = {"asked": asked, "visit": asked.visit, "refusal": refusal}
    return render(request, "fieldvisits/invitation.html", context, status=status)


def _answer(request: SignedInRequest, asked: TeamInvitation) -> tuple[str, int]:
    """Return ("", 0) once answered, else why not and the status."""
    agrees = request.POST.get("answer") == InvitationState.AGREED
    try:
        teams.answer(asked, by=request.user, agrees=agrees)
    except (ValidationError, PermissionDenied) as error:
        asked.refresh_from_db()
        return said_on_page(error)
    words = _("Your colleague is told that you do not come along.")
    if agrees:
        words = _("You come along; the visit stands in your plan.")
    messages.success(request, words)
    return "", 0
