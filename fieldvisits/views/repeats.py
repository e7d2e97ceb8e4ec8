"""Repeating a planned row every week: what would be made is shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fieldvisits.actions.repeating import preview_repeat, repeat_visit
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal
from fieldvisits.forms.repeat import RepeatForm
from fieldvisits.views.plans import visible_plan

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest
    from fieldvisits.actions.repeating import type_of_result
    from fieldvisits.models import Plan, Visit


def own_row(request: SignedInRequest, pk: int, visit_pk: int) -> tuple[Plan, Visit]:
    """A row of one's own plan; of any other it is not said that it exists."""
    plan = visible_plan(request.user, pk)
    rows = plan.visits.live().select_related("unit").prefetch_related("unit__versions")
    visit = rows.filter(pk=visit_pk, cadre=request.user).first()
    if visit is None:
        raise Http404
    return plan, visit


@require_http_methods(["GET", "POST"])
def visit_repeat(request: SignedInRequest, pk: int, visit_pk: int) -> HttpResponse:
    plan, visit = own_row(request, pk, visit_pk)
    form = RepeatForm(request.POST or None, plan=plan)
    makes, status = "confirmed" in request.POST, 200
    context: dict[str, Any] = {"plan": plan, "visit": visit, "form": form, "rows": None}
    if request.method == "POST":
        rows, status = _try(request, form, visit, makes=makes)
        if rows and makes:
            return _done(request, plan, *rows)
        if rows:
            context |= {"rows": rows, "made": rows[0], "left": rows[1]}
    return render(request, "fieldvisits/visit_repeat.html", context, status=status)


def _try(
    request: SignedInRequest, form: RepeatForm, visit: Visit, *, makes: bool
) -> tuple[type_of_result | None, int]:
    """The rows made, or that would be made; or the status of a refusal, said in the form."""
    if not form.is_valid():
        return None, UNPROCESSABLE
    act = repeat_visit if makes else preview_repeat
    try:
        return act(visit, plan=form.plan, until=form.cleaned_data["until"], by=request.user), 200
    except (ValidationError, PermissionDenied) as refusal:
        return None, add_refusal(form, refusal)


def _done(request: SignedInRequest, plan: Plan, made: list[Visit], left: list[str]) -> HttpResponse:
    words = ngettext("%(n)d visit added.", "%(n)d visits added.", len(made)) % {"n": len(made)}
    if left:
        words += " " + _("Left out: %(rows)s") % {"rows": "; ".join(left)}
    messages.success(request, words)
    return redirect(plan)
