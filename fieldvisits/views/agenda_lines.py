"""Deciding one line, or all that need no second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.numbers import whole_number
from fieldvisits.actions import sittings
from fieldvisits.choices import Decision
from fieldvisits.forms.line import DecisionForm
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal
from fieldvisits.overview.agenda import AD_HOC, read_agenda
from fieldvisits.views.sittings import open_to_writers, sitting_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest
    from fieldvisits.models import AgendaLine, Sitting


@require_http_methods(["GET", "POST"])
def line_decide(request: SignedInRequest, pk: int, line_pk: int) -> HttpResponse:
    """Decide one line, or take its decision back; then the next one comes by itself."""
    sitting = open_to_writers(request.user, pk)
    lines = sitting.lines.select_related("visit__plan", "visit__cadre", "visit__unit", "dossier")
    line = get_object_or_404(lines, pk=line_pk)
    line.sitting = sitting
    if request.method == "GET":  # reloaded after an error: back to the page itself
        return redirect(f"{_address(sitting)}?line={line.pk}")
    form = DecisionForm(request.POST, line=line, decision=request.POST.get("decision", ""))
    status = _decide(request, line, form) if form.is_valid() else UNPROCESSABLE
    if status:
        return sitting_page(request, sitting, line=line.pk, decision=form, status=status)
    messages.success(request, _told(line))
    return redirect(_next(sitting, line))


def _decide(request: SignedInRequest, line: AgendaLine, form: DecisionForm) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    said = form.cleaned_data
    try:
        sittings.decide(
            line,
            said["decision"],
            by=request.user,
            reason=said["reason"],
            adjustment=form.adjustment(),
            version=said["version"],
        )
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return 0


def _told(line: AgendaLine) -> str:
    if line.decision == Decision.OPEN:
        return _("Line %(number)d is open again.") % {"number": line.number}
    return _("Line %(number)d: %(decision)s.") % {
        "number": line.number,
        "decision": line.get_decision_display(),
    }


def _address(sitting: Sitting) -> str:
    return reverse("fieldvisits:sitting-detail", args=[sitting.pk])


def _next(sitting: Sitting, line: AgendaLine) -> str:
    """The next undecided line of the same department; an undone line stays in focus."""
    if line.decision == Decision.OPEN:
        return f"{_address(sitting)}?line={line.pk}#decide"
    item = line.dossier_id or AD_HOC
    return f"{_address(sitting)}?line=next&dossier={item}&after={line.number}#decide"


@require_POST
def lines_agree(request: SignedInRequest, pk: int) -> HttpResponse:
    """Agree to the lines that were on the screen without a remark; one result per line."""
    sitting = open_to_writers(request.user, pk)
    seen = dict(pair.split("-", 1) for pair in request.POST.getlist("line") if "-" in pair)
    chosen = []
    for one in read_agenda(request.user, sitting).lines:
        version = whole_number(seen.get(str(one.line.pk)))
        if one.waits_plainly and version is not None:
            one.line.version = version
            chosen.append(one.line)
    _tell_results(request, sittings.agree_to_lines(chosen, by=request.user))
    if len(seen) > len(chosen):
        messages.warning(request, _("Lines that were decided or marked meanwhile were left out."))
    shown = whole_number(request.POST.get("dossier"))
    dossier = "" if shown is None else shown
    return redirect(f"{_address(sitting)}?dossier={dossier}")


def _tell_results(request: SignedInRequest, results: list[tuple[AgendaLine, str]]) -> None:
    agreed = sum(not problem for _line, problem in results)
    text = ngettext("%(n)d line agreed to.", "%(n)d lines agreed to.", agreed)
    messages.success(request, text % {"n": agreed})
    for line, problem in results:
        if problem:
            number = _("Line %(number)d") % {"number": line.number}
            messages.error(request, f"{number}: {problem}")
