"""What ends with a department or a unit in the organisation itself: offices, portfolios, places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.choices import OrganisationSubject
from accounts.endings import NAMED, Change, Consequence, register
from accounts.models import Appointment, ClusterMembership, Portfolio, UnitVersion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet


def join_in() -> None:
    register(preview=preview)


def preview(change: Change) -> Iterator[Consequence]:
    if change.subject == OrganisationSubject.DEPARTMENT:
        yield _appointments(change, "department", str(_("Offices in it")))
        yield _portfolios(change)
    else:
        yield _appointments(change, "unit", str(_("Representatives")))
        yield _clusters(change)
        yield _below(change)


def _still(rows: QuerySet[Any], change: Change) -> QuerySet[Any]:
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=change.on))


def _appointments(change: Change, owner: str, title: str) -> Consequence:
    held = Appointment.objects.filter(**{f"{owner}__in": change.ended}).select_related("person")
    rows = _still(held, change).order_by("person__sort_key", "person__code", "pk")
    if change.moves_people and change.heir and owner == "unit":
        what = _("They end the day before and go on in %(heir)s.")
    elif change.moves_people and change.heir:
        what = _(
            "They end the day before and go on in %(heir)s. A head comes over as a cadre where "
            "there is a head already."
        )
    elif change.moves_people:
        what = _("They end the day before and go on in the main successor, where there is one.")
    else:
        what = _("They end the day before; nobody is appointed anew by this.")
    return Consequence(
        title=title,
        count=rows.count(),
        rows=tuple(f"{row.person.full_name}, {row.get_office_display()}" for row in rows[:NAMED]),
        what=what % {"heir": change.heir},
    )


def _portfolios(change: Change) -> Consequence:
    held = Portfolio.objects.filter(department__in=change.ended).select_related("person")
    rows = _still(held, change).order_by("starts_on", "pk")
    return Consequence(
        title=_("Members in charge"),
        count=rows.count(),
        rows=tuple(row.person.full_name for row in rows[:NAMED]),
        what=_(
            "Their charge ends with it; it goes on in the main successor if people are taken "
            "over and nobody is in charge there."
        ),
    )


def _clusters(change: Change) -> Consequence:
    rows = _still(ClusterMembership.objects.filter(unit__in=change.ended), change)
    rows = rows.select_related("cluster").order_by("pk")
    return Consequence(
        title=_("Places in emulation clusters"),
        count=rows.count(),
        rows=tuple(row.cluster.name for row in rows[:NAMED]),
        what=_("They end the day before."),
    )


def _below(change: Change) -> Consequence:
    rows = UnitVersion.objects.on(change.on).filter(parent__in=change.ended)
    rows = rows.exclude(unit__in=change.ended).order_by("search_text", "pk")
    return Consequence(
        title=_("Units that stand below it and go on"),
        count=rows.count(),
        rows=tuple(row.union_name for row in rows[:NAMED]),
        what=_("They have no superior from that day on; place each under another."),
        tone="warn",
    )
