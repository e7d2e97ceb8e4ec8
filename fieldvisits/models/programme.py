"""The year's programme of work (R23): what the agency organises, and when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import for_units
from accounts.text import search_text
from fieldvisits.choices import ActivityEnd

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.calendar import Quarter

NEAR = timedelta(days=31)


class ProgrammeActivityQuerySet(models.QuerySet["ProgrammeActivity"]):
    def visible_to(self, person: Person) -> ProgrammeActivityQuerySet:
        """The agency sees all; a unit those it hosts, or that lie below it on their first day."""
        offices = person.offices(timezone.localdate())
        if offices.is_in_agency:
            return self
        return self.filter(for_units(offices.unit_ids, unit="host_unit"))

    def matching(self, words: str) -> ProgrammeActivityQuerySet:
        return self.filter(search_text__contains=search_text(words))

    def touching(self, first: date, last: date) -> ProgrammeActivityQuerySet:
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def near(self, quarter: Quarter) -> ProgrammeActivityQuerySet:
        """Those a visit of the quarter can belong to: of its year, at most a month away."""
        rows = self.filter(year=quarter.year).exclude(closed_as=ActivityEnd.CANCELLED)
        return rows.touching(quarter.first_day - NEAR, quarter.last_day + NEAR)

    def in_order(self) -> ProgrammeActivityQuerySet:
        return self.order_by("starts_on", "ends_on", "pk")


class ProgrammeActivity(models.Model):
    """One line of the programme; visits of kind ``joint_activity`` attach to it (R23).

    It is closed, held or cancelled, as of a day, and never deleted once a visit hangs on it.
    """

    # Names it in frozen contents: titles are corrected, codes are not.
    code = models.CharField(_("code"), max_length=40, unique=True, editable=False)
    # The programme it belongs to: the year of its first day.
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    title = models.CharField(_("activity"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    department = models.ForeignKey(
        "accounts.Department",
        models.PROTECT,
        related_name="activities",
        verbose_name=_("department in charge"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("person in charge"),
    )
    host_unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities_hosted",
        verbose_name=_("unit hosting it"),
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    closed_as = models.CharField(max_length=10, choices=ActivityEnd, blank=True, editable=False)
    closed_on = models.DateField(null=True, editable=False)
    closing_note = models.CharField(max_length=300, blank=True, editable=False)
    # Counts rewrites, so that a form opened earlier is noticed.
    revision = models.PositiveIntegerField(default=0, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="activities_changed"
    )
    changed_at = models.DateTimeField(editable=False)
    search_text = models.CharField(max_length=250, editable=False)

    objects = ProgrammeActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity of the programme")
        verbose_name_plural = _("activities of the programme")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="activity_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(closed_as="", closed_on=None)
                | (~Q(closed_as="") & Q(closed_on__isnull=False)),
                name="activity_is_closed_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["year", "starts_on"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("fieldvisits:activity-detail", args=[self.pk])

    @property
    def is_cancelled(self) -> bool:
        return self.closed_as == ActivityEnd.CANCELLED

    def index(self) -> ProgrammeActivity:
        """Derive the year and what is searched; the caller saves."""
        self.year = self.starts_on.year
        self.search_text = search_text(self.title)[:250]
        return self
