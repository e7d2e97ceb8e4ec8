"""What happens to departments and units: asked for, previewed, confirmed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.actions import through_time as actions
from accounts.actions.ending import Ending, end, preview
from accounts.actions.organisation import Decision
from accounts.choices import Share
from accounts.forms import through_time as forms
from accounts.forms.ending import EndForm, MergeForm
from accounts.forms.refusals import UNPROCESSABLE, add_refusal, renew
from accounts.forms.rows import asks_for_row
from accounts.through_time import DAY, last_version
from accounts.time_pages import rows_on, said_of
from accounts.views.through_time import LISTS, address_of, crumbs_of, nature_of, one_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from accounts.actions.ending import Preview
    from accounts.through_time import Nature
    from accounts.views import SignedInRequest

SHOWN, WRITTEN = 200, 302


def _written(request: SignedInRequest, form: Any, act: Callable[[], object]) -> int:
    """``SHOWN`` where nothing was sent, ``WRITTEN`` where it was done, or a refusal's status."""
    if request.method != "POST":
        return SHOWN
    return _tried(form, act) if form.is_valid() else UNPROCESSABLE


def _tried(form: Any, act: Callable[[], object]) -> int:
    try:
        act()
    except (ValidationError, PermissionDenied) as refusal:
        return _refused(form, refusal)
    return WRITTEN


def _refused(form: Any, refusal: ValidationError | PermissionDenied) -> int:
    """What is wrong with successors stands where they are chosen."""
    named = dict(getattr(refusal, "error_dict", {}))
    wrong = named.pop("heirs", None)
    if wrong is None:
        return add_refusal(form, refusal)
    if "into" in form.fields:
        named["into"] = wrong
    else:
        form.refuse_rows(wrong)
    return add_refusal(form, ValidationError(named)) if named else UNPROCESSABLE


