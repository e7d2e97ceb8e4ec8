"""Objecting in writing to one's own figures of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal
from reports import permissions
from reports.actions import objections
from reports.forms.asked import window_asked_for
from reports.forms.objections import ObjectionForm
from reports.views.people import readable_person

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest


@require_http_methods(["GET", "POST"])
def person_object(request: SignedInRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    person = readable_person(request.user, pk, today)
    if not (verdict := permissions.objects_to_figures(request.user, person)):
        raise PermissionDenied(str(verdict.reason))
    year = window_asked_for(request.GET, today).year
    form = ObjectionForm(request.POST or None, initial={"year": year})
    status = 200
    if form.is_bound:
        status = _object(request, form) if form.is_valid() else UNPROCESSABLE
        if not status:
            messages.success(
                request, _("Sent. Your superior and Organisation and Inspection read it.")
            )
            days = reverse("reports:person-days", args=[person.pk])
            return redirect(f"{days}?year={form.cleaned_data['year']}")
    context = {"person": person, "year": year, "form": form}
    return render(request, "reports/person_object.html", context, status=status)


def _object(request: SignedInRequest, form: ObjectionForm) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    said = form.cleaned_data
    try:
        objections.object_to(request.user, said["year"], by=request.user, text=said["text"])
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal)
    return 0
