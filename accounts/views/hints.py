"""Putting away what a page says to newcomers, and having it said again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions.people import put_away_hint, show_hints_again
from accounts.links import way_on

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
    return redirect(way_on(request, request.POST.get("next", "")) or "accounts:desk")
