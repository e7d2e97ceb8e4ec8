"""The day ledger: one row per (visit, date, half-day), and monthly totals kept from it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fieldvisits.choices import (
    Confirmation,
    Half,
    Origin,
    ProductState,
    VisitKind,
    VisitState,
)


class LedgerEntry(models.Model):
    """One half-day claimed by one visit, with what a total needs on the row itself.

    Written by ``fieldvisits.ledger.keeping`` in the transaction of whatever changes the
    visit. The database keeps two unshared live visits out of one slot (R18).
    """

    visit = models.ForeignKey("fieldvisits.Visit", models.CASCADE, related_name="ledger")
    cadre = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ledger")
    date = models.DateField()
    half = models.CharField(max_length=2, choices=Half)
    code = models.CharField(max_length=40)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="ledger")
    # Where the cadre belonged on the date; a committee member without department has a flag.
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, related_name="ledger"
    )
    on_committee = models.BooleanField(default=False)
    kind = models.CharField(max_length=20, choices=VisitKind)
    counts = models.BooleanField()
    origin = models.CharField(max_length=8, choices=Origin)
    state = models.CharField(max_length=12, choices=VisitState)
    product = models.CharField(max_length=10, choices=ProductState)
    confirmation = models.CharField(max_length=10, choices=Confirmation)
    live = models.BooleanField()
    shared = models.BooleanField()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["cadre", "date", "half", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "date", "half"], name="one_entry_per_visit_and_slot"
            ),
            models.UniqueConstraint(
                fields=["cadre", "date", "half"],
                condition=Q(live=True, shared=False),
                name="one_unshared_visit_per_slot",
                violation_error_message=_("Another visit already takes this half-day."),
            ),
        ]
        indexes = [
            models.Index(fields=["cadre", "date", "half"]),
            models.Index(fields=["date", "department"]),
            models.Index(fields=["unit", "date"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.date} {self.half}"


class CadreLedger(models.Model):
    """One row per cadre; advancing it makes changes to one cadre's days take turns."""

    cadre = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="day_ledger"
    )
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.cadre}: {self.version}"


def _half_days() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(default=0)


class MonthTotal(models.Model):
    """Distinct half-days of one cadre in one month, per department belonged to.

    Nothing here depends on what day it is: ``fieldvisits.ledger.totals`` adds up whole
    months and reads the ledger for the month the as-of day falls into.
    """

    cadre = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="month_totals")
    month = models.DateField(help_text="First day of the month.")
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, related_name="month_totals"
    )
    on_committee = models.BooleanField(default=False)
    planned = _half_days()
    approved = _half_days()
    standing = _half_days()  # approved, reported or accepted, and not denied
    awaiting = _half_days()  # approved only, not carried out by another visit
    carried_out = _half_days()
    accepted = _half_days()
    provisional = _half_days()
    confirmed = _half_days()
    ad_hoc = _half_days()  # of carried_out
    event_attendance = _half_days()
    denied = _half_days()
    # Of accepted, by kind.
    thematic = _half_days()
    joint_activity = _half_days()
    inspection = _half_days()
    congress_guidance = _half_days()
    session_attendance = _half_days()
    working_session = _half_days()

    class Meta:
        verbose_name = _("monthly total")
        verbose_name_plural = _("monthly totals")
        ordering = ["cadre", "month", "department"]
        indexes = [
            models.Index(fields=["cadre", "month"]),
            models.Index(fields=["month", "department"]),
        ]

    def __str__(self) -> str:
        return f"{self.cadre} {self.month:%m/%Y}"
