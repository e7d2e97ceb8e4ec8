"""Messages: what a person was told, newest first, and on to what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.actions.messages import mark_all_read, mark_read
from accounts.models import InboxItem
from accounts.paging import page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest

PER_PAGE = 30


@require_GET
def inbox(request: SignedInRequest) -> HttpResponse:
    items = InboxItem.objects.visible_to(request.user)
    shows_all = request.GET.get("show") == "all"
    page = page_of(request, items if shows_all else items.unread(), PER_PAGE)
    crumbs = [(_("My desk"), "/"), (_("Messages"), None)]
    context = {"page": page, "shows_all": shows_all, "crumbs": crumbs}
    return render(request, "accounts/inbox.html", context)


def inbox_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go on to what a message is about, never to another site; a POST notes that it was read."""
    item = get_object_or_404(InboxItem.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        mark_read(item, by=request.user)
    if item.url and url_has_allowed_host_and_scheme(item.url, allowed_hosts=None):
        return redirect(item.url)
    return redirect("accounts:inbox")


def inbox_read_all(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    mark_all_read(by=request.user)
    messages.success(request, _("All messages are marked as read."))
    return redirect("accounts:inbox")
