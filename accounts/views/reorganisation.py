"""1/7/2025 as one import: how many units there are, and the decision; the rest is an import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.choices import ImportKind, OrganisationVerb
from accounts.forms.refusals import UNPROCESSABLE
from accounts.forms.reorganisation import ReorganisationForm
from accounts.imports import asking
from accounts.interchange.reorganisation import counts_now, latest_event
from accounts.models import ImportJob
from accounts.overview import imports as overview
from accounts.permissions_imports import imports_tables
from accounts.views.imports import begun

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest

DONE = 200


@require_http_methods(["GET", "POST"])
def reorganisation(request: SignedInRequest) -> HttpResponse:
    """GET counts and asks for the decision; POST has the tables looked through."""
    if not imports_tables(request.user):
        raise Http404
    form = ReorganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return begun(asking.ask_reorganisation(form.asked, by=request.user))
    return _page(request, form)


def _page(request: SignedInRequest, form: ReorganisationForm) -> HttpResponse:
    event = latest_event()
    jobs = ImportJob.objects.visible_to(request.user).filter(kind=ImportKind.REORGANISATION)
    context = {
        "form": form,
        "counts": counts_now(),
        "event": event,
        "is_done": event is not None and event.kind == OrganisationVerb.REORGANISED,
        "lines": overview.lines_of(list(jobs.to_show()[:1])),
        "crumbs": [
            (_("My desk"), "/"),
            (_("Organisation"), reverse("accounts:organisation")),
            (_("Units through time"), reverse("accounts:units-admin")),
            (_("The reorganisation of 2025"), None),
        ],
    }
    status = UNPROCESSABLE if form.errors else DONE
    return render(request, "accounts/reorganisation.html", context, status=status)
