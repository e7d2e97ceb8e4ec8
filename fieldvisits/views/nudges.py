"""Reminding whoever holds a paper: one press on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldvisits.actions.bulk import in_words
from fieldvisits.actions.nudging import nudge
from fieldvisits.views.steps import SEEN

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest


@require_POST
def paper_nudge(request: SignedInRequest, pk: int, *, path: str) -> HttpResponse:
    paper = get_object_or_404(SEEN[path](request.user), pk=pk)
    try:
        found = nudge(paper, by=request.user)
    except (ValidationError, PermissionDenied) as refusal:
        messages.error(request, in_words(refusal))
    else:
        names = ", ".join(person.full_name for person in found)
        messages.success(request, _("Comrade %(names)s has been reminded.") % {"names": names})
    return redirect(paper)
