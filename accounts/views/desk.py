"""The desk: where everybody begins."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.desk import LATEST, Asker, read_desk
from accounts.models import InboxItem

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from accounts.views import SignedInRequest


@require_GET
def desk_page(request: SignedInRequest) -> HttpResponse:
    asker = Asker(request.user, timezone.localdate())
    desk = read_desk(asker)
    request.asker = asker
    context = {
        "desk": desk,
        "is_new": not (asker.offices.is_in_agency or asker.offices.unit_ids),
        "day_line": day_line(asker.today),
        "beside": desk.placed("beside"),
        "wide": desk.placed("wide"),
        "main_cards": desk.placed("main"),
        "side_cards": desk.placed("side"),
        "latest": list(InboxItem.objects.visible_to(request.user)[:LATEST]),
        "unread": asker.queue("unread").count,
    }
    return render(request, "accounts/desk.html", context)


def day_line(today: date) -> str:
    """The day and its ISO week: "Thứ Sáu, ngày 19/10/2018 · Tuần 42 (từ … đến …)"."""
    monday = today - timedelta(today.weekday())
    sunday = monday + timedelta(6)
    first = f"{monday:%d/%m}" if monday.year == sunday.year else f"{monday:%d/%m/%Y}"
    return _("%(weekday)s, %(day)s · week %(number)d (%(first)s to %(last)s)") % {
        "weekday": WEEKDAYS[today.weekday()],
        "day": f"{today:%d/%m/%Y}",
        "number": today.isocalendar().week,
        "first": first,
        "last": f"{sunday:%d/%m/%Y}",
    }
