"""Emulation clusters: compared side by side, and kept by the administrator (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import clusters as actions
from accounts.clustering import keeps_clusters
from accounts.models import ClusterMembership, EmulationCluster
from accounts.numbers import whole_number
from accounts.paging import same_list_as, wants_file
from fieldvisits.forms.clusters import ClusterForm, JoinForm, LeaveForm
from fieldvisits.forms.fields import FIRST_YEAR, LAST_YEAR
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal
from fieldvisits.overview import clusters as overview
from fieldvisits.overview.clusters import Year
from fieldvisits.views.list_files import clusters_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.forms import BaseForm
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from accounts.views import SignedInRequest

DONE = 200


def _year(request: SignedInRequest) -> Year:
    today = timezone.localdate()
    asked = whole_number(request.GET.get("year"))
    return Year.of(asked if asked and FIRST_YEAR <= asked <= LAST_YEAR else today.year, today)


def _in_agency(request: SignedInRequest) -> None:
    if not request.user.offices(timezone.localdate()).is_in_agency:
        raise Http404


def _keeping(request: SignedInRequest) -> None:
    """The pages that change something are there for the administrator alone."""
    if not keeps_clusters(request.user):
        raise Http404


def _address(pk: int) -> str:
    return reverse("fieldvisits:cluster-detail", args=[pk])


@require_GET
def cluster_list(request: SignedInRequest) -> HttpResponseBase:
    """The clusters of a year beside each other."""
    _in_agency(request)
    year = _year(request)
    rows = overview.cluster_rows(year)
    if wants_file(request):
        return clusters_file(rows, year.number)
    context = {
        "year": year,
        "years": _years(timezone.localdate()),
        "rows": rows,
        "export": same_list_as(request, "csv"),
        "keeps": keeps_clusters(request.user),
    }
    return render(request, "fieldvisits/cluster_list.html", context)


def _years(today: date) -> range:
    """From the first year with a cluster to this one, the latest first."""
    first = EmulationCluster.objects.order_by("starts_on").values_list("starts_on", flat=True)
    earliest = min([today.year, *(day.year for day in first[:1])])
    return range(today.year, earliest - 1, -1)


@require_GET
def cluster_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    _in_agency(request)
    cluster = get_object_or_404(EmulationCluster, pk=pk)
    year = _year(request)
    context = {
        "page": overview.cluster_page(cluster, year),
        "cluster": cluster,
        "year": year,
        "keeps": keeps_clusters(request.user),
    }
    return render(request, "fieldvisits/cluster_detail.html", context)


@require_http_methods(["GET", "POST"])
def cluster_new(request: SignedInRequest) -> HttpResponse:
    _keeping(request)
    return _edit(request, EmulationCluster())


@require_http_methods(["GET", "POST"])
def cluster_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    _keeping(request)
    return _edit(request, get_object_or_404(EmulationCluster, pk=pk))


def _edit(request: SignedInRequest, cluster: EmulationCluster) -> HttpResponse:
    is_new = cluster.pk is None
    back = reverse("fieldvisits:cluster-list") if is_new else _address(cluster.pk)
    form, status = ClusterForm(request.POST or None, instance=cluster), DONE
    if request.method == "POST":
        status = _tried(form, lambda: actions.save(form.instance, by=request.user))
        if status == DONE:
            messages.success(request, _("Saved: %(name)s.") % {"name": form.instance.name})
            return redirect("fieldvisits:cluster-list" if is_new else back)
    context: dict[str, Any] = {"form": form, "is_new": is_new, "back": back, "name": cluster.name}
    return render(request, "fieldvisits/cluster_form.html", context, status=status)


def _tried(form: BaseForm, act: Callable[[], object]) -> int:
    """Do what a form asks for; ``DONE``, or the status of a refusal, which stands in the form."""
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        act()
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return DONE


@require_http_methods(["GET", "POST"])
def cluster_join(request: SignedInRequest, pk: int) -> HttpResponse:
    _keeping(request)
    cluster = get_object_or_404(EmulationCluster, pk=pk)
    form = JoinForm(request.POST or None, day=max(cluster.starts_on, timezone.localdate()))
    status = DONE
    if request.method == "POST":
        status = _tried(form, lambda: actions.join(cluster, by=request.user, **form.cleaned_data))
        if status == DONE:
            number = len(form.cleaned_data["units"])
            words = ngettext("%(n)d unit joined.", "%(n)d units joined.", number)
            messages.success(request, words % {"n": number})
            return redirect(_address(pk))
    context = {"form": form, "cluster": cluster, "back": _address(pk)}
    return render(request, "fieldvisits/cluster_join.html", context, status=status)


@require_http_methods(["GET", "POST"])
def cluster_leave(request: SignedInRequest, pk: int) -> HttpResponse:
    _keeping(request)
    rows = ClusterMembership.objects.select_related("cluster", "unit")
    row = get_object_or_404(rows.prefetch_related("unit__versions"), pk=pk)
    form, status = LeaveForm(request.POST or None, initial={"ends_on": timezone.localdate()}), DONE
    if request.method == "POST":
        status = _tried(form, lambda: actions.leave(row, by=request.user, **form.cleaned_data))
        if status == DONE:
            messages.success(request, _("Noted until when the unit belongs to the cluster."))
            return redirect(_address(row.cluster_id))
    unit = row.unit.name_on(row.starts_on)
    context = {"form": form, "row": row, "unit": unit, "cluster": row.cluster}
    return render(request, "fieldvisits/cluster_leave.html", context, status=status)
