"""Confirmations: UBKT's list, one request, what the unit and the cadre answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.numbers import whole_number
from accounts.paging import page_of, same_list_as
from fieldvisits import workflow
from fieldvisits.actions import confirmations
from fieldvisits.forms.at_unit import (
    AskForm,
    ConfirmationAnswerForm,
    ConfirmationFilter,
    ReplyForm,
)
from fieldvisits.forms.filters import chosen
from fieldvisits.forms.refusals import CONFLICT, FORBIDDEN, UNPROCESSABLE, add_refusal, renew
from fieldvisits.models import ConfirmationRequest, Visit
from fieldvisits.overview.beside_visit import beside_page, with_unit
from fieldvisits.overview.exceptions import PAGE, in_list_order, line, past_visits
from fieldvisits.overview.step import moved_on
from fieldvisits.views.confirmation_file import as_file
from fieldvisits.views.steps import say_done

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from accounts.views import SignedInRequest

FIRST_YEAR = 2018


def _require_inspector(request: SignedInRequest) -> None:
    if not request.user.offices(timezone.localdate()).is_inspector:
        raise Http404


@require_GET
def confirmation_list(request: SignedInRequest) -> HttpResponseBase:
    _require_inspector(request)
    today = timezone.localdate()
    form = ConfirmationFilter(request.GET, years=list(range(today.year, FIRST_YEAR - 1, -1)))
    rows = past_visits(request.user, today, chosen(form))
    if request.GET.get("format") == "csv":
        return as_file(rows, today)
    page = page_of(request, in_list_order(rows, today), PAGE)
    context = {
        "form": form,
        "ask": AskForm(),
        "page": page,
        "lines": [line(visit, today) for visit in page.rows],
        "exports": [(_("Export (CSV)"), same_list_as(request, "csv"))],
        "back": request.get_full_path(),
    }
    return render(request, "fieldvisits/confirmation_list.html", context)


@require_POST
def confirmation_ask(request: SignedInRequest) -> HttpResponse:
    """Ask about the ticked visits, each by itself; say of each that failed why."""
    _require_inspector(request)
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors.get("question", []))))
        return redirect("fieldvisits:confirmation-list")
    ticked = [whole_number(pk) for pk in _ticked(request)]
    rows = Visit.objects.visible_to(request.user).filter(pk__in=[pk for pk in ticked if pk])
    visits = list(rows.select_related("cadre", "unit").prefetch_related("unit__versions"))
    results = confirmations.ask_about(
        visits, by=request.user, question=form.cleaned_data["question"]
    )
    _tell_results(request, results)
    pressed = whole_number(request.POST.get("only", ""))
    row = f"#visit-{pressed}" if pressed else ""  # back to it, in a list of fifty
    return redirect(f"{reverse('fieldvisits:confirmation-list')}?{_same_filter(request)}{row}")


def _ticked(request: SignedInRequest) -> list[str]:
    """The one whose own button was pressed, or all that are ticked."""
    return request.POST.getlist("only")[:1] or request.POST.getlist("visit")[:PAGE]


def _same_filter(request: SignedInRequest) -> str:
    """Only what the filter of the list knows goes back into its address."""
    known = ConfirmationFilter(request.GET, years=[]).fields
    query = request.GET.copy()
    for name in set(query) - set(known):
        del query[name]
    return query.urlencode()


def _tell_results(request: SignedInRequest, results: list[tuple[Visit, str]]) -> None:
    done = sum(not problem for _visit, problem in results)
    if done:
        words = ngettext("Asked about %(n)d visit.", "Asked about %(n)d visits.", done)
        messages.success(request, words % {"n": done})
    for visit, problem in results:
        if problem:
            unit = visit.unit.name_on(visit.starts_on)
            messages.error(request, f"{visit.cadre}, {unit}, {visit.starts_on:%d/%m/%Y}: {problem}")
    if not results:
        messages.info(request, _("Nothing was ticked."))


def _request(request: SignedInRequest, pk: int) -> ConfirmationRequest:
    rows = with_unit(ConfirmationRequest.objects.visible_to(request.user))
    found: ConfirmationRequest = get_object_or_404(rows, pk=pk)
    return found


def _in_the_way(request: SignedInRequest, asked: ConfirmationRequest, name: str) -> tuple[str, int]:
    step = workflow.CONFIRMATION[name]
    if not (verdict := step.who(request.user, asked)):
        return str(verdict.reason), FORBIDDEN
    return ("", 200) if asked.state in step.sources else (moved_on(asked), CONFLICT)


@require_GET
def confirmation_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    asked = _request(request, pk)
    context = {
        "page": beside_page(asked, request.user, timezone.localdate()),
        "asked": asked,
        "visit": asked.visit,
        "answers": _in_the_way(request, asked, "confirm")[1] == 200,  # noqa: PLR2004 -- nothing in the way
        "replies": _in_the_way(request, asked, "reply")[1] == 200,  # noqa: PLR2004 -- as above
    }
    return render(request, "fieldvisits/confirmation_detail.html", context)


@require_http_methods(["GET", "POST"])
def confirmation_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is asked, three large choices, a remark, done."""
    asked = _request(request, pk)
    form = ConfirmationAnswerForm(request.POST or None, request=asked)
    return _form_page(request, asked, form, "confirm")


@require_http_methods(["GET", "POST"])
def confirmation_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """The cadre's answer to a “no”."""
    asked = _request(request, pk)
    form = ReplyForm(request.POST or None, request=asked)
    return _form_page(request, asked, form, "reply")


def _form_page(request: SignedInRequest, asked: ConfirmationRequest, form: Any, name: str) -> Any:
    refusal, status = _in_the_way(request, asked, name)
    if request.method == "POST":
        refusal = ""
        status = _say(request, asked, form) if form.is_valid() else UNPROCESSABLE
        if not status:
            taken = workflow.CONFIRMATION[form.cleaned_data.get("answer", name)]
            say_done(request, taken, asked)
            return redirect(asked)
    context = {
        "page": beside_page(asked, request.user, timezone.localdate()),
        "asked": asked,
        "visit": asked.visit,
        "form": form,
        "refusal": refusal,
        "is_reply": name == "reply",
    }
    return render(request, "fieldvisits/confirmation_answer.html", context, status=status)


def _say(request: SignedInRequest, asked: ConfirmationRequest, form: Any) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    said = form.cleaned_data
    try:
        if isinstance(form, ReplyForm):
            confirmations.reply(asked, by=request.user, text=said["text"], version=said["version"])
        else:
            confirmations.answer(
                asked,
                said["answer"],
                by=request.user,
                remark=said["remark"],
                correction=form.correction,
                version=said["version"],
            )
    except (ValidationError, PermissionDenied) as refusal:
        asked.refresh_from_db()
        renew(form, version=asked.version)
        return add_refusal(form, refusal)
    return 0
