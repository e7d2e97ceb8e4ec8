"""Links from mails and slips, open to strangers: GET shows what they would do, POST does it.

A link that was used, replaced, changed by a letter or is too old leads to one page that says
the same each time: nobody learns from it who has an account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.utils import perform_login
from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import account, invitations
from accounts.forms.invitations import AcceptForm
from accounts.models import EmailChange, Invitation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SHOWN, NOT_FOUND, UNPROCESSABLE = 200, 404, 422


def _dead(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/link_dead.html", status=NOT_FOUND)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    if refused := consume_or_429(request, action="invitation", limit_get=True):
        return refused
    row = Invitation.objects.of_token(token, timezone.now())
    if row is None:
        return _dead(request)
    form, status = AcceptForm(row.person, request.POST or None), SHOWN
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid() and (answer := _accept(request, token, form)):
            return answer
    context = {"form": form, "person": row.person, "until": row.expires_at}
    return render(request, "accounts/invitation_accept.html", context, status=status)


def _accept(request: HttpRequest, token: str, form: AcceptForm) -> HttpResponse | None:
    """Sign in as usual, with the second step where there is one; None after a refusal."""
    typed = form.cleaned_data
    try:
        person = invitations.accept(
            token, password=typed["new_password1"], email=typed.get("email", "")
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    if person is None:
        return _dead(request)
    messages.success(request, _("Your password is set. Welcome, comrade."))
    return perform_login(request, person, email_verification="none")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def email_confirm(request: HttpRequest, token: str) -> HttpResponse:
    if refused := consume_or_429(request, action="invitation", limit_get=True):
        return refused
    row = EmailChange.objects.of_token(token, timezone.now())
    if row is None:
        return _dead(request)
    if request.method != "POST":
        return render(request, "accounts/email_confirm.html", {"row": row})
    try:
        person = account.confirm_address(token)
    except ValidationError as refusal:
        context = {"row": row, "refusal": " ".join(refusal.messages)}
        return render(request, "accounts/email_confirm.html", context, status=UNPROCESSABLE)
    if person is None:
        return _dead(request)
    messages.success(request, _("From now on you sign in with %(email)s.") % {"email": row.address})
    return redirect("accounts:profile" if request.user.is_authenticated else "account_login")
