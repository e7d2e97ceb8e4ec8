"""The list of visits as a file for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.spreadsheet import csv_file
from fieldvisits.overview.visit_list import every_line

if TYPE_CHECKING:
    from django.http import StreamingHttpResponse

    from fieldvisits.models.visit import VisitQuerySet
    from fieldvisits.overview.visit_list import VisitLine


def as_file(rows: VisitQuerySet) -> StreamingHttpResponse:
    """The rows of the filter, as on the screen: who, where, when, kind, state, days."""
    headings = [
        _("Code"), _("Cadre"), _("Department"), _("Host unit"), _("From"), _("To"),
        _("Part of the day"), _("Kind"), _("State"), _("Days"),
    ]  # fmt: skip
    return csv_file("visits.csv", headings, (_cells(line) for line in every_line(rows)))


def _cells(line: VisitLine) -> list[object]:
    visit = line.visit
    return [
        visit.code,
        visit.cadre.full_name,
        line.department,
        line.unit,
        f"{visit.starts_on:%d/%m/%Y}",
        f"{visit.ends_on:%d/%m/%Y}",
        visit.get_session_display(),
        visit.get_kind_display(),
        visit.get_state_display(),
        f"{visit.counted_half_days / 2:.1f}",
    ]
