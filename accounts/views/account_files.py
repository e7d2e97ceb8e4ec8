"""The list of invitations as a file: never a link, only how far each person has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.spreadsheet import csv_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import StreamingHttpResponse

    from accounts.inviting import Line


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else ""


def _open_or_closed(line: Line) -> str:
    return pgettext("account", "open") if line.person.is_active else pgettext("account", "closed")


def invitations_file(lines: Iterable[Line]) -> StreamingHttpResponse:
    headings = [
        _("Code"), _("Person"), _("E-mail"), _("Offices"), _("State"), _("Invited"),
        _("Link works until"), _("Accepted"), _("Last sign-in"), _("Account"),
    ]  # fmt: skip
    rows = (
        (
            line.person.code,
            line.person.full_name,
            line.person.email or "",
            line.offices,
            line.label,
            _moment(line.person.invited_at),  # type: ignore[attr-defined]  # annotated
            _moment(line.person.invited_until),  # type: ignore[attr-defined]  # annotated
            _moment(line.person.invitation_used_at),  # type: ignore[attr-defined]  # annotated
            _moment(line.person.last_login),
            _open_or_closed(line),
        )
        for line in lines
    )
    return csv_file("invitations.csv", headings, rows)
