"""A cadre leaves, or is exempted: shown first, then confirmed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Exemption, Person
from fieldvisits.actions import leaving
from fieldvisits.forms.leaving import ExemptionChangeForm, ExemptionForm, LeaveForm
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal, renew
from fieldvisits.permissions.people import arranges_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpResponse

    from accounts.views import SignedInRequest
    from fieldvisits.actions.leaving import Effect

SHOWN = 200


def _person(request: SignedInRequest, pk: int) -> Person:
    if not arranges_people(request.user):
        raise Http404
    return get_object_or_404(Person, pk=pk)


@require_http_methods(["GET", "POST"])
def person_leave(request: SignedInRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = LeaveForm(request.POST or None)

    def effect(said: dict[str, Any]) -> Effect:
        return leaving.effect_of_leaving(person, said["last_day"])

    def act(said: dict[str, Any]) -> None:
        leaving.leave(person, by=request.user, **said)

    return _asked(request, person, form, effect=effect, act=act, page="leave")


@require_http_methods(["GET", "POST"])
def person_exemption(request: SignedInRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = ExemptionForm(request.POST or None)

    def effect(said: dict[str, Any]) -> Effect:
        return leaving.effect_of_exemption(person, said["starts_on"], said["ends_on"])

    def act(said: dict[str, Any]) -> None:
        leaving.exempt(person, by=request.user, **said)

    return _asked(request, person, form, effect=effect, act=act, page="exemption")


@require_http_methods(["GET", "POST"])
def exemption_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """End an exemption, let it go on, or strike out what was a mistake."""
    if not arranges_people(request.user):
        raise Http404
    row = get_object_or_404(Exemption.objects.select_related("person"), pk=pk)
    stands = {"ends_on": row.ends_on, "note": row.note}
    form = ExemptionChangeForm(request.POST or None, initial=stands)

    def effect(said: dict[str, Any]) -> Effect:
        if said["is_mistake"]:
            return leaving.effect_of_striking_out(row)
        return leaving.effect_of_change(row, said["ends_on"])

    act = partial(_change, row, request.user)
    told: dict[str, Any] = {"effect": effect, "act": act, "page": "exemption", "changed": row}
    return _asked(request, row.person, form, **told)


def _change(row: Exemption, by: Person, said: dict[str, Any]) -> None:
    if said.pop("is_mistake"):
        leaving.strike_out_exemption(row, by=by, seen=said["seen"])
    else:
        leaving.change_exemption(row, by=by, **said)


def _asked(  # noqa: PLR0913 -- all but what it is about are named
    request: SignedInRequest,
    person: Person,
    form: Form,
    *,
    effect: Callable[[dict[str, Any]], Effect],
    act: Callable[[dict[str, Any]], None],
    page: str,
    changed: Exemption | None = None,
) -> HttpResponse:
    """GET asks; the first POST shows what falls away; the second, with its mark, does it."""
    shown, status = None, SHOWN
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            said = dict(form.cleaned_data)  # a refusal takes fields out of it
            status = _take(form, act) if said["seen"] else SHOWN
            if said["seen"] and status == SHOWN:
                messages.success(request, _done(said))
                return redirect(f"fieldvisits:person-{page}", person.pk)
            shown = effect(said)
            renew(form, seen=shown.mark)
    context = {
        "person": person,
        "form": form,
        "effect": shown,
        "page": page,
        "changed": changed,
        "offices": _offices(person),
        "exemptions": list(person.exemptions.all()),
    }
    return render(request, f"fieldvisits/person_{page}.html", context, status=status)


def _done(said: dict[str, Any]) -> str:
    if said.get("is_mistake"):
        return _("Struck out; the record keeps what stood here.")
    return _("Written down. Everybody concerned has been told.")


def _take(form: Form, act: Callable[[dict[str, Any]], None]) -> int:
    try:
        act(form.cleaned_data)
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return SHOWN


def _offices(person: Person) -> list[Any]:
    rows = person.appointments.select_related("department", "unit")
    return list(rows.prefetch_related("department__versions", "unit__versions"))
