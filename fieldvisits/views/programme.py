"""The year's programme of work: its list, one activity, and keeping it (R23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.paging import exports_of, page_of, wants_file
from fieldvisits.actions import programme as actions
from fieldvisits.forms.filters import chosen
from fieldvisits.forms.programme import ActivityForm, ClosingForm, ProgrammeFilter
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal, renew, said_on_page
from fieldvisits.models import ProgrammeActivity
from fieldvisits.overview import programme as overview
from fieldvisits.overview.visit_list import departments_on
from fieldvisits.permissions.programme import keeps_programme
from fieldvisits.views.list_files import activities_file

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from accounts.views import SignedInRequest

DONE = 200


@require_GET
def programme(request: SignedInRequest) -> HttpResponseBase:
    """The lines of one year, in order of their days."""
    today = timezone.localdate()
    offices = request.user.offices(today)
    if not (offices.is_in_agency or offices.unit_ids):
        raise Http404
    departments = departments_on(today)
    asked = {"year": today.year, **request.GET.dict()}
    form = ProgrammeFilter(asked, years=overview.years_of(today), departments=departments)
    wanted = chosen(form)
    wanted["year"] = wanted["year"] or today.year
    rows = overview.listed(overview.chosen_activities(request.user, wanted), request.user)
    if wants_file(request):
        return activities_file(overview.lines(rows, today), wanted["year"])
    page = page_of(request, rows, overview.PAGE)
    department = dict(departments).get(wanted["department"], "")
    context = {"form": form, "page": page, "lines": overview.lines(page.rows, today)}
    context |= {"says": overview.says(wanted, department), "exports": exports_of(request)}
    context |= {"keeps": keeps_programme(request.user), "year": wanted["year"]}
    return render(request, "fieldvisits/programme.html", context)


@require_GET
def activity_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    page = overview.activity_page(pk, request.user, timezone.localdate())
    if page is None:
        raise Http404
    context = {"page": page, "line": page.line, "activity": page.line.activity}
    context["keeps"] = keeps_programme(request.user)
    return render(request, "fieldvisits/activity_detail.html", context)


def _kept(request: SignedInRequest, pk: int) -> ProgrammeActivity:
    """An activity for a page of those who keep the programme; for others there is none."""
    if not keeps_programme(request.user):
        raise Http404
    rows = ProgrammeActivity.objects.visible_to(request.user).select_related("host_unit")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def activity_new(request: SignedInRequest) -> HttpResponse:
    if not keeps_programme(request.user):
        raise Http404
    return _edit(request, ProgrammeActivity())


@require_http_methods(["GET", "POST"])
def activity_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, _kept(request, pk))


def _edit(request: SignedInRequest, activity: ProgrammeActivity) -> HttpResponse:
    is_new, back = activity.pk is None, _back(activity)
    form, status = ActivityForm(request.POST or None, instance=activity), DONE
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                saved = actions.save(
                    form.instance, by=request.user, revision=form.cleaned_data["revision"]
                )
            except (ValidationError, PermissionDenied) as refusal:
                status = add_refusal(form, refusal)
                _see_the_present(form)
            else:
                messages.success(request, _("Saved in the programme: %(title)s.")
                                 % {"title": saved.title})  # fmt: skip
                return redirect(saved)
    context: dict[str, Any] = {"form": form, "is_new": is_new, "back": back}
    return render(request, "fieldvisits/activity_form.html", context, status=status)


def _back(activity: ProgrammeActivity) -> str:
    return activity.get_absolute_url() if activity.pk else reverse("fieldvisits:programme")


def _see_the_present(form: ActivityForm) -> None:
    """After a refusal the same form can be sent again, over the row as it now is."""
    stored = ProgrammeActivity.objects.filter(pk=form.instance.pk).values_list(
        "revision", flat=True
    )
    renew(form, revision=next(iter(stored), ""))


@require_http_methods(["GET", "POST"])
def activity_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Held or cancelled; of one that is closed already: open it again."""
    activity = _kept(request, pk)
    form, status = None, DONE
    if not activity.closed_as:
        form = ClosingForm(request.POST or None, initial={"closed_on": timezone.localdate()})
    if request.method == "POST":
        status = _close(request, activity, form) if form else _reopen(request, activity)
        if status == DONE:
            return redirect(activity)
    context = {"activity": activity, "form": form}
    return render(request, "fieldvisits/activity_close.html", context, status=status)


def _close(request: SignedInRequest, activity: ProgrammeActivity, form: ClosingForm) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        actions.close(activity, by=request.user, **form.cleaned_data)
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    messages.success(request, _("Noted what became of the activity."))
    return DONE


def _reopen(request: SignedInRequest, activity: ProgrammeActivity) -> int:
    actions.reopen(activity, by=request.user)
    messages.success(request, _("The activity is open again."))
    return DONE


@require_http_methods(["GET", "POST"])
def activity_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, then take a line out on which no visit hangs."""
    activity = _kept(request, pk)
    refusal, status = "", DONE
    if request.method == "POST":
        try:
            actions.remove(activity, by=request.user)
        except (ValidationError, PermissionDenied) as error:
            refusal, status = said_on_page(error)
        else:
            messages.success(request, _("The activity is out of the programme."))
            return redirect(f"{reverse('fieldvisits:programme')}?year={activity.year}")
    elif activity.visits.exists():
        refusal = _("Visits hang on this activity; cancel it instead.")
    context = {"activity": activity, "refusal": refusal}
    return render(request, "fieldvisits/activity_remove.html", context, status=status)
