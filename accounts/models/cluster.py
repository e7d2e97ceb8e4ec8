"""Emulation clusters (cụm thi đua): units grouped for a time (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.period import Period, PeriodQuerySet, ends_after_start

if TYPE_CHECKING:
    from datetime import date


class EmulationCluster(Period):
    """A cluster as of its period; which units are in it when are rows of their own."""

    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("emulation cluster")
        verbose_name_plural = _("emulation clusters")
        ordering = ["starts_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "starts_on"],
                name="one_cluster_per_name_and_day",
                violation_error_message=_("There is already a cluster of this name."),
            ),
            ends_after_start("cluster_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(PeriodQuerySet):
    def overlapping(self, first: date, last: date | None) -> Self:
        """Rows in force on a day from ``first`` on, up to ``last`` or for ever."""
        rows = self.filter(Q(ends_on=None) | Q(ends_on__gte=first))
        return rows if last is None else rows.filter(starts_on__lte=last)


class ClusterMembership(Period):
    """A unit belongs to a cluster from a day to a day; to at most one on any day.

    Overlaps are refused by the action, and by PostgreSQL itself; the two unique
    constraints hold on SQLite as well.
    """

    cluster = models.ForeignKey(EmulationCluster, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="cluster_memberships")

    objects = MembershipQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base's

    class Meta:
        verbose_name = _("membership of a cluster")
        verbose_name_plural = _("memberships of clusters")
        ordering = ["unit", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "starts_on"], name="one_cluster_per_unit_and_first_day"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ends_on=None), name="one_open_cluster_per_unit"
            ),
            ends_after_start("membership_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.cluster}"
