"""Emulation clusters: naming them, and which units join and leave when (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import words
from accounts.clustering import keeps_clusters
from accounts.models import ClusterMembership, EmulationCluster, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from accounts.models import Person


def _require_right(by: Person) -> None:
    if not (verdict := keeps_clusters(by)):
        raise PermissionDenied(str(verdict.reason))


@transaction.atomic
def save(cluster: EmulationCluster, *, by: Person) -> EmulationCluster:
    """Write a cluster, a new one or a changed one; its units stay within its period.

    Raises ``ValidationError`` by field: a name taken, days in the wrong order, a unit that
    would stand outside.
    """
    _require_right(by)
    if cluster.pk is None:
        same = EmulationCluster.objects.filter(
            name=cluster.name, starts_on=cluster.starts_on, ends_on=cluster.ends_on
        )
        if found := same.first():  # pressed twice (B4)
            return found
    cluster.full_clean()
    if cluster.pk is not None:
        _keep_members_inside(cluster)
    cluster.save()
    return cluster


def _keep_members_inside(cluster: EmulationCluster) -> None:
    """A cluster that ends takes its units out with it; it does not begin after they joined."""
    if cluster.memberships.filter(starts_on__lt=cluster.starts_on).exists():
        raise ValidationError({"starts_on": _("Units belong to it since before this day.")})
    if cluster.ends_on is None:
        return
    if cluster.memberships.filter(starts_on__gt=cluster.ends_on).exists():
        raise ValidationError({"ends_on": _("Units join it after this day.")})
    cluster.memberships.overlapping(cluster.ends_on, None).update(ends_on=cluster.ends_on)


@transaction.atomic
def join(
    cluster: EmulationCluster, *, units: Collection[Unit], starts_on: date, by: Person
) -> list[ClusterMembership]:
    """Let units belong to a cluster from a day to the end of its period.

    All of them or none: raises ``ValidationError`` naming each that is in a cluster already
    or does not exist. One that joined this cluster on that day already stays as it is.
    """
    _require_right(by)
    cluster = EmulationCluster.objects.select_for_update().get(pk=cluster.pk)
    if not cluster.covers(starts_on):
        raise ValidationError({"starts_on": _("The cluster does not exist on this day.")})
    # Two people moving one unit wait for each other; SQLite has one writer anyway.
    list(Unit.objects.select_for_update().filter(pk__in=[unit.pk for unit in units]).order_by("pk"))
    known = _taken(units, starts_on, cluster.ends_on)
    there = [row for row in known if (row.cluster_id, row.starts_on) == (cluster.pk, starts_on)]
    _refuse([row for row in known if row not in there], units, starts_on)
    done = {row.unit_id for row in there}
    rows = [
        ClusterMembership(cluster=cluster, unit=unit, starts_on=starts_on, ends_on=cluster.ends_on)
        for unit in units
        if unit.pk not in done
    ]
    try:
        with transaction.atomic():
            return [*there, *ClusterMembership.objects.bulk_create(rows)]
    except IntegrityError as error:  # the database's own guard, should the lock ever miss
        raise ValidationError(_("One of these units has just joined a cluster.")) from error


def _taken(units: Collection[Unit], first: date, last: date | None) -> list[ClusterMembership]:
    rows = ClusterMembership.objects.overlapping(first, last).filter(unit__in=units)
    return list(rows.select_related("cluster", "unit").prefetch_related("unit__versions"))


def _refuse(taken: Iterable[ClusterMembership], units: Collection[Unit], day: date) -> None:
    problems = [
        _("%(unit)s belongs to “%(cluster)s” since %(day)s; end that first.")
        % {"unit": row.unit.name_on(day), "cluster": row.cluster, "day": words.day(row.starts_on)}
        for row in taken
    ]
    problems += [
        _("%(unit)s does not exist on %(day)s.")
        % {"unit": unit.name_on(day), "day": words.day(day)}
        for unit in units
        if not unit.exists_on(day)
    ]
    if problems:
        raise ValidationError({"units": problems})


@transaction.atomic
def leave(membership: ClusterMembership, *, by: Person, ends_on: date) -> None:
    """Let a unit belong to a cluster no longer than ``ends_on``.

    A last day before the first takes the row out: it was entered by mistake.
    """
    _require_right(by)
    stored = ClusterMembership.objects.select_for_update().filter(pk=membership.pk).first()
    if stored is None:
        return  # taken out already
    if ends_on < stored.starts_on:
        stored.delete()
        return
    if stored.ends_on is not None and ends_on > stored.ends_on:
        raise ValidationError(
            {"ends_on": _("It ends on %(day)s already.") % {"day": words.day(stored.ends_on)}}
        )
    stored.ends_on = ends_on
    stored.save(update_fields=["ends_on"])
