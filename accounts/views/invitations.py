"""Whom the administrator invited, and inviting one, some or all who have no account yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import inviting
from accounts.actions import invitations
from accounts.choices import InvitationState, InvitationWay
from accounts.forms.invitations import InvitationFilter
from accounts.models import Delivery, Person
from accounts.numbers import whole_number
from accounts.paging import exports_of, page_of, wants_file
from accounts.permissions_accounts import invites, invites_by_mail, keeps_accounts
from accounts.qr import qr_svg
from accounts.views.account_files import invitations_file

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase

    from accounts.actions.invitations import Outcome
    from accounts.views import SignedInRequest

PER_PAGE = 50
RESULT = "invitation-result"  # in the session: what became of each of the last ones invited
SHOWN, CONFLICT = 200, 409


def keeping(request: SignedInRequest) -> None:
    """For everybody but the administrator there are no such pages."""
    if not keeps_accounts(request.user):
        raise Http404


@require_GET
def invitation_list(request: SignedInRequest) -> HttpResponseBase:
    keeping(request)
    now = timezone.now()
    form = InvitationFilter(request.GET, on=timezone.localdate(now))
    wanted = form.wanted()
    people = inviting.people_for(wanted, now=now)
    if wants_file(request):
        return invitations_file(inviting.lines_of(people, now=now))
    page = page_of(request, people, PER_PAGE)
    context = {
        "form": form,
        "page": page,
        "lines": inviting.lines_of(page.rows, now=now),
        "filtered": any(wanted.values()),
        "exports": exports_of(request),
        "newcomers": inviting.newcomers(now=now).count(),
        "on_paper": inviting.newcomers(now=now, email="without").count(),
        "all_of_list": _whole_list(request),
    }
    return render(request, "accounts/invitations.html", context)


def _whole_list(request: SignedInRequest) -> str:
    """The filters of this list, for a page about everybody in it."""
    query = request.GET.copy()
    for name in ("page", "after", "people"):
        query.pop(name, None)
    query["all"] = "list"
    return query.urlencode()


def _asked_for(request: SignedInRequest, now: datetime) -> QuerySet[Any]:
    """The people a page is about: those ticked, the whole list, or all without an account."""
    if request.GET.get("all") == "new":
        return inviting.newcomers(now=now)
    if request.GET.get("all") == "paper":
        return inviting.newcomers(now=now, email="without")
    if request.GET.get("all") == "list":
        form = InvitationFilter(request.GET, on=timezone.localdate(now))
        return inviting.people_for(form.wanted(), now=now)
    ticked = [number for one in request.GET.getlist("people") if (number := whole_number(one))]
    return inviting.people_for({}, now=now).filter(pk__in=ticked[: inviting.MOST])


@require_http_methods(["GET", "POST"])
def invite(request: SignedInRequest) -> HttpResponse:
    """GET says who would be written to; POST writes to them."""
    keeping(request)
    if request.method == "GET":
        return _ask(request, InvitationWay.MAIL)
    done = _invite(request, InvitationWay.MAIL)
    if done is None:
        return _ask(request, InvitationWay.MAIL, status=CONFLICT)
    request.session[RESULT] = [(one.person.pk, one.refusal) for one in done]
    return redirect("accounts:invitation-result")


@require_http_methods(["GET", "POST"])
def slips(request: SignedInRequest) -> HttpResponse:
    """GET says whose slips would be printed; POST shows them, this once."""
    keeping(request)
    if request.method == "GET":
        return _ask(request, InvitationWay.SLIP)
    done = _invite(request, InvitationWay.SLIP)
    if done is None:
        return _ask(request, InvitationWay.SLIP, status=CONFLICT)
    label = _("QR code with the link of the invitation")
    context = {
        "slips": [(one, qr_svg(one.link, label=label)) for one in done if one.link],
        "refused": [one for one in done if one.refusal],
    }
    return render(request, "accounts/slips.html", context)


def _invite(request: SignedInRequest, way: str) -> list[Outcome] | None:
    """Invite them as confirmed; None if it is no longer what was seen."""
    people = _people(request, timezone.now())
    seen = request.POST.get("seen", "")
    try:
        return invitations.invite(people, by=request.user, way=way, seen=seen)
    except ValidationError:
        return None


def _people(request: SignedInRequest, now: datetime) -> list[int]:
    return [row.pk for row in _asked_for(request, now)[: inviting.MOST]]


def _ask(request: SignedInRequest, way: str, *, status: int = SHOWN) -> HttpResponse:
    now = timezone.now()
    may = invites_by_mail if way == InvitationWay.MAIL else invites
    rows = list(_asked_for(request, now)[: inviting.MOST + 1])
    lines = inviting.lines_of(rows[: inviting.MOST], now=now)
    verdicts = [(line, may(request.user, line.person)) for line in lines]
    reached = [line for line, verdict in verdicts if verdict]
    context = {
        "is_mail": way == InvitationWay.MAIL,
        "hindrances": inviting.hindrances(by_mail=way == InvitationWay.MAIL) if reached else [],
        "reached": reached,
        "refused": [(line, verdict.reason) for line, verdict in verdicts if not verdict],
        "replaced": sum(line.state == InvitationState.WAITING for line in reached),
        "too_many": len(rows) > inviting.MOST,
        "most": inviting.MOST,
        "days": settings.INVITATION_DAYS,
        "seen": inviting.mark_of(Person.objects.filter(pk__in=[line.person.pk for line in lines])),
        "stale": status == CONFLICT,
        "query": request.GET.urlencode(),
    }
    return render(request, "accounts/invite.html", context, status=status)


@require_GET
def invitation_result(request: SignedInRequest) -> HttpResponse:
    """What became of each person of the last time: it can be left and found again."""
    keeping(request)
    known = dict(request.session.get(RESULT, []))
    now = timezone.now()
    people = inviting.people_for({}, now=now).filter(pk__in=known)
    mails = _mails(people)
    lines = [
        {"line": line, "refusal": known[line.person.pk], "mail": mails.get(line.person.pk)}
        for line in inviting.lines_of(people, now=now)
    ]
    sent = sum(not one["refusal"] for one in lines)
    return render(request, "accounts/invitation_result.html", {"lines": lines, "sent": sent})


def _mails(people: QuerySet[Any]) -> dict[int, Delivery]:
    """The mail of the latest invitation of each."""
    keys = {row.pk: f"invitation:{row.invitation_pk}" for row in people}
    rows = Delivery.objects.filter(item__recipient__in=keys, item__key__in=keys.values())
    return {row.item.recipient_id: row for row in rows.select_related("item")}
