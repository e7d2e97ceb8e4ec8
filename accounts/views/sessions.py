"""Where one is signed in, and ending that elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.actions.sessions import end_others, end_session
from accounts.sign_in.sessions import sessions_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest


@require_safe
def session_list(request: SignedInRequest) -> HttpResponse:
    context = {
        "sessions": sessions_of(request.user, here=request.session.session_key or ""),
        "crumbs": [(_("My profile"), "/me/"), (_("Devices"), None)],
    }
    return render(request, "accounts/sessions.html", context)


@require_POST
def session_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End one session; ended already, it stays ended."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    end_session(session, by=request.user)
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:sessions")


@require_POST
def session_end_others(request: SignedInRequest) -> HttpResponse:
    here = request.session.session_key or ""
    ended = end_others(request.user, by=request.user, but=here)
    done = ngettext("%(n)d device is signed out.", "%(n)d devices are signed out.", ended)
    messages.success(request, done % {"n": ended} if ended else _("There was no other device."))
    return redirect("accounts:sessions")
