"""Which messages go by mail, chosen by whoever receives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.actions.people import choose_mail
from accounts.forms.mail import MailForm
from accounts.mailing import URGENT

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest


def mail_choices(request: SignedInRequest) -> HttpResponse:
    form = MailForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        choose_mail(request.user, by=request.user, ways=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:mail")
    context = {
        "form": form,
        "urgent": URGENT,
        "crumbs": [(_("My profile"), "/me/"), (_("Messages by mail"), None)],
    }
    return render(request, "accounts/mail.html", context)
