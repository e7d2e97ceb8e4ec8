"""Dossiers: one in full, TCKT's list of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.paging import exports_of, wants_file
from fieldvisits.calendar import Quarter
from fieldvisits.forms.board import QuarterFilter
from fieldvisits.models import Dossier
from fieldvisits.overview.departments import overview
from fieldvisits.overview.dossier import detail, round_name, with_begun
from fieldvisits.overview.nudge import nudge_of
from fieldvisits.views.list_files import dossiers_file
from fieldvisits.views.quarters import asked_quarter

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from accounts.views import SignedInRequest


@require_GET
def dossier_list(request: SignedInRequest) -> HttpResponseBase:
    """For the coordinating department and the Standing Committee."""
    today = timezone.localdate()
    offices = request.user.offices(today)
    if not (offices.sees_all_departments):
        raise Http404
    quarter = asked_quarter(request)
    found = overview(request.user, quarter, today)
    if wants_file(request):
        return dossiers_file(found, quarter)
    context = {
        "quarter": quarter,
        "overview": found,
        "exports": exports_of(request),
        "filter": QuarterFilter(shown=quarter, current=Quarter.of(today)),
    }
    return render(request, "fieldvisits/dossier_list.html", context)


@require_GET
def dossier_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = with_begun(Dossier.objects.visible_to(request.user)).select_related("department")
    dossier = get_object_or_404(seen, pk=pk)
    context = {
        "dossier": dossier,
        "round_name": round_name(dossier.round),
        "page": detail(request.user, dossier),
        "nudge": nudge_of(dossier, request.user, timezone.localdate()),
    }
    return render(request, "fieldvisits/dossier_detail.html", context)
