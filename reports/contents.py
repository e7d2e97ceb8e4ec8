"""What of a report is frozen when it is submitted: codes, texts, a quarter's or year's numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone

from reports.choices import IssueState
from reports.documents import annual
from reports.figures import default_as_of
from reports.figures.days import in_days
from reports.figures.quarterly import FIGURES, Line, quarter_figures, visits_of
from reports.models import Issue

if TYPE_CHECKING:
    from fieldvisits.models import Visit
    from reports.models import AnnualReport, QuarterlyReport, WeeklyReport

SCHEMA = 1


def weekly_content(report: WeeklyReport) -> dict[str, Any]:
    week = report.week
    return {
        "schema": SCHEMA,
        "person": report.person.code,
        "week": str(week),
        "has_nothing": report.has_nothing,
        "results": report.results,
        "difficulties": report.difficulties,
        "proposals": report.proposals,
        "visits": [_visit(row) for row in visits_of(report.person, week.monday, week.sunday)],
    }


def quarterly_content(report: QuarterlyReport) -> dict[str, Any]:
    quarter = report.quarter
    figures = quarter_figures(report.person, quarter, timezone.localdate())
    visits = visits_of(report.person, quarter.first_day, quarter.last_day)
    return {
        "schema": SCHEMA,
        "person": report.person.code,
        "quarter": str(quarter),
        "results": report.results,
        "difficulties": report.difficulties,
        "proposals": report.proposals,
        "self_assessment": report.self_assessment,
        "as_of": figures.as_of.isoformat(),
        "total": _line(figures.total),
        "kinds": [_line(line) for line in figures.kinds],
        "visits": [_visit(row) for row in visits],
    }


def annual_content(report: AnnualReport) -> dict[str, Any]:
    """The texts, and the summary of the department as of today or the year's last day (R11)."""
    as_of = default_as_of(report.year, timezone.localdate())
    return {
        "schema": SCHEMA,
        "department": report.department.code,
        "year": report.year,
        "results": report.results,
        "difficulties": report.difficulties,
        "lessons": report.lessons,
        "proposals": report.proposals,
        "summary": annual.freeze(report.year, as_of, report.department.code),
        "issues": issue_figures(report.department_id, report.year),
    }


def issue_figures(department_id: int, year: int) -> dict[str, int]:
    """How many issues cadres of a department raised in a year, and how many were answered."""
    rows = Issue.objects.filter(department=department_id, raised_at__year=year)
    return rows.aggregate(
        raised=Count("pk"), answered=Count("pk", filter=~Q(state=IssueState.OPEN))
    )


def issue_content(issue: Issue) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "report": f"{issue.report.PATH} {issue.report.pk}",
        "text": issue.text,
        "raised_by": issue.raised_by.code,
        "owner": issue.owner.code,
        "due_on": issue.due_on.isoformat() if issue.due_on else None,
        "answer": issue.answer,
    }


def _line(line: Line) -> dict[str, Any]:
    """Days and visits of each figure, as they go on record."""
    return {
        "kind": line.kind,
        **{name: in_days(line.half_days[name]) for name in FIGURES},
        "visits": line.visits,
    }


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "code": visit.code,
        "unit": visit.unit.code,
        "unit_name": visit.unit.name_on(visit.starts_on),
        "starts_on": visit.starts_on.isoformat(),
        "ends_on": visit.ends_on.isoformat(),
        "session": visit.session,
        "kind": visit.kind,
        "state": visit.state,
        "product": visit.product,
        "result": visit.result,
    }
