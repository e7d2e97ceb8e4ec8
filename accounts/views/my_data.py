"""What the system holds about whoever asks: counted on the page, whole in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.actions.events import record
from accounts.choices import EventKind
from accounts.holdings import counted
from accounts.holdings_file import workbook_about

if TYPE_CHECKING:
    from accounts.views import SignedInRequest

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def my_data(request: SignedInRequest) -> HttpResponse:
    """The file is asked for by a form: that it was taken out is put on record."""
    if request.method == "POST":
        file = workbook_about(request.user)
        record(request.user, EventKind.DATA_TAKEN, by=request.user)
        named = f'attachment; filename="my-data-{request.user.code}.xlsx"'
        return HttpResponse(file, content_type=WORKBOOK, headers={"Content-Disposition": named})
    found = counted(request.user)
    context = {
        "present": [one for one in found if one.count],
        "absent": [one for one in found if not one.count],
        "crumbs": [(_("My profile"), "/me/"), (_("What is held about me"), None)],
    }
    return render(request, "accounts/my_data.html", context)
