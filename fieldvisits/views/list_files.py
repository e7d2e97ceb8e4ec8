"""Lists of papers as files for a spreadsheet: the same rows and scope as on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.spreadsheet import csv_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import StreamingHttpResponse

    from fieldvisits.calendar import Quarter
    from fieldvisits.models import Sitting
    from fieldvisits.overview.board import Board
    from fieldvisits.overview.clusters import ClusterRow
    from fieldvisits.overview.departments import Overview
    from fieldvisits.overview.plan_list import PlanLine
    from fieldvisits.overview.programme import ActivityLine
    from fieldvisits.overview.request_list import RequestLine
    from fieldvisits.overview.unit_readings import UnitReading


def _days(half_days: int) -> str:
    return f"{half_days / 2:.1f}"


def plans_file(lines: Iterable[PlanLine]) -> StreamingHttpResponse:
    headings = [_("Quarter"), _("State"), _("Due"), _("Visits"), _("Days")]
    rows = [
        (
            str(line.plan.quarter),
            line.plan.get_state_display(),
            f"{line.due_on:%d/%m/%Y}",
            line.plan.visit_count,  # type: ignore[attr-defined]  # annotated by with_counts
            _days(line.half_days),
        )
        for line in lines
    ]
    return csv_file("plans.csv", headings, rows)


def board_file(board: Board, code: str, quarter: Quarter) -> StreamingHttpResponse:
    """One row per visit of the board; a person without one keeps a row with the state."""
    headings = [_("Cadre"), _("State"), _("Week"), _("Host unit"), _("Days"), _("Visit")]
    rows = [
        (row.person.full_name, row.label, cell.label, chip.label, _days(chip.half_days), chip.says)
        for row in board.rows
        for cell in row.cells
        for chip in cell.chips
    ]
    with_chips = {row.person.pk for row in board.rows if any(cell.chips for cell in row.cells)}
    empty = [
        (row.person.full_name, row.label, "", "", _days(row.half_days), row.why)
        for row in board.rows
        if row.person.pk not in with_chips
    ]
    return csv_file(f"{code}-{quarter}.csv", headings, [*rows, *empty])


def dossiers_file(overview: Overview, quarter: Quarter) -> StreamingHttpResponse:
    headings = [
        _("Department"), _("Dossier"), _("State"), _("Days"), _("Comrades"),
        _("Still missing from it"),
    ]  # fmt: skip
    rows = [
        (
            row.name,
            row.round_name,
            row.dossier.get_state_display() if row.dossier else _("Not forwarded"),
            _days(row.half_days),
            row.people,
            ", ".join(member.person.full_name for member in row.missing),
        )
        for row in overview.rows
    ]
    return csv_file(f"dossiers-{quarter}.csv", headings, rows)


def sittings_file(sittings: Iterable[Sitting]) -> StreamingHttpResponse:
    headings = [_("Day"), _("State"), _("Chair"), _("Lines"), _("Notice"), _("Closed")]
    rows = [
        (
            f"{sitting.held_on:%d/%m/%Y}",
            sitting.get_state_display(),
            sitting.chair.full_name,
            sitting.line_count,  # type: ignore[attr-defined]  # annotated by sittings_for
            sitting.notice_number,
            f"{timezone.localtime(sitting.closed_at):%d/%m/%Y %H:%M}" if sitting.closed_at else "",
        )
        for sitting in sittings
    ]
    return csv_file("sittings.csv", headings, rows)


def requests_file(lines: Iterable[RequestLine]) -> StreamingHttpResponse:
    headings = [
        _("Code"), _("Cadre"), _("Department"), _("Host unit"), _("From"), _("To"),
        _("Part of the day"), _("Kind"), _("State"), _("Since"), _("Written up"),
        _("Decided alone by"),
    ]  # fmt: skip
    return csv_file("ad-hoc-requests.csv", headings, (_request_cells(line) for line in lines))


def _request_cells(line: RequestLine) -> list[object]:
    request, visit = line.request, line.request.visit
    urgent = _("urgent") if request.is_urgent else ""
    return [
        visit.code,
        visit.cadre.full_name,
        line.department,
        line.unit,
        f"{visit.starts_on:%d/%m/%Y}",
        f"{visit.ends_on:%d/%m/%Y}",
        visit.get_session_display(),
        visit.get_kind_display(),
        request.get_state_display(),
        f"{timezone.localtime(request.moved_at):%d/%m/%Y}" if request.moved_at else "",
        _("too late") if request.is_late else urgent,
        request.decided_alone_by.full_name if request.decided_alone_by else "",
    ]


def activities_file(lines: Iterable[ActivityLine], year: int) -> StreamingHttpResponse:
    headings = [
        _("Code"), _("Activity"), _("From"), _("To"), _("Department in charge"),
        _("Person in charge"), _("Unit hosting it"), _("State"), _("Visits"), _("Note"),
    ]  # fmt: skip
    rows = [
        (
            line.activity.code,
            line.activity.title,
            f"{line.activity.starts_on:%d/%m/%Y}",
            f"{line.activity.ends_on:%d/%m/%Y}",
            line.department,
            line.activity.person,
            line.unit,
            line.standing.label,
            line.visits,
            line.activity.note,
        )
        for line in lines
    ]
    return csv_file(f"programme-{year}.csv", headings, rows)


def unit_readings_file(rows: Iterable[UnitReading]) -> StreamingHttpResponse:
    headings = [_("Unit"), _("Represented by"), _("Read"), _("By")]
    cells = [
        (
            row.name,
            row.people,
            f"{timezone.localtime(row.read_at):%d/%m/%Y}" if row.read_at else "",
            row.read_by,
        )
        for row in rows
    ]
    return csv_file("regulation-units.csv", headings, cells)


def clusters_file(rows: Iterable[ClusterRow], year: int) -> StreamingHttpResponse:
    headings = [_("Cluster"), _("Number of units"), _("Visited"), "%", _("Number of days")]
    cells = [
        (
            row.cluster.name,
            row.days.units,
            row.days.covered,
            row.percent,
            _days(row.days.half_days),
        )
        for row in rows
    ]
    return csv_file(f"clusters-{year}.csv", headings, cells)
