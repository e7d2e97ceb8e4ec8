"""Days off of a year, for the administrator: the office's own beside the proposal (R21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.numbers import whole_number
from fieldvisits.actions import holidays as actions
from fieldvisits.forms.fields import FIRST_YEAR, LAST_YEAR
from fieldvisits.forms.holidays import GoneForm, HolidayForm
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal
from fieldvisits.overview.holidays import holiday_page
from fieldvisits.permissions.regulation import changes_regulation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpResponse

    from accounts.views import SignedInRequest

DONE = 200


@require_http_methods(["GET", "POST"])
def holidays(request: SignedInRequest) -> HttpResponse:
    if not changes_regulation(request.user):
        raise Http404
    asked = whole_number(request.GET.get("year"))
    year = asked if asked and FIRST_YEAR <= asked <= LAST_YEAR else timezone.localdate().year
    form: Form = HolidayForm()
    status = DONE
    if request.method == "POST":
        form, status, said = _acted(request, year)
        if status == DONE:
            messages.success(request, said)
            return redirect(f"{reverse('fieldvisits:holidays')}?year={year}")
    context = {
        "page": holiday_page(year),
        "form": form,
        "crumbs": _crumbs(),
        "years": (year - 1, year + 1),
    }
    return render(request, "fieldvisits/holidays.html", context, status=status)


def _crumbs() -> list[tuple[str, str | None]]:
    return [(_("My desk"), "/"), (_("Organisation"), "/organisation/"), (_("Days off"), None)]


def _acted(request: SignedInRequest, year: int) -> tuple[Form, int, str]:
    """What the button pressed asks for: the form for the page, the status, what is said."""
    do = request.POST.get("do", "save")
    if do == "take_over":
        return _taken_over(request, year)
    form = GoneForm(request.POST) if do == "remove" else HolidayForm(request.POST)
    if not form.is_valid():
        shown = HolidayForm() if do == "remove" else form
        return shown, UNPROCESSABLE, ""
    said = form.cleaned_data
    if isinstance(form, HolidayForm):
        decision = form.decision
        status = _tried(
            form,
            lambda: actions.set_day(
                said["date"], kind=said["kind"], name=said["name"], by=request.user,
                decision=decision,
            ),
        )  # fmt: skip
        return form, status, _("On record. Pace and due days follow from it at once.")
    status = _tried(form, lambda: actions.remove_day(said["date"], by=request.user))
    return form, status, _("Taken out. Pace and due days follow from it at once.")


def _taken_over(request: SignedInRequest, year: int) -> tuple[Form, int, str]:
    form, count = HolidayForm({}), 0
    form.is_valid()
    form.errors.clear()

    def act() -> None:
        nonlocal count
        count = actions.take_over(year, by=request.user, seen=request.POST.get("seen", ""))

    status = _tried(form, act)
    said = ngettext("%(n)d day was brought in line.", "%(n)d days were brought in line.", count)
    return form, status, said % {"n": count}


def _tried(form: Form, act: Callable[[], object]) -> int:
    try:
        act()
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return DONE
