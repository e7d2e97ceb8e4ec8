"""The reports on a path of their own, brought to the planner's one door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from fieldvisits.overview.step import About
from fieldvisits.papers import add_paper
from reports import contents, workflow
from reports.actions import annual_reports, issues, writing
from reports.choices import AnnualState, IssueState, QuarterlyState, WeeklyState
from reports.models import AnnualReport, Issue, QuarterlyReport, WeeklyReport
from reports.notices import annual_reports as annual_notices
from reports.notices import issues as issue_notices
from reports.notices import written
from reports.overview.titles import texts_of, title_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from accounts.models import Person
    from reports.models.report import Report


def join_in() -> None:
    """Called once, when the app is ready."""
    _weekly_and_quarterly()
    _annual()
    _issues()


def _weekly_and_quarterly() -> None:
    add_paper(
        WeeklyReport,
        path=workflow.WEEKLY,
        initial=WeeklyState.DRAFT,
        content=contents.weekly_content,
        tell=written.WEEKLY,
        actions={
            "submit": writing.submit,
            "withdraw": writing.withdraw,
            "acknowledge": writing.acknowledge,
        },
        seen=_seen(WeeklyReport),
        about=_about,
        who=workflow.WHO,
    )
    add_paper(
        QuarterlyReport,
        path=workflow.QUARTERLY,
        initial=QuarterlyState.DRAFT,
        content=contents.quarterly_content,
        tell=written.QUARTERLY,
        actions={
            "submit": writing.submit,
            "withdraw": writing.withdraw,
            "accept": writing.accept,
            "return": writing.send_back,
        },
        seen=_seen(QuarterlyReport),
        about=_about,
        who=workflow.WHO,
    )


def _annual() -> None:
    add_paper(
        AnnualReport,
        path=workflow.ANNUAL,
        initial=AnnualState.COMPILING,
        content=contents.annual_content,
        tell=annual_notices.ANNUAL,
        actions={
            "submit": annual_reports.submit,
            "recall": annual_reports.recall,
            "put_before": annual_reports.put_before,
            "take_back": annual_reports.take_back,
            "return": annual_reports.send_back,
            "receive": annual_reports.receive,
            "addendum": annual_reports.add,
        },
        seen=lambda person: AnnualReport.objects.visible_to(person).select_related("department"),
        about=_about_year,
        who=workflow.WHO,
    )


def _issues() -> None:
    add_paper(
        Issue,
        path=workflow.ISSUE,
        initial=IssueState.OPEN,
        content=contents.issue_content,
        tell=issue_notices.ISSUE,
        actions={"answer": issues.answer, "close": issues.close, "reopen": issues.reopen},
        seen=lambda person: Issue.objects.visible_to(person).select_related("owner", "raised_by"),
        about=_about_issue,
        who=workflow.WHO,
    )


def _seen(model: Any) -> Callable[[Person], QuerySet[Any]]:
    return lambda person: model.objects.visible_to(person).select_related("person", "superior")


def _about(report: Report, _person: Person) -> About:
    pairs: list[tuple[str, Any]] = [(_("Cadre"), report.person)]
    if getattr(report, "has_nothing", False):
        pairs.append((_("Content"), _("Nothing to report")))
    return About(title_of(report), report.get_absolute_url(), pairs + texts_of(report))


def _about_year(report: AnnualReport, _person: Person) -> About:
    pairs: list[tuple[str, Any]] = [(_("Department"), report.department)]
    return About(title_of(report), report.get_absolute_url(), pairs + texts_of(report))


def _about_issue(issue: Issue, _person: Person) -> About:
    pairs: list[tuple[str, Any]] = [
        (_("Issue"), issue.text),
        (_("Raised by"), issue.raised_by),
        (_("Owner"), issue.owner),
    ]
    if issue.due_on:
        pairs.append((_("Due"), f"{issue.due_on:%d/%m/%Y}"))
    if issue.answer:
        pairs.append((_("Answer"), issue.answer))
    return About(issue.title, issue.get_absolute_url(), pairs)
