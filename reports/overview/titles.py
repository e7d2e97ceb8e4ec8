"""What a report is called, and what is written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.words import date_range
from accounts.words import quarter as quarter_in_words
from reports.models import AnnualReport, QuarterlyReport, WeeklyReport

if TYPE_CHECKING:
    from reports.models.report import Report

TEXTS = ("results", "difficulties", "lessons", "proposals", "self_assessment")


def title_of(report: Report | AnnualReport) -> str:
    if isinstance(report, AnnualReport):
        return _("Annual report %(year)d") % {"year": report.year}
    if isinstance(report, WeeklyReport):
        week = report.week
        return _("Report of week %(number)d (%(days)s)") % {
            "number": week.number,
            "days": date_range(week.monday, week.sunday),
        }
    if isinstance(report, QuarterlyReport):
        return _("Report of %(quarter)s") % {"quarter": quarter_in_words(report.quarter)}
    raise TypeError(report)


def texts_of(report: Report | AnnualReport) -> list[tuple[str, str]]:
    """What was written, each with its name; what was left empty is left out."""
    names = {field.name: field.verbose_name for field in report._meta.concrete_fields}  # noqa: SLF001 -- the documented model API
    return [
        (capfirst(str(names[name])), getattr(report, name))
        for name in TEXTS
        if getattr(report, name, "")
    ]
