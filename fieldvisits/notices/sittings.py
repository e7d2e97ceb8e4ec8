"""Who is told of what a sitting decided."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.actions.messages import notify
from accounts.permissions import Superiors
from fieldvisits.choices import Decision

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models import AgendaLine, Sitting


def tell_decisions(sitting: Sitting) -> None:
    """Tell each cadre once what a sitting decided of their visits, and each head."""
    by_cadre: defaultdict[Person, list[AgendaLine]] = defaultdict(list)
    departments: set[int] = set()
    lines = sitting.lines.exclude(decision=Decision.OPEN).select_related(
        "visit__cadre", "visit__request", "dossier"
    )
    for line in lines:
        by_cadre[line.visit.cadre].append(line)
        if line.department_id:
            departments.add(line.department_id)
    for cadre, own in by_cadre.items():
        _tell_cadre(sitting, cadre, own)
    heads = Superiors.of_day(sitting.held_on).heads
    for department_id in sorted(departments):
        if (head := heads.get(department_id)) and head not in by_cadre:
            notify(
                head,
                kind="decided",
                subject=_("The Standing Committee has decided on the plan of your department"),
                body=_("Notice %(number)s"),
                values={"number": sitting.notice_number},
                key=f"sitting:{sitting.pk}:decided",
                url=reverse("fieldvisits:sitting-notice", args=[sitting.pk]),
            )


def _tell_cadre(sitting: Sitting, cadre: Person, lines: list[AgendaLine]) -> None:
    said = dict.fromkeys(Decision, 0)
    for line in lines:
        said[Decision(line.decision)] += 1
    notify(
        cadre,
        kind="decided",
        subject=ngettext_lazy(
            "The Standing Committee has decided on %(count)d visit of yours",
            "The Standing Committee has decided on %(count)d visits of yours",
            "count",
        ),
        body=_(
            "Agreed to: %(agreed)d (adjusted: %(adjusted)d). Not agreed to: %(declined)d. "
            "Deferred: %(deferred)d. Notice %(number)s."
        ),
        values={
            "count": len(lines),
            "agreed": said[Decision.APPROVE] + said[Decision.ADJUST],
            "adjusted": said[Decision.ADJUST],
            "declined": said[Decision.DECLINE],
            "deferred": said[Decision.DEFER],
            "number": sitting.notice_number,
        },
        key=f"sitting:{sitting.pk}:decided",
        url=reverse("fieldvisits:sitting-notice", args=[sitting.pk]),
    )
