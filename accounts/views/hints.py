"""Putting away what a page says to newcomers, and having it said again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions.people import put_away_hint, show_hints_again

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest


@require_POST
def hints(request: SignedInRequest) -> HttpResponse:
    """``page`` is put away; without one all are shown again."""
    if page := request.POST.get("page", ""):
        put_away_hint(request.user, by=request.user, page=page)
    else:
        show_hints_again(request.user, by=request.user)
        messages.success(request, _("The pages explain themselves again."))
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if safe else "accounts:desk")