def _form_page(
    request: SignedInRequest, kind: str, owner: Any, form: Any, title: str, **more: Any
) -> HttpResponse:
    status = more.pop("status", SHOWN)
    context = {
        "form": form,
        "title": title,
        "lead": "",
        "preview": None,
        "rows": getattr(form, "rows", None),
        "back": address_of(kind, owner.pk) if owner else reverse(LISTS[kind]),
        "crumbs": crumbs_of(kind, owner, title.partition(":")[0]),
        "label": _("Put on record"),
        **more,
    }
    return render(request, "accounts/time_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def time_new(request: SignedInRequest, kind: str) -> HttpResponse:
    nature = nature_of(request, kind)
    form = forms.FoundForm(request.POST or None, nature=nature)
    made: list[Any] = []

    def act() -> None:
        said = {name: form.cleaned_data[name] for name in ("code", "on")}
        said |= {"names": form.names(), "fixed": form.fixed, "decision": form.decision}
        made.append(actions.found(nature, by=request.user, **said))

    status = _written(request, form, act)
    if status == WRITTEN:
        messages.success(request, _("On record: %(name)s.") % {"name": made[0]})
        return redirect(address_of(kind, made[0].pk))
    title = _("A new unit") if kind == "unit" else _("A new department")
    return _form_page(request, kind, None, form, title, status=status)


@require_http_methods(["GET", "POST"])
def time_rename(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    nature, owner = one_of(request, kind, pk)
    form = forms.RenameForm(request.POST or None, nature=nature, owner=owner)

    def act() -> None:
        said = {"names": form.names(), "on": form.cleaned_data["on"], "decision": form.decision}
        actions.rename(nature, owner, by=request.user, **said)

    status = _written(request, form, act)
    if status == WRITTEN:
        messages.success(request, _("On record. Papers print the name of their day."))
        return redirect(address_of(kind, pk))
    title = _("Rename or place anew: %(name)s") if kind == "unit" else _("Rename: %(name)s")
    return _form_page(request, kind, owner, form, title % {"name": owner}, status=status)


@require_http_methods(["GET", "POST"])
def time_merge(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """GET asks; the first POST shows what is concerned; the second, with its mark, does it."""
    nature, owner = one_of(request, kind, pk)
    form = MergeForm(request.POST or None, nature=nature, owner=owner)

    def ending() -> Ending:
        said = form.cleaned_data
        heirs = [(said["into"], Share.WHOLE)] if said["into"] else []
        return Ending(
            nature=nature, olds=form.merged(), on=said["on"], heirs=heirs,
            founded=form.founded(), moves_people=said["moves_people"],
        )  # fmt: skip

    title = _("Merge: %(name)s") % {"name": owner}
    return _asked(request, kind, owner, form, ending=ending, title=title)


@require_http_methods(["GET", "POST"])
def time_end(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    nature, owner = one_of(request, kind, pk)
    form = EndForm(request.POST or None, nature=nature, owner=owner)

    def ending() -> Ending:
        said = form.cleaned_data
        return Ending(
            nature=nature, olds=[owner], on=said["on"], heirs=form.heirs(),
            moves_people=said["moves_people"],
        )  # fmt: skip

    title = _("Split or end: %(name)s") % {"name": owner}
    return _asked(request, kind, owner, form, ending=ending, title=title)


def _asked(
    request: SignedInRequest,
    kind: str,
    owner: Any,
    form: Any,
    *,
    ending: Callable[[], Ending],
    title: str,
) -> HttpResponse:
    shown: Preview | None = None
    status = SHOWN
    if asks_for_row(request.POST):
        form.add_row()
    elif request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            wanted, seen, decision = ending(), form.cleaned_data["seen"], form.decision
            status = SHOWN
            if seen:
                status = _tried(
                    form, lambda: end(wanted, by=request.user, seen=seen, decision=decision)
                )
            if status == WRITTEN:
                messages.success(request, _("On record, with everything that follows."))
                return redirect(address_of(kind, owner.pk))
            shown, status = _previewed(form, wanted, status)
    lead = _("What is concerned is shown first; nothing happens before it is confirmed.")
    label = _("Confirm") if shown else _("Show what is concerned")
    return _form_page(
        request, kind, owner, form, title, lead=lead, preview=shown, label=label, status=status
    )


def _previewed(form: Any, wanted: Ending, status: int) -> tuple[Preview | None, int]:
    """What is concerned now; None with the reason in the form where it cannot be."""
    try:
        shown = preview(wanted)
    except ValidationError as refusal:
        renew(form, seen="")
        if status == SHOWN:
            status = _refused(form, refusal)
        return None, status
    renew(form, seen=shown.mark)
    return shown, status


@require_http_methods(["GET", "POST"])
def time_undo(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Take the latest event back; the record keeps both."""
    nature, owner = one_of(request, kind, pk)
    last = actions.last_event(nature, owner)
    form = forms.UndoForm(request.POST or None, initial={"event": last and last.pk})

    def act() -> None:
        event = form.cleaned_data["event"]
        actions.take_back(nature, owner, event=event, by=request.user)

    status = _written(request, form, act)
    if status == WRITTEN:
        messages.success(request, _("Taken back. The record keeps both."))
        there = nature.model.objects.filter(pk=pk).exists()
        return redirect(address_of(kind, pk) if there else LISTS[kind])
    context = {"form": form, "owner": owner, "event": last, "what": said_of(last) if last else ""}
    here = {"back": address_of(kind, pk), "crumbs": crumbs_of(kind, owner, _("Take back"))}
    return render(request, "accounts/time_undo.html", context | here, status=status)


@require_http_methods(["GET", "POST"])
def unit_successor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name who answers for a unit that ended without a successor of its own."""
    nature, owner = one_of(request, "unit", pk)
    offered = _there_when_it_ended(nature, owner)
    form = forms.SuccessorForm(request.POST or None, nature=nature, offered=offered)

    def act() -> None:
        said = form.cleaned_data
        decision = Decision(number=said["decision_number"], on=said["decision_on"])
        successor = said["successor"]
        actions.name_successor(owner, successor=successor, by=request.user, decision=decision)

    status = _written(request, form, act)
    if status == WRITTEN:
        messages.success(request, _("On record. Requests that waited there have gone on."))
        return redirect(address_of("unit", pk))
    title = _("Who answers for %(name)s") % {"name": owner}
    return _form_page(request, "unit", owner, form, title, lead=ANSWERS, status=status)


def _there_when_it_ended(nature: Nature, owner: Any) -> list[Any]:
    """The units of the day after it ended, to choose from."""
    ended_on = last_version(owner).ends_on
    if ended_on is None:
        return []
    rows = rows_on(nature, ended_on + DAY).prefetch_related("unit__versions")
    return [row.unit for row in rows]


ANSWERS = gettext_lazy(
    "Requests for confirmation of visits to this unit itself go there. Days and figures stay "
    "with the old unit."
)
