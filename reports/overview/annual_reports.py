"""Annual reports of the departments: one with its figures, and the list of a year (R11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.looks import look_key, look_of
from accounts.permissions import superiors_for
from fieldvisits.models import Regulation
from fieldvisits.overview.names import DepartmentNames
from fieldvisits.overview.words import comrade, history, since
from fieldvisits.workflow import open_to
from reports import contents, permissions
from reports.choices import AnnualState, WeekState
from reports.models import AnnualReport
from reports.overview.titles import texts_of, title_of
from reports.overview.written import quarter_standing

if TYPE_CHECKING:
    from accounts.models import Department, Person
    from fieldvisits.workflow import Transition


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The figures of the department as one step froze them."""

    as_of: date
    sums: dict[str, Any]
    content_hash: str
    is_addendum: bool


@dataclass(frozen=True)
class AnnualPage:
    report: AnnualReport
    title: str
    facts: dict[str, Any]
    texts: list[tuple[str, str]]
    figures: Figures
    snapshots: list[Snapshot]
    buttons: list[Transition]
    history: list[dict[str, Any]]
    said: str  # what was written when it was returned


@dataclass(frozen=True, slots=True)
class Figures:
    """``people`` is empty for whoever may not see the figures of persons."""

    as_of: date
    sums: dict[str, Any]
    people: list[dict[str, Any]]
    issues: dict[str, int] | None  # None: frozen before they were counted
    is_frozen: bool


def annual_page(report: AnnualReport, person: Person, *, today: date) -> AnnualPage:
    """Read what the page of ``report`` shows: frozen once it has been submitted."""
    steps: list[Any] = list(report.steps.select_related("by", "on_behalf_of"))
    versions = list(report.versions.order_by("number"))
    returned = [step for step in steps if step.name == "return"]
    frozen = versions[-1].content if versions and not report.is_with_department else None
    return AnnualPage(
        report=report,
        title=title_of(report),
        facts=_facts(report, person, today),
        texts=texts_of(report),
        figures=figures_of(report, person, frozen),
        snapshots=[_snapshot(version, steps) for version in reversed(versions)],
        buttons=open_to(person, report),
        history=history(report, steps),
        said=returned[-1].comment if returned and report.is_with_department else "",
    )


def figures_of(
    report: AnnualReport, person: Person, frozen: dict[str, Any] | None = None
) -> Figures:
    """The figures in ``frozen``; without it as they would be frozen now."""
    content = frozen or contents.annual_content(report)
    summary = content["summary"]
    row = _row_of(summary)
    sees = person.offices(timezone.localdate()).sees_everybody or bool(
        permissions.head_of_annual(person, report)
    )
    return Figures(
        as_of=date.fromisoformat(summary["as_of"]),
        sums=row,
        people=row["people"] if sees else [],
        issues=content.get("issues"),
        is_frozen=frozen is not None,
    )


