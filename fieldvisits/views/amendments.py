"""Changing a visit after its approval: old and new are read before anything is made (R3, R7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fieldvisits import permissions, workflow
from fieldvisits.actions import amending
from fieldvisits.forms.amendment import AmendForm, KindForm, WishAnswerForm, WishForm
from fieldvisits.forms.refusals import CONFLICT, FORBIDDEN, UNPROCESSABLE, add_refusal, renew
from fieldvisits.models import Visit
from fieldvisits.overview.amendment import Amendment, open_wish, units_offered
from fieldvisits.overview.step import moved_on
from fieldvisits.overview.visit_changes import wish_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpResponse

    from accounts.permissions import Verdict
    from accounts.views import SignedInRequest
    from fieldvisits.models import AmendmentWish


def _visit(request: SignedInRequest, pk: int) -> Visit:
    rows = Visit.objects.visible_to(request.user).select_related("cadre", "unit", "plan")
    return get_object_or_404(rows.prefetch_related("unit__versions"), pk=pk)


@require_http_methods(["GET", "POST"])
def visit_amend(request: SignedInRequest, pk: int) -> HttpResponse:
    """The superior writes, reads old beside new, then makes it."""
    visit, step = _visit(request, pk), workflow.VISIT["amend"]
    units = units_offered(visit)
    form = AmendForm(request.POST or None, visit=visit, wish=open_wish(visit), units=units)
    context: dict[str, Any] = {"visit": visit, "form": form, "step": step}
    context |= {"looks": None, "refusal": ""}
    if request.method == "GET":
        context["refusal"], status = _in_the_way(request, visit, step)
        return render(request, "fieldvisits/visit_amend.html", context, status=status)
    if not (status := _try(form, lambda: _amend(request, visit, form))):
        if "confirmed" in request.POST:
            messages.success(request, f"{step.told}. {step.says}")
            return redirect(visit)
        status = 200
        if "again" not in request.POST:
            context["looks"] = Amendment.of(visit, form.wanted())
    return render(request, "fieldvisits/visit_amend.html", context, status=status)


def _amend(request: SignedInRequest, visit: Visit, form: AmendForm) -> None:
    said = form.cleaned_data
    act = amending.amend if "confirmed" in request.POST else amending.preview
    act(
        visit,
        by=request.user,
        wanted=form.wanted(),
        comment=said["comment"],
        version=said["version"],
    )


@require_http_methods(["GET", "POST"])
def visit_reclassify(request: SignedInRequest, pk: int) -> HttpResponse:
    visit, step = _visit(request, pk), workflow.VISIT["reclassify"]
    form = KindForm(request.POST or None, visit=visit)
    refusal, status = "", 200
    if request.method == "GET":
        refusal, status = _in_the_way(request, visit, step)
    elif not (status := _try(form, lambda: _reclassify(request, visit, form))):
        messages.success(request, f"{step.told}. {step.says}")
        return redirect(visit)
    context = {"visit": visit, "form": form, "step": step, "refusal": refusal}
    return render(request, "fieldvisits/visit_kind.html", context, status=status)


def _reclassify(request: SignedInRequest, visit: Visit, form: KindForm) -> None:
    said = form.cleaned_data
    amending.reclassify(
        visit,
        by=request.user,
        kind=said["kind"],
        comment=said["comment"],
        details=form.details(),
        version=said["version"],
    )


@require_http_methods(["GET", "POST"])
def visit_wish(request: SignedInRequest, pk: int) -> HttpResponse:
    """The cadre asks; the superior finds the form filled in."""
    visit = _visit(request, pk)
    form = WishForm(request.POST or None, visit=visit, wish=open_wish(visit))
    refusal, status = "", 200
    if request.method == "GET":
        refusal, status = _said(permissions.asks_for_amendment(request.user, visit))
    elif not (status := _try(form, lambda: _ask(request, visit, form))):
        messages.success(request, _("Your superior has been told and can amend the visit."))
        return redirect(visit)
    context = {"visit": visit, "form": form, "refusal": refusal}
    return render(request, "fieldvisits/visit_wish.html", context, status=status)


def _ask(request: SignedInRequest, visit: Visit, form: WishForm) -> None:
    reason = form.cleaned_data["comment"]
    amending.ask(visit, by=request.user, wanted=form.wanted(), reason=reason)


@require_http_methods(["GET", "POST"])
def wish_answer(request: SignedInRequest, pk: int, *, answer: str) -> HttpResponse:
    """The superior refuses with a reason, the cadre withdraws; the other is told."""
    visit = _visit(request, pk)
    wish, refuses = open_wish(visit), answer == "refuse"
    form = WishAnswerForm(request.POST or None, visit=visit, wish=wish, needs_reason=refuses)
    asks = permissions.refuses_amendment if refuses else permissions.cadre
    refusal, status = _said(asks(request.user, visit))
    if not refusal and wish is None:
        refusal, status = _("No wish for an amendment waits for an answer."), CONFLICT
    if request.method == "POST" and not refusal:
        status = _try(form, lambda: _answer(request, wish, form, refuses=refuses))
        if not status:
            done = _("The wish was refused; the cadre has been told.")
            messages.success(request, done if refuses else _("The wish was withdrawn."))
            return redirect(visit)
        if wish is not None:
            renew(form, wish=wish.pk)  # the one the page shows now
    context = {"visit": visit, "form": form, "refusal": refusal, "refuses": refuses}
    context |= {"wish": wish, "rows": wish_page(visit, wish)}
    return render(request, "fieldvisits/visit_wish_answer.html", context, status=status)


def _answer(
    request: SignedInRequest, wish: AmendmentWish | None, form: WishAnswerForm, *, refuses: bool
) -> None:
    """Only of the wish that was read: another may have taken its place."""
    if wish is None or wish.pk != form.cleaned_data["wish"]:
        raise ValidationError(_("This wish has been answered or changed meanwhile."), code="stale")
    act = amending.refuse if refuses else amending.withdraw
    act(wish, by=request.user, reason=form.cleaned_data["comment"])


def _try(form: Form, act: Callable[[], Any]) -> int:
    """Return 0 once done, or the status of a refusal, which then stands in the form."""
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        act()
    except (ValidationError, PermissionDenied) as refusal:
        visit: Visit = form.visit  # type: ignore[attr-defined]  # each form here has one
        visit.refresh_from_db()
        renew(form, version=visit.version)
        return add_refusal(form, refusal)
    return 0


def _said(verdict: Verdict) -> tuple[str, int]:
    return ("", 200) if verdict else (str(verdict.reason), FORBIDDEN)


def _in_the_way(
    request: SignedInRequest, visit: Visit, step: workflow.Transition
) -> tuple[str, int]:
    if visit.state not in step.sources:
        return moved_on(visit), CONFLICT
    return _said(step.who(request.user, visit))
