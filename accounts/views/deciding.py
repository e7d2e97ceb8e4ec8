"""Who may decide what on a day, for the administrator and those who lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.forms.organisation import DayForm
from accounts.organising import organises, reads_who_decides
from accounts.overview.deciding import Deciding
from accounts.views.organisation import crumbs_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest


@require_GET
def who_decides(request: SignedInRequest) -> HttpResponse:
    if not reads_who_decides(request.user):
        raise Http404
    today = timezone.localdate()
    form = DayForm(request.GET or None, initial={"on": today})
    context = {
        "form": form,
        "page": Deciding.of(form.day(today)),
        "keeps": bool(organises(request.user)),
        "crumbs": crumbs_to(_("Who decides what")),
    }
    return render(request, "accounts/who_decides.html", context)