def _row_of(summary: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = summary["departments"][0]
    return found


def _snapshot(version: Any, steps: list[Any]) -> Snapshot:
    summary = version.content["summary"]
    name = next((step.name for step in steps if step.number == version.number), "")
    return Snapshot(
        as_of=date.fromisoformat(summary["as_of"]),
        sums=_row_of(summary),
        content_hash=version.content_hash,
        is_addendum=name == "addendum",
    )


def _facts(report: AnnualReport, person: Person, today: date) -> dict[str, Any]:
    """The line every paper opens with."""
    look = look_of(*look_key("annualreport", "state", report.state))
    holder, following = _holder(report, person, today)
    facts: dict[str, Any] = {
        "state_label": report.get_state_display(),
        "tone": look.tone,
        "shape": look.shape,
        "holder": capfirst(holder),
        "since": since(report.moved_at, today),
        "next_step": following,
    }
    due_on = Regulation.objects.for_year(report.year).annual_due_on(report.year)
    facts["extra"] = [(_("Last day on time"), f"{due_on:%d/%m/%Y}")]
    if report.submitted_at:
        first = date_format(timezone.localtime(report.submitted_at), "d/m/Y H:i")
        standing = quarter_standing(report, due_on, today)  # type: ignore[arg-type]  # it was submitted alike
        if standing:
            first = f"{first} ({standing.label})"
        facts["extra"].append((_("First submitted"), first))
    return facts


def _holder(report: AnnualReport, person: Person, today: date) -> tuple[str, str]:
    if report.state == AnnualState.COMPILING:
        head = superiors_for(person, today).heads.get(report.department_id)
        return comrade(head), _("The head submits it")
    if report.state == AnnualState.WITH_COORDINATION:
        return _("Organisation and Inspection"), _("Put it before the Standing Committee")
    if report.state == AnnualState.BEFORE_COMMITTEE:
        return _("the Standing Committee"), _("A member receives it, or returns it with a word")
    return "", _("Changes of the figures go into an addendum")


# --- The list of a year -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A department that owes the report of the year; ``state_label`` as far as it is known."""

    name: str
    code: str
    report: AnnualReport | None
    is_seen: bool
    standing: WeekState | None
    since: str
    can_write: bool
    steps: list[Transition]

    @property
    def state_label(self) -> str:
        """What a department has not submitted is its own affair; that it has not is not."""
        if self.report is None or self.report.submitted_at is None:
            return _("Being compiled") if self.is_seen else _("Not submitted")
        if self.report.is_with_department:
            return _("With the department again")
        return str(self.report.get_state_display())

    @property
    def look(self) -> tuple[str, str]:
        """Of its state."""
        if self.report is None or self.report.is_with_department:
            returned = self.report is not None and self.report.submitted_at is not None
            return ("warn", "returned") if returned else ("", "open")
        return look_of("annual", self.report.state)

    @property
    def look_of_standing(self) -> tuple[str, str]:
        return look_of("week", self.standing.value) if self.standing else ("", "open")


@dataclass(frozen=True)
class AnnualList:
    year: int
    due_on: date
    rows: list[Row]

    @property
    def submitted(self) -> int:
        return sum(
            row.report is not None and row.report.submitted_at is not None for row in self.rows
        )

    @property
    def late(self) -> int:
        return sum(row.standing == WeekState.LATE for row in self.rows)

    @property
    def missing(self) -> int:
        """Not submitted, whether the day has gone by or not."""
        return len(self.rows) - self.submitted


def annual_list(person: Person, year: int, today: date) -> AnnualList:
    """Every department of the year; for who leads one, that one. Five queries."""
    due_on = Regulation.objects.for_year(year).annual_due_on(year)
    names = DepartmentNames.read()
    reports = {
        report.department_id: report
        for report in AnnualReport.objects.filter(year=year).select_related("department")
    }
    seen = set(
        AnnualReport.objects.visible_to(person).filter(year=year).values_list("pk", flat=True)
    )
    rows = []
    for department in _departments(person, names, reports, due_on, today):
        report = reports.get(department.pk)
        is_seen = report is not None and report.pk in seen
        can_write = (report is None or report.is_with_department) and bool(
            permissions.compiles_annual(person, department.pk)
        )
        rows.append(
            Row(
                name=names.full(department.pk, min(today, due_on)),
                code=department.code,
                report=report,
                is_seen=is_seen,
                standing=quarter_standing(report, due_on, today),  # type: ignore[arg-type]  # it is submitted alike
                since=since(report.moved_at, today) if report and report.submitted_at else "",
                can_write=can_write,
                steps=open_to(person, report) if report and is_seen else [],
            )
        )
    return AnnualList(year, due_on, rows)


def _departments(
    person: Person,
    names: DepartmentNames,
    reports: dict[int, AnnualReport],
    due_on: date,
    today: date,
) -> list[Department]:
    """Those that existed on the due day, and those that have reported all the same."""
    existing = {department.pk: department for department in names.existing_on(due_on)}
    found = existing | {pk: report.department for pk, report in reports.items()}
    listed = sorted(found.values(), key=lambda department: department.code)
    if person.offices(today).sees_all_departments:
        return listed
    return [
        department for department in listed if permissions.compiles_annual(person, department.pk)
    ]
