"""The account of one person, before the administrator; and a new address of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import inviting
from accounts.actions import account
from accounts.forms.invitations import AddressForm, OwnAddressForm, ReasonForm
from accounts.models import AccountEvent, Delivery
from accounts.paging import page_of
from accounts.permissions_accounts import closes, invites, invites_by_mail
from accounts.views.invitations import keeping

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpResponse

    from accounts.views import SignedInRequest

PER_PAGE = 20
SHOWN, FORBIDDEN, UNPROCESSABLE = 200, 403, 422


def _line(request: SignedInRequest, pk: int) -> inviting.Line:
    keeping(request)
    now = timezone.now()
    person = get_object_or_404(inviting.people_for({}, now=now), pk=pk)
    return inviting.lines_of([person], now=now)[0]


@require_GET
def person_account(request: SignedInRequest, pk: int) -> HttpResponse:
    line = _line(request, pk)
    person: Any = line.person
    events = AccountEvent.objects.visible_to(request.user).filter(person=person)
    mail = Delivery.objects.filter(
        item__recipient=person, item__key=f"invitation:{person.invitation_pk}"
    )
    context = {
        "line": line,
        "person": person,
        "mail": mail.first(),
        "asked": person.emailchanges.working(timezone.now()).first(),
        "page": page_of(request, events.select_related("by"), PER_PAGE),
        "may_mail": invites_by_mail(request.user, person),
        "may_slip": invites(request.user, person),
        "may_close": closes(request.user, person),
    }
    return render(request, "accounts/person_account.html", context)


@require_http_methods(["GET", "POST"])
def person_email(request: SignedInRequest, pk: int) -> HttpResponse:
    person = _line(request, pk).person
    form, status = AddressForm(request.POST or None), SHOWN
    if request.method == "POST":
        status = _tried(form, lambda said: account.change_address(person, by=request.user, **said))
        if status == SHOWN:
            messages.success(request, _("The new address is on record; both have been told."))
            return redirect("accounts:person-account", pk)
    context = {"form": form, "person": person}
    return render(request, "accounts/person_email.html", context, status=status)


@require_http_methods(["GET", "POST"])
def person_access(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close an account that is open, open one that is closed."""
    person = _line(request, pk).person
    form, status = ReasonForm(request.POST or None), SHOWN
    if request.method == "POST":
        # What was asked for stands in the form: somebody else may have done it meanwhile.
        act = account.close if request.POST.get("to") == "closed" else account.reopen
        status = _tried(form, lambda said: act(person, by=request.user, **said))
        if status == SHOWN:
            messages.success(request, _("Done. It stands on record below."))
            return redirect("accounts:person-account", pk)
    verdict = closes(request.user, person)
    context = {"form": form, "person": person, "verdict": verdict}
    return render(request, "accounts/person_access.html", context, status=status)


@require_http_methods(["GET", "POST"])
def email_change(request: SignedInRequest) -> HttpResponse:
    """A new address of one's own: the link goes there, and nothing changes before it is used."""
    if refused := consume_or_429(request, action="email_change", user=request.user):
        return refused
    form, status = OwnAddressForm(request.POST or None), SHOWN
    if request.method == "POST":
        status = _tried(
            form, lambda said: account.ask_for_address(request.user, by=request.user, **said)
        )
        if status == SHOWN:
            said = _("A link went to %(email)s. The address changes when it is used.")
            messages.success(request, said % {"email": form.cleaned_data["email"]})
            return redirect("accounts:profile")
    return render(request, "accounts/email_change.html", {"form": form}, status=status)


def _tried(form: Form, act: Callable[[dict[str, Any]], object]) -> int:
    """Do what a form asks for; ``SHOWN``, or the status of a refusal, which stands in it."""
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        act(dict(form.cleaned_data))
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal))
        return FORBIDDEN
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return UNPROCESSABLE
    return SHOWN
