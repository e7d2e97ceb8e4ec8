"""The report of a quarter: plan against done, with products (R10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fieldvisits.calendar import Quarter
from reports.choices import QuarterlyState
from reports.models.report import LONGEST, Report, ReportQuerySet

if TYPE_CHECKING:
    from datetime import date


class QuarterlyReportQuerySet(ReportQuerySet):
    def for_quarter(self, quarter: Quarter) -> QuarterlyReportQuerySet:
        return self.filter(year=quarter.year, quarter_number=quarter.number)


class QuarterlyReport(Report):
    """What one cadre reports of one quarter; its numbers are frozen with every submission."""

    PATH: ClassVar[str] = "quarterly_report"

    year = models.PositiveSmallIntegerField(_("year"))
    quarter_number = models.PositiveSmallIntegerField(_("quarter"))
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=QuarterlyState,
        default=QuarterlyState.DRAFT,
        editable=False,
    )
    self_assessment = models.TextField(
        _("own assessment against the plan"), max_length=LONGEST, blank=True
    )

    objects = QuarterlyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarterly report")
        verbose_name_plural = _("quarterly reports")
        ordering = ["-year", "-quarter_number", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year", "quarter_number"],
                name="one_quarterly_report_per_person_and_quarter",
                violation_error_message=_("There is already a report for this quarter."),
            ),
            models.CheckConstraint(
                condition=Q(quarter_number__range=(1, 4)), name="quarterly_report_is_of_1_to_4"
            ),
            models.CheckConstraint(
                condition=Q(state=QuarterlyState.DRAFT) | Q(submitted_at__isnull=False),
                name="quarterly_report_past_draft_was_submitted",
            ),
        ]
        indexes = [models.Index(fields=["superior", "state"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.quarter}"

    def get_absolute_url(self) -> str:
        return reverse("reports:quarterly-detail", args=[self.pk])

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.year, self.quarter_number)

    @property
    def last_day(self) -> date:
        return self.quarter.last_day
