"""The written report of a week (R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fieldvisits.calendar import Week
from reports.choices import WeeklyState
from reports.models.report import Report, ReportQuerySet

if TYPE_CHECKING:
    from datetime import date


class WeeklyReport(Report):
    """What one cadre reports of one ISO week; the week belongs to the year of its number."""

    PATH: ClassVar[str] = "weekly_report"

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("week"))
    state = models.CharField(
        _("state"), max_length=12, choices=WeeklyState, default=WeeklyState.DRAFT, editable=False
    )
    # "Nothing to report" is a valid report (R12).
    has_nothing = models.BooleanField(_("nothing to report"), default=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("weekly report")
        verbose_name_plural = _("weekly reports")
        ordering = ["-year", "-number", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year", "number"],
                name="one_weekly_report_per_person_and_week",
                violation_error_message=_("There is already a report for this week."),
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, 53)), name="weekly_report_week_is_1_to_53"
            ),
            models.CheckConstraint(
                condition=Q(state=WeeklyState.DRAFT) | Q(submitted_at__isnull=False),
                name="weekly_report_past_draft_was_submitted",
            ),
        ]
        indexes = [
            models.Index(fields=["year", "person"]),
            models.Index(fields=["superior", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.week}"

    def get_absolute_url(self) -> str:
        return reverse("reports:weekly-detail", args=[self.pk])

    @property
    def week(self) -> Week:
        return Week(self.year, self.number)

    @property
    def last_day(self) -> date:
        return self.week.sunday
