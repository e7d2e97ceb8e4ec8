"""One's own page: who I am here, what I hold, in which language I read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.actions.people import choose_language
from accounts.forms.profile import LanguageForm
from accounts.language import remember_language
from accounts.models import EmailChange
from accounts.sign_in.second_factor import has_factor

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest


def profile(request: SignedInRequest) -> HttpResponse:
    chosen = request.user.language or translation.get_language() or settings.LANGUAGE_CODE
    form = LanguageForm(request.POST or None, initial={"language": chosen})
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        choose_language(request.user, by=request.user, language=language)
        with translation.override(language):
            messages.success(request, _("Saved."))
        return remember_language(redirect("accounts:profile"), language)
    rows = request.user.appointments.select_related("department", "unit")
    rows = rows.prefetch_related("department__versions", "unit__versions")
    context = {
        "form": form,
        "held": list(rows.order_by("-starts_on")),
        "asked": EmailChange.objects.working(timezone.now()).filter(person=request.user).first(),
        "has_factor": has_factor(request.user),
        "crumbs": [(_("My desk"), "/"), (_("My profile"), None)],
    }
    return render(request, "accounts/profile.html", context)
