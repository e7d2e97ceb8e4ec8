"""The written report of a week (R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from fieldvisits.calendar import Week
from reports.choices import WeeklyState

if TYPE_CHECKING:
    from accounts.models import Person


class WeeklyReportQuerySet(models.QuerySet["WeeklyReport"]):
    def for_week(self, week: Week) -> WeeklyReportQuerySet:
        return self.filter(year=week.year, number=week.number)

    def visible_to(self, person: Person) -> WeeklyReportQuerySet:
        """Own reports; submitted ones of the department one heads; all for the committee."""
        today = timezone.localdate()
        offices = person.offices(today)
        filed = ~Q(state=WeeklyState.DRAFT)
        seen = Q(person=person)
        if offices.is_on_committee:
            seen |= filed
        elif offices.headed_id:
            members = Appointment.objects.on(today).filter(department=offices.headed_id)
            seen |= filed & Q(person__in=members.values("person"))
        return self.filter(seen)


class WeeklyReport(models.Model):
    """What one cadre reports of one ISO week; the week belongs to the year of its number."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="weekly_reports"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("week"))
    # When it was first submitted; this decides between on time and late, whatever follows.
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    results = models.TextField(_("results"), max_length=8000, blank=True)
    difficulties = models.TextField(_("difficulties"), max_length=8000, blank=True)
    proposals = models.TextField(_("proposals"), max_length=8000, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=WeeklyState, default=WeeklyState.DRAFT, editable=False
    )

    objects = WeeklyReportQuerySet.as_manager()

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
        indexes = [models.Index(fields=["year", "person"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.week}"

    @property
    def week(self) -> Week:
        return Week(self.year, self.number)
