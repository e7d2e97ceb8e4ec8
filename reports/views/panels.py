"""Parts of other pages, asked for by htmx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.clustering import members_on
from accounts.models import Person, Unit
from accounts.numbers import whole_number
from fieldvisits.overview.clusters import compared
from fieldvisits.permissions import reads_figures
from reports import permissions
from reports.figures import figures_in, own_standing
from reports.figures.units import unit_days
from reports.forms.asked import window_asked_for
from reports.standing import meter_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest


@require_GET
def panel_standing(request: SignedInRequest) -> HttpResponse:
    """The meter of ``?cadre=``, one's own without it."""
    today = timezone.localdate()
    asked = request.GET.get("cadre", "")
    pk = whole_number(asked)
    if asked and pk is None:
        raise Http404
    own = pk in (None, request.user.pk)
    person = request.user if own else get_object_or_404(Person, pk=pk)
    department_id = None if own else person.offices(today).department_id
    if not reads_figures(request.user, person.pk, department_id):
        raise Http404
    window = window_asked_for(request.GET, today)
    facts = meter_of(own_standing(person, window), window)
    return render(request, "reports/panel_standing.html", {"facts": facts})


@require_GET
def panel_weekly(request: SignedInRequest) -> HttpResponse:
    """Weekly reports by department: owed, on time, late, missing."""
    today = timezone.localdate()
    if not permissions.see_dashboard(request.user, on=today):
        raise Http404
    figures = figures_in(window_asked_for(request.GET, today))
    rows = [row for row in figures.departments if row.weekly.owed]
    return render(request, "reports/panel_weekly.html", {"rows": rows, "agency": figures.agency})


@require_GET
def panel_clusters(request: SignedInRequest) -> HttpResponse:
    """Units, units reached and days by emulation cluster (R22)."""
    today = timezone.localdate()
    if not permissions.see_dashboard(request.user, on=today):
        raise Http404
    window = window_asked_for(request.GET, today)
    members = members_on(window.reached)
    units = [Unit(pk=pk) for pk in members]
    counts = unit_days(units, window.first, window.last, window.as_of)
    rows = compared(counts, members, window.reached)
    return render(request, "reports/panel_clusters.html", {"rows": rows})
