"""The annual report of a department (R11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.department import of_headed
from fieldvisits.models.paper import Paper
from reports.choices import AnnualState
from reports.models.history import acted_on
from reports.models.report import LONGEST

if TYPE_CHECKING:
    from accounts.models import Person
    from accounts.models.appointment import Offices

WITH_COMMITTEE = (AnnualState.BEFORE_COMMITTEE, AnnualState.RECEIVED)


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    def visible_to(self, person: Person) -> AnnualReportQuerySet:
        """Who leads the department; TCKT once submitted; the committee once put before it.

        It carries the figures of persons, so it does not go further. Who acted on it keeps
        sight of it, except while the department is at work on it.
        """
        offices = person.offices(timezone.localdate())
        filed = ~Q(state=AnnualState.COMPILING)
        seen = filed & acted_on(person, AnnualReport.PATH)
        if offices.is_coordinator:
            seen |= filed
        if offices.is_on_committee:
            seen |= Q(state__in=WITH_COMMITTEE)
        return self.filter(seen | _led(offices))

    def led_by(self, person: Person) -> AnnualReportQuerySet:
        """Of the department that ``person`` leads as head or deputy, and those it took over."""
        return self.filter(_led(person.offices(timezone.localdate())))

    def filed(self) -> AnnualReportQuerySet:
        """Those that are not with their department."""
        return self.exclude(state=AnnualState.COMPILING)

    def returned(self) -> AnnualReportQuerySet:
        """Submitted before, and with the department again."""
        return self.filter(state=AnnualState.COMPILING, submitted_at__isnull=False)


def _led(offices: Offices) -> Q:
    if offices.headed_id:
        return of_headed(offices.headed_id, offices.on)
    return Q(department=offices.department_id if offices.leads_department else 0)


class AnnualReport(Paper):
    """What one department reports of one year; its figures are frozen with every submission.

    ``revision`` counts rewrites while it is being compiled.
    """

    PATH: ClassVar[str] = "annual_report"

    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="annual_reports"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=AnnualState,
        default=AnnualState.COMPILING,
        editable=False,
    )
    # When it was first submitted; this decides between on time and late, whatever follows.
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    results = models.TextField(_("results"), max_length=LONGEST, blank=True)
    difficulties = models.TextField(_("difficulties"), max_length=LONGEST, blank=True)
    lessons = models.TextField(_("lessons"), max_length=LONGEST, blank=True)
    proposals = models.TextField(_("proposals"), max_length=LONGEST, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        ordering = ["-year", "department"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "year"],
                name="one_annual_report_per_department_and_year",
                violation_error_message=_("There is already a report for this year."),
            ),
            models.CheckConstraint(
                condition=Q(state=AnnualState.COMPILING) | Q(submitted_at__isnull=False),
                name="annual_report_past_compiling_was_submitted",
            ),
        ]
        indexes = [models.Index(fields=["year", "state"])]

    def __str__(self) -> str:
        return f"{self.department}, {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("reports:annual-report-detail", args=[self.pk])

    @property
    def is_with_department(self) -> bool:
        return self.state == AnnualState.COMPILING
