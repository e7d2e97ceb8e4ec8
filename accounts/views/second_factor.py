"""One's second factor, and the page on which an administrator removes a lost one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.second_factor import remove_second_factor
from accounts.forms.removal import RemovalForm
from accounts.models import AccountEvent, Person
from accounts.sign_in.second_factor import (
    factors_of,
    has_to_have_one,
    keeps_accounts,
    may_remove_of,
)
from accounts.views.organisation import crumbs_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest

KEPT_EVENTS = 20


def second_factor(request: SignedInRequest) -> HttpResponse:
    """What somebody has set up, and the ways to more."""
    factors = list(factors_of(request.user))
    of_type = {kind: [row for row in factors if row.type == kind] for kind in Authenticator.Type}
    apps, passkeys = of_type[Authenticator.Type.TOTP], of_type[Authenticator.Type.WEBAUTHN]
    codes = of_type[Authenticator.Type.RECOVERY_CODES]
    context = {
        "app": apps[0] if apps else None,
        "passkeys": passkeys,
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else None,
        "has_factor": bool(apps or passkeys),
        "has_to_have_one": has_to_have_one(request.user),
        "crumbs": [(_("My profile"), "/me/"), (_("Second factor"), None)],
    }
    return render(request, "mfa/index.html", context)


def person_second_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    verdict = may_remove_of(request.user, person)
    if not keeps_accounts(request.user):
        raise Http404
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and verdict and form.is_valid():
        try:
            remove_second_factor(person, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Removed; the person has been told."))
            return redirect("accounts:person-second-factor", pk=pk)
    return render(request, "accounts/person_second_factor.html", _of(person, verdict, form))


def _of(person: Person, verdict: object, form: RemovalForm) -> dict[str, object]:
    events = AccountEvent.objects.filter(person=person).select_related("by")
    return {
        "person": person,
        "factors": list(factors_of(person)),
        "events": events[:KEPT_EVENTS],
        "verdict": verdict,
        "form": form,
        "crumbs": crumbs_to(
            _("Second factor"),
            (_("People"), reverse("accounts:people")),
            (person.full_name, reverse("accounts:person", args=[person.pk])),
        ),
    }
