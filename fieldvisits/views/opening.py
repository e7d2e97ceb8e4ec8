"""The last of the first steps: whoever travels hears that the quarter can be planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.choices import InvitationState
from accounts.inviting import how_far
from accounts.permissions_administration import administers
from fieldvisits.actions.opening import open_quarter, travellers
from fieldvisits.first_steps import FirstQuarter

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest


@require_http_methods(["GET", "POST"])
def start_quarter(request: SignedInRequest) -> HttpResponse:
    if not administers(request.user):
        raise Http404
    today = timezone.localdate()
    found = FirstQuarter.read(today)
    if request.method == "POST":
        told = open_quarter(found.quarter, by=request.user, today=today)
        words = ngettext("%(n)d comrade was told.", "%(n)d comrades were told.", told)
        said = words % {"n": told} if told else _("Everybody had been told already.")
        messages.success(request, said)
        return redirect("accounts:start")
    people = travellers(today)
    context = {
        "found": found,
        "due_on": found.version.plan_due_on(found.quarter),
        "people": people.count(),
        "by_mail": people.exclude(email=None).count(),
        "uninvited": how_far(now=timezone.now())[InvitationState.NEVER],
    }
    return render(request, "fieldvisits/start_quarter.html", context)
