"""One page for every step of every paper: it asks on GET and takes the step on POST."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.links import way_on
from fieldvisits import workflow
from fieldvisits.actions.bulk import in_words
from fieldvisits.actions.steps import STEPS
from fieldvisits.forms.refusals import CONFLICT, FORBIDDEN, UNPROCESSABLE, add_refusal, renew
from fieldvisits.forms.step import StepForm
from fieldvisits.models import (
    AdHocRequest,
    ConfirmationRequest,
    Dossier,
    Plan,
    Product,
    UnitNotice,
    Visit,
)
from fieldvisits.overview import beside_visit
from fieldvisits.overview.plan import with_names
from fieldvisits.overview.step import AnyPaper, moved_on, problems_before, summary, worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from accounts.models import Person
    from accounts.views import SignedInRequest
    from fieldvisits.models.request import AdHocRequestQuerySet
    from fieldvisits.models.visit import VisitQuerySet
    from fieldvisits.workflow import Transition


UNDO = "undo"  # sent with a step that takes back the one just taken
BACKWARDS = {"cancel", "withdraw", "return", "send_back", "uphold"}


def with_unit(visits: VisitQuerySet) -> VisitQuerySet:
    rows = visits.select_related("cadre", "unit", "plan", "request")
    return rows.prefetch_related("unit__versions")


def with_papers(requests: AdHocRequestQuerySet) -> AdHocRequestQuerySet:
    rows = requests.for_lists().select_related("replaces__unit", "department")
    return rows.prefetch_related("replaces__unit__versions")


SEEN: dict[str, Callable[[Person], QuerySet[Any]]] = {
    "plan": lambda person: with_names(Plan.objects.visible_to(person)),
    "dossier": Dossier.objects.visible_to,
    "visit": lambda person: with_unit(Visit.objects.visible_to(person)),
    "request": lambda person: with_papers(AdHocRequest.objects.visible_to(person)),
    "product": lambda person: beside_visit.with_visit(Product.objects.visible_to(person)),
    "unit_notice": lambda person: beside_visit.with_unit(UnitNotice.objects.visible_to(person)),
    "confirmation": lambda person: beside_visit.with_unit(
        ConfirmationRequest.objects.visible_to(person)
    ),
}


@require_http_methods(["GET", "POST"])
def step(request: SignedInRequest, pk: int, name: str, *, path: str) -> HttpResponse:
    """Serves the steps of every paper; ``path`` comes with the route."""
    if (path, name) not in STEPS:
        raise Http404
    paper = get_object_or_404(SEEN[path](request.user), pk=pk)
    asked = worded(workflow.PATHS[path][name], paper)
    if request.method == "POST":
        return _take(request, paper, asked)
    form = StepForm(step=asked, version=paper.version)
    refusal, status = _in_the_way(request, paper, asked)
    return _page(request, paper, asked, form=form, refusal=refusal, status=status)


def _in_the_way(request: SignedInRequest, paper: AnyPaper, asked: Transition) -> tuple[str, int]:
    """Why the step cannot be taken by this person now; ("", 200) if it can."""
    if paper.state not in asked.sources:
        return moved_on(paper), CONFLICT
    if not (verdict := asked.who(request.user, paper)):
        return str(verdict.reason), FORBIDDEN
    return "", 200


def _take(request: SignedInRequest, paper: AnyPaper, asked: Transition) -> HttpResponse:
    form = StepForm(request.POST, step=asked, version=paper.version)
    if not form.is_valid():
        return _page(request, paper, asked, form=form, status=UNPROCESSABLE)
    said = form.cleaned_data
    try:
        STEPS[asked.path, asked.name](
            paper, by=request.user, version=said["version"], comment=said["comment"]
        )
    except (ValidationError, PermissionDenied) as refusal:
        if UNDO in request.POST:
            messages.error(request, _("Not undone. %(why)s") % {"why": in_words(refusal)})
            return redirect(paper)
        status = add_refusal(form, refusal)
        paper.refresh_from_db()
        renew(form, version=paper.version)
        standing, _status = _in_the_way(request, paper, asked)
        return _page(request, paper, asked, form=form, refusal=standing, status=status)
    say_done(request, asked, paper)
    return redirect(_next(request) or paper.get_absolute_url())


def say_done(request: SignedInRequest, taken: Transition, paper: AnyPaper) -> None:
    """What was done, and the way back as long as nobody else has acted: one press."""
    words = f"{taken.told}. {taken.says}"
    if UNDO in request.POST:
        words = _("Undone. %(words)s") % {"words": words}
    if taken.undone_by:
        words = format_html("{} {}", words, _undo_button(request, taken, paper))
    messages.success(request, words)


def _undo_button(request: SignedInRequest, taken: Transition, paper: AnyPaper) -> str:
    """It sends the form that stands below the messages, with the version as it is now: once
    the next person has acted it is too late, and the page says so.
    """
    here = request.resolver_match.view_name if request.resolver_match else ""
    named = f"fieldvisits:{taken.path.removeprefix('unit_')}-step"
    route = here if here.endswith("-step") else named
    return format_html(
        '<button class="btn btn-text" type="submit" form="undo" formaction="{}" name="version" '
        'value="{}">{}</button>',
        reverse(route, args=[paper.pk, taken.undone_by]),
        paper.version,
        _("Undo"),
    )


def _next(request: SignedInRequest) -> str:
    """Where to go on, if it is an address of this site."""
    return way_on(request, request.POST.get("next") or request.GET.get("next") or "")


def _page(
    request: SignedInRequest,
    paper: AnyPaper,
    asked: Transition,
    *,
    form: StepForm,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    about = summary(paper, request.user)
    context: dict[str, Any] = {
        "paper": paper,
        "step": asked,
        "form": form,
        "refusal": refusal,
        "problems": [] if refusal else problems_before(asked, paper, about),
        "next": _next(request),
        "about": about,
        "bad": asked.name in BACKWARDS,
    }
    return render(request, "fieldvisits/step.html", context, status=status)
