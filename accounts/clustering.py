"""Emulation clusters, read (R22): who keeps them, which unit is in which on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ClusterMembership, EmulationCluster
from accounts.models.responsible import under_the_city
from accounts.permissions import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from accounts.models import Person, UnitVersion


def keeps_clusters(by: Person) -> Verdict:
    if by.offices(timezone.localdate()).is_administrator:
        return ALLOWED
    return denied(_("Only the administrator enters emulation clusters and their units."))


def clusters_on(day: date) -> QuerySet[EmulationCluster]:
    return EmulationCluster.objects.on(day).order_by("name", "pk")


def members_on(day: date) -> dict[int, int]:
    """Return {unit id: cluster id} of a day: one query."""
    rows = ClusterMembership.objects.on(day).order_by()
    return dict(rows.values_list("unit_id", "cluster_id"))


def may_join(day: date) -> QuerySet[UnitVersion]:
    """Units directly under the city on ``day`` that are in no cluster then or later."""
    taken = ClusterMembership.objects.overlapping(day, None).values("unit")
    return under_the_city(day).exclude(unit__in=taken)
