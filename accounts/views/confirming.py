"""Forms that show what follows before they are confirmed, and what an action refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from accounts.consequences import preview
from accounts.forms.refusals import UNPROCESSABLE, add_refusal, renew
from accounts.organising import organises

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BaseForm

    from accounts.consequences import Change, Preview
    from accounts.views import SignedInRequest

    Act = Callable[[], object]
    Asks = Callable[[], Change]

DONE = 200


def keeping(request: SignedInRequest) -> None:
    """The organisation's pages are there for the administrator alone."""
    if not organises(request.user):
        raise Http404


def tried(form: BaseForm, act: Callable[[], object]) -> int:
    """Do what a form asks for; ``DONE``, or the status of a refusal, which stands in the form."""
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        act()
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return DONE


@dataclass(slots=True)
class Asked:
    """Where a form stands: what it would bring, its status, and whether it is done."""

    shown: Preview | None = None
    status: int = DONE
    is_done: bool = False


def asked(request: SignedInRequest, form: Any, *, check: Act, change: Asks, act: Act) -> Asked:
    """GET asks; the first POST shows what follows; the second, with its mark, does it."""
    if request.method != "POST":
        return Asked()
    if (status := tried(form, check)) != DONE:
        return Asked(status=status)
    if form.cleaned_data["seen"]:
        status = tried(form, act)
        if status == DONE:
            return Asked(is_done=True)
        if set(form.errors) - {"__all__"}:
            return Asked(status=status)
    shown = preview(change())
    renew(form, seen=shown.mark)
    return Asked(shown, status)
