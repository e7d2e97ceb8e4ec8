"""The administrator's desk: whether work gets done, and what to do where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from accounts import outbox
from accounts.actions.looking_after import let_in_again, send_again
from accounts.administering import Look, assumptions_for, panels_for
from accounts.forms.outbox import OutboxFilter
from accounts.forms.refusals import UNPROCESSABLE
from accounts.forms.removal import UnlockForm
from accounts.links import way_on
from accounts.numbers import whole_number
from accounts.paging import exports_of, page_of, wants_file
from accounts.permissions_administration import administers
from accounts.sign_in import attempts
from accounts.spreadsheet import csv_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from accounts.models import Delivery
    from accounts.sign_in.attempts import Failing
    from accounts.views import SignedInRequest

DONE = 200
PER_PAGE = 50
PEOPLE_SHOWN = 200


def _look(request: SignedInRequest) -> Look:
    """These pages are there for the administrator alone."""
    if not administers(request.user):
        raise Http404
    return Look(request.user, timezone.now())


@require_GET
def administration(request: SignedInRequest) -> HttpResponse:
    look = _look(request)
    panels = panels_for(look)
    wrong = [(panel, fact) for panel in panels for fact in panel.facts if fact.tone == "bad"]
    context = {"panels": panels, "wrong": wrong, "now": look.now}
    return render(request, "accounts/administration.html", context)


@require_GET
def assumptions(request: SignedInRequest) -> HttpResponse:
    context = {"rows": assumptions_for(_look(request))}
    return render(request, "accounts/assumptions.html", context)


@require_GET
def deliveries(request: SignedInRequest) -> HttpResponseBase:
    look = _look(request)
    form = OutboxFilter(request.GET)
    rows = outbox.deliveries(**form.chosen(), now=look.now)
    if wants_file(request):
        return csv_file("thu.csv", _headings(), _lines(rows))
    context = {
        "form": form,
        "page": page_of(request, rows, PER_PAGE),
        "kinds": outbox.by_kind(look.now),
        "exports": exports_of(request),
    }
    return render(request, "accounts/deliveries.html", context)


def _headings() -> list[str]:
    return [
        _("Recipient"),
        _("Address"),
        pgettext("message", "Kind"),
        _("State"),
        pgettext("message", "Due"),
        _("Sent"),
        _("Attempts"),
    ]


def _lines(rows: QuerySet[Delivery]) -> Iterator[list[object]]:
    for row in rows.iterator(chunk_size=500):
        yield [
            row.item.recipient.full_name,
            row.address,
            outbox.kind_in_words(row.item.kind),
            outbox.state_in_words(row.state),
            timezone.localtime(row.due_at).strftime("%d/%m/%Y %H:%M"),
            timezone.localtime(row.sent_at).strftime("%d/%m/%Y %H:%M") if row.sent_at else "",
            row.attempts,
        ]


@require_POST
def delivery_retry(request: SignedInRequest) -> HttpResponse:
    """``delivery`` may stand there many times; without one nothing happens."""
    _look(request)
    asked = [whole_number(text) for text in request.POST.getlist("delivery")[:PEOPLE_SHOWN]]
    again = send_again([pk for pk in asked if pk], by=request.user)
    words = ngettext("%(n)d message goes out again.", "%(n)d messages go out again.", again)
    said = (
        words % {"n": again}
        if again
        else _(
            "Nothing goes out again: none had failed, or it is an invitation, which is sent anew."
        )
    )
    messages.success(request, said)
    return redirect(way_on(request, request.POST.get("next", "")) or "accounts:deliveries")


@require_GET
def sign_ins(request: SignedInRequest) -> HttpResponse:
    return _sign_ins(request, _look(request))


def _sign_ins(
    request: SignedInRequest, look: Look, refused: UnlockForm | None = None
) -> HttpResponse:
    waiting = attempts.cannot_sign_in().order_by("sort_key", "code")
    lines = [(row, _unlock_form(row, n)) for n, row in enumerate(attempts.failing(look.now))]
    sent = refused.data.get("email") if refused else None
    for n, (row, _form) in enumerate(lines):
        if refused and row.email == sent:
            lines[n] = (row, refused)
            break  # the same address may stand there from several places
    context = {
        "failing": lines,
        "refused": refused,
        "latest": attempts.latest_sign_ins(),
        "waiting": list(waiting[:PEOPLE_SHOWN]),
        "sessions": attempts.open_sessions(look.now).count(),
    }
    status = UNPROCESSABLE if refused else DONE
    return render(request, "accounts/sign_ins.html", context, status=status)


def _unlock_form(row: Failing, number: int) -> UnlockForm:
    return UnlockForm(initial={"email": row.email}, auto_id=f"id_{number}_%s")


@require_POST
def unlock(request: SignedInRequest) -> HttpResponse:
    look = _look(request)
    form = UnlockForm(request.POST)
    if not form.is_valid():
        return _sign_ins(request, look, form)
    if let_in_again(**form.cleaned_data, by=request.user):
        messages.success(request, _("The wrong passwords are forgotten; a sign-in is possible."))
    else:
        messages.success(request, _("This address was not locked out; nothing was changed."))
    return redirect("accounts:sign-ins")
