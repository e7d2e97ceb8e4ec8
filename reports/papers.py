"""The reports on a path of their own, brought to the planner's one door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.words import date_range
from accounts.words import quarter as quarter_in_words
from fieldvisits.overview.step import About
from fieldvisits.papers import add_paper
from reports import contents, workflow
from reports.actions import writing
from reports.choices import QuarterlyState, WeeklyState
from reports.models import QuarterlyReport, WeeklyReport
from reports.notices import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from accounts.models import Person
    from reports.models.report import Report

TEXTS = ("results", "difficulties", "proposals", "self_assessment")


def join_in() -> None:
    """Called once, when the app is ready."""
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


def _seen(model: Any) -> Callable[[Person], QuerySet[Any]]:
    return lambda person: model.objects.visible_to(person).select_related("person", "superior")


def title_of(report: Report) -> str:
    if isinstance(report, WeeklyReport):
        week = report.week
        return _("Report of week %(number)d (%(days)s)") % {
            "number": week.number,
            "days": date_range(week.monday, week.sunday),
        }
    return _("Report of %(quarter)s") % {"quarter": quarter_in_words(report.quarter)}  # type: ignore[attr-defined]  # the other kind


def _about(report: Report, _person: Person) -> About:
    pairs = [(_("Cadre"), report.person)]
    if getattr(report, "has_nothing", False):
        pairs.append((_("Content"), _("Nothing to report")))
    for name in TEXTS:
        if text := getattr(report, name, ""):
            label = type(report)._meta.get_field(name).verbose_name  # noqa: SLF001 -- the documented model API
            pairs.append((str(label).capitalize(), text))
    return About(title_of(report), report.get_absolute_url(), pairs)
