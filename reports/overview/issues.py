"""The issue register: one issue as its page shows it, and the list with its filter (R12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.looks import look_of
from accounts.models import Appointment, Person
from fieldvisits.overview.words import comrade, department_name, due, history, since
from fieldvisits.workflow import open_to
from reports import permissions
from reports.choices import IssueState
from reports.models import Issue
from reports.models.report import WITH_WRITER
from reports.overview.titles import title_of

if TYPE_CHECKING:
    from datetime import date

    from fieldvisits.workflow import Transition
    from reports.models.issue import IssueQuerySet
    from reports.models.report import Report


@dataclass(frozen=True)
class IssuePage:
    issue: Issue
    facts: dict[str, Any]
    source: str
    source_url: str  # "" for whoever may not read the report
    buttons: list[Transition]
    history: list[dict[str, Any]]


def issue_page(issue: Issue, person: Person, *, today: date) -> IssuePage:
    report = issue.report
    seen = type(report).objects.visible_to(person).filter(pk=report.pk).exists()
    steps: list[Any] = list(issue.steps.select_related("by", "on_behalf_of"))
    return IssuePage(
        issue=issue,
        facts=_facts(issue, today),
        source=title_of(report),
        source_url=report.get_absolute_url() if seen else "",
        buttons=open_to(person, issue),
        history=history(issue, steps),
    )


def _facts(issue: Issue, today: date) -> dict[str, Any]:
    look = look_of("issue", issue.state)
    late = issue.is_overdue(today)
    holder, following = {
        IssueState.OPEN: (
            comrade(issue.owner),
            _("Answer it") if issue.due_on else _("Name the owner and the day"),
        ),
        IssueState.ANSWERED: (comrade(issue.raised_by), _("Close it, or open it again")),
    }.get(IssueState(issue.state), ("", _("Nothing more happens")))
    facts: dict[str, Any] = {
        "state_label": issue.get_state_display(),
        "tone": "bad" if late else look.tone,
        "shape": "late" if late else look.shape,
        "holder": capfirst(holder),
        "since": since(issue.moved_at, today),
        "next_step": following,
        "extra": [(_("Raised by"), capfirst(comrade(issue.raised_by)))],
    }
    if issue.due_on:
        words = due(issue.due_on, today) if issue.state == IssueState.OPEN else ""
        facts["extra"].append((_("Due"), words or f"{issue.due_on:%d/%m/%Y}"))
    return facts


def found(person: Person, wanted: dict[str, Any], today: date) -> IssueQuerySet:
    """Issues that ``person`` may see, narrowed by the filter; the most urgent first."""
    rows = Issue.objects.visible_to(person)
    if wanted["whose"] == "mine":
        rows = rows.filter(raised_by=person)
    elif wanted["whose"] == "owned":
        rows = rows.filter(owner=person)
    if wanted["state"] == "overdue":
        rows = rows.overdue(today)
    elif wanted["state"]:
        rows = rows.filter(state=wanted["state"])
    if wanted["department"]:
        rows = rows.filter(department=wanted["department"])
    return (
        rows.select_related("owner", "raised_by", "weekly_report", "quarterly_report")
        .annotate(department_name=department_name("department", today, field="short_name"))
        .order_by("-raised_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Line:
    issue: Any
    is_overdue: bool
    source: str


def lines(issues: list[Issue], today: date) -> list[Line]:
    return [Line(issue, issue.is_overdue(today), title_of(issue.report)) for issue in issues]


# --- Beside a report, and who may own an issue --------------------------------------------


def issues_of(report: Any, person: Person) -> list[Issue]:
    """What was raised from a report, as far as ``person`` sees it; nothing of a draft."""
    if report.state in WITH_WRITER:
        return []
    rows = report.issues.all() & Issue.objects.visible_to(person)
    return list(rows.select_related("owner").order_by("pk"))


def may_raise(report: Report, person: Person) -> bool:
    return report.state not in WITH_WRITER and bool(permissions.superior_of_report(person, report))


def owners(today: date) -> list[tuple[int, str]]:
    """Everybody who holds an office in the agency, by name, with the department. One query."""
    rows = Appointment.objects.on(today).filter(person__is_active=True, unit=None)
    rows = rows.select_related("person").annotate(
        department_name=department_name("department", today, field="short_name")
    )
    named = {
        row.person_id: (row.person, row.department_name)
        for row in rows.order_by("department", "pk")
    }
    ordered = sorted(named.values(), key=lambda pair: (pair[0].sort_key, pair[0].code))
    return [(person.pk, f"{person} ({name})" if name else str(person)) for person, name in ordered]
