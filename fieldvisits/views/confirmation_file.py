"""UBKT's list as a file for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import words
from accounts.spreadsheet import csv_file
from fieldvisits.overview.exceptions import every_line

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.http import StreamingHttpResponse

    from fieldvisits.models.visit import VisitQuerySet
    from fieldvisits.overview.exceptions import ExceptionLine


def as_file(rows: VisitQuerySet, today: date) -> StreamingHttpResponse:
    """The rows of the filter, as on the screen."""
    headings = [
        _("Code"), _("Cadre"), _("Host unit"), _("From"), _("To"), _("Part of the day"),
        _("Registered"), _("Approved"), _("Reported"), _("State"), _("Confirmation"),
        _("Days the unit names"), _("Remark of the unit"),
    ]  # fmt: skip
    return csv_file(
        "confirmations.csv", headings, (_cells(line) for line in every_line(rows, today))
    )


def _at(value: datetime | None) -> str:
    return words.day(timezone.localtime(value)) if value else ""


def _cells(line: ExceptionLine) -> list[object]:
    visit = line.visit
    return [
        visit.code,
        visit.cadre.full_name,
        line.unit,
        words.day(visit.starts_on),
        words.day(visit.ends_on),
        visit.get_session_display(),
        words.day(visit.registered_on),
        _at(visit.approved_at),
        _at(visit.reported_at),
        visit.get_state_display(),
        visit.get_confirmation_display(),
        line.proposed,
        visit.said or "",
    ]
