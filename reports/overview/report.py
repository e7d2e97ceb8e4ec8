"""One report as its page shows it: the visits it is about, what was said, who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.looks import Look, look_key, look_of
from accounts.words import date_range
from fieldvisits.choices import ProductState, Session, VisitKind, VisitState
from fieldvisits.overview.words import comrade, history, since
from fieldvisits.workflow import open_to
from reports import contents, permissions
from reports.models import WeeklyReport
from reports.overview.issues import issues_of, may_raise
from reports.overview.titles import texts_of, title_of

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.workflow import Transition
    from reports.models import Issue
    from reports.models.report import Report

FIGURES = ("planned", "approved", "carried_out", "accepted")


@dataclass(frozen=True, slots=True)
class VisitRow:
    unit: str
    days: str
    session: str
    kind: str
    state: str
    state_label: str
    look: Look
    product: str
    result: str


@dataclass(frozen=True, slots=True)
class KindRow:
    label: str
    half_days: list[int]
    visits: list[int]


@dataclass(frozen=True)
class ReportPage:
    report: Any
    title: str
    facts: dict[str, Any]
    texts: list[tuple[str, str]]
    visits: list[VisitRow]
    kinds: list[KindRow]
    total: KindRow | None
    as_of: date | None
    buttons: list[Transition]
    history: list[dict[str, Any]]
    said: str  # what the superior wrote when returning it
    issues: list[Issue]  # raised from it
    raises: bool  # whether one may be raised


def report_page(report: Report, person: Person, *, today: date) -> ReportPage:
    """Read what the page of ``report`` shows: frozen once it has been submitted."""
    steps = list(report.steps.select_related("by", "on_behalf_of"))
    content = content_shown(report)
    returned = [step for step in steps if step.name == "return"]
    return ReportPage(
        report=report,
        title=title_of(report),
        facts=facts_of(report, person, today),
        texts=texts_of(report),
        visits=visit_rows(content),
        **figures_shown(content),
        buttons=open_to(person, report),
        history=history(report, steps),
        said=returned[-1].comment if returned and report.state == "returned" else "",
        issues=issues_of(report, person),
        raises=may_raise(report, person),
    )


def content_shown(report: Report) -> dict[str, Any]:
    """What was frozen last, once it is sent; as it would be frozen now, while it is written."""
    if not report.is_with_writer and (frozen := report.versions.order_by("-number").first()):
        found: dict[str, Any] = frozen.content
        return found
    live = contents.weekly_content if isinstance(report, WeeklyReport) else None
    return live(report) if live else contents.quarterly_content(report)  # type: ignore[arg-type]  # the other kind


def figures_shown(content: dict[str, Any]) -> dict[str, Any]:
    """The table of a quarter: half-days by kind; nothing for a week."""
    if "kinds" not in content:
        return {"kinds": [], "total": None, "as_of": None}
    labels = dict(VisitKind.choices)
    rows = [_kind_row(labels[line["kind"]], line) for line in content["kinds"]]
    return {
        "kinds": [row for row in rows if any(row.half_days)],
        "total": _kind_row(_("Days in all"), content["total"]),
        "as_of": date.fromisoformat(content["as_of"]),
    }


def _kind_row(label: Any, line: dict[str, Any]) -> KindRow:
    return KindRow(
        str(label),
        [round(2 * line[name]) for name in FIGURES],
        [line["visits"][name] for name in FIGURES],
    )


def visit_rows(content: dict[str, Any]) -> list[VisitRow]:
    return [
        VisitRow(
            unit=row["unit_name"],
            days=date_range(
                date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
            ),
            session=str(Session(row["session"]).label),
            kind=str(VisitKind(row["kind"]).label),
            state=row["state"],
            state_label=str(VisitState(row["state"]).label),
            look=look_of("visit", row["state"]),
            product=_product(row),
            result=row["result"],
        )
        for row in content["visits"]
    ]


def _product(row: dict[str, Any]) -> str:
    if row["kind"] != VisitKind.THEMATIC:
        return ""
    return str(ProductState(row["product"]).label)


def facts_of(report: Report, person: Person, today: date) -> dict[str, Any]:
    """The line every paper opens with."""
    look = look_of(*look_key(report._meta.model_name or "", "state", report.state))  # noqa: SLF001 -- the documented model API
    holder, following = _holder(report, person)
    facts: dict[str, Any] = {
        "state_label": report.get_state_display(),
        "tone": look.tone,
        "shape": look.shape,
        "holder": capfirst(holder),
        "since": since(report.moved_at, today),
        "next_step": following,
    }
    if report.submitted_at:
        first = date_format(timezone.localtime(report.submitted_at), "d/m/Y H:i")
        facts["extra"] = [(_("First submitted"), first)]
    return facts


def _holder(report: Report, person: Person) -> tuple[str, str]:
    if report.is_with_writer:
        return comrade(report.person), _("Submit it to the superior")
    if report.state != "submitted":
        return "", _("Nothing more happens")
    if report.superior_id is None:
        return "", _("Taken over from earlier records; it waits for nobody")
    decides = permissions.superior_of(report, person) or report.superior
    following = (
        _("Read it and acknowledge it")
        if isinstance(report, WeeklyReport)
        else _("Accept it or return it with a word")
    )
    return comrade(decides), following
