"""The histories of what is reported; written by the one door, append-only."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from fieldvisits.models.paper import StepFields, VersionFields, exactly_one, one_per_number

PAPERS = ("weekly_report", "quarterly_report", "annual_report", "issue")


def _of(model: str, name: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(model, models.PROTECT, null=True, related_name=name)


class ReportStep(StepFields):
    """One row of history of a report."""

    weekly_report = _of("reports.WeeklyReport", "steps")
    quarterly_report = _of("reports.QuarterlyReport", "steps")
    annual_report = _of("reports.AnnualReport", "steps")
    issue = _of("reports.Issue", "steps")

    class Meta(StepFields.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            exactly_one(PAPERS, "report_step_is_about_one_paper"),
            *one_per_number(PAPERS, "one_step_per_%s_version"),
        ]


class ReportVersion(VersionFields):
    """The frozen content of a report."""

    weekly_report = _of("reports.WeeklyReport", "versions")
    quarterly_report = _of("reports.QuarterlyReport", "versions")
    annual_report = _of("reports.AnnualReport", "versions")
    issue = _of("reports.Issue", "versions")

    class Meta(VersionFields.Meta):
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            exactly_one(PAPERS, "report_version_is_of_one_paper"),
            *one_per_number(PAPERS, "one_frozen_%s_version"),
        ]


def acted_on(person: Person, paper: str) -> Q:
    """Reports on which ``person`` took a step: who acted on one keeps sight of it."""
    steps = ReportStep.objects.filter(by=person, **{f"{paper}__isnull": False})
    return Q(pk__in=steps.values(f"{paper}_id"))
