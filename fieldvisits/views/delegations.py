"""Delegations: who stands in for me, for whom I stand in, and ending one (R25)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import delegable
from accounts.actions import delegations as actions
from accounts.models import Delegation
from fieldvisits.forms.delegation import DelegationForm
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal
from fieldvisits.overview.delegations import offices_of_page, rows_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.delegable import Delegable
    from accounts.views import SignedInRequest

DONE = 200


@require_http_methods(["GET", "POST"])
def delegations(request: SignedInRequest) -> HttpResponse:
    """What there is, and a form for the office of ``?office=``; the first one of one's own."""
    today = timezone.localdate()
    offices = delegable.own_offices(request.user, today)
    held = _asked(request, offices)
    form, status = None, DONE
    if held is not None:
        people = delegable.candidates(held, today)
        form = DelegationForm(request.POST or None, people=people, initial={"starts_on": today})
    if request.method == "POST":
        status = _make(request, held, form)
        if status == DONE:
            return redirect("fieldvisits:delegations")
    return _page(request, form=form, held=held, offices=offices, status=status)


def _asked(request: SignedInRequest, offices: list[Delegable]) -> Delegable | None:
    wanted = request.GET.get("office", "")
    found = next((held for held in offices if held.key == wanted), None)
    own = [held for held in offices if held.holder == request.user]
    if wanted and found is None:
        raise Http404
    return found or (own[0] if own else None)


def _make(request: SignedInRequest, held: Delegable | None, form: DelegationForm | None) -> int:
    if held is None or form is None:
        raise PermissionDenied(_("You hold no office that can be delegated."))
    if not form.is_valid():
        return UNPROCESSABLE
    said = form.cleaned_data
    try:
        row = actions.delegate(
            held,
            by=request.user,
            to=form.chosen,
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            reason=said["reason"],
        )
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    name = row.delegate.full_name
    messages.success(request, _("Delegated. Comrade %(name)s has been told.") % {"name": name})
    return DONE


def _page(request: SignedInRequest, *, status: int, **known: Any) -> HttpResponse:
    today = timezone.localdate()
    rows = rows_for(request.user, today)
    context = {
        **known,
        "rows": rows,
        "others": offices_of_page(known["offices"], known["held"], request.user),
        "today": today,
        "crumbs": [(_("My desk"), "/"), (_("Delegations"), None)],
    }
    return render(request, "fieldvisits/delegations.html", context, status=status)


@require_http_methods(["GET", "POST"])
def delegation_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask on GET, end on POST."""
    rows = Delegation.objects.visible_to(request.user).select_related("delegator", "delegate")
    row = get_object_or_404(rows, pk=pk)
    today = timezone.localdate()
    verdict = delegable.may_end(request.user, row, today)
    if request.method == "POST":
        actions.end(row, by=request.user)
        messages.success(request, _("The delegation is ended."))
        return redirect("fieldvisits:delegations")
    context = {"row": row, "refusal": "" if verdict else verdict.reason, "today": today}
    return render(request, "fieldvisits/delegation_end.html", context)
