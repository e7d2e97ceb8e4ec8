"""Who is told of what a sitting decided."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.actions.messages import notify
from accounts.models import clerks_on
from accounts.permissions import Superiors
from fieldvisits.choices import Decision
from fieldvisits.notices.telling import tell_step

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models import AgendaLine, Sitting, Step


DECIDED = _(
    "Agreed to: %(agreed)d (adjusted: %(adjusted)d). Not agreed to: %(declined)d. "
    "Deferred: %(deferred)d."
)
NUMBERED = _(
    "Agreed to: %(agreed)d (adjusted: %(adjusted)d). Not agreed to: %(declined)d. "
    "Deferred: %(deferred)d. Notice %(number)s."
)


def tell_decisions(sitting: Sitting) -> None:
    """Tell each cadre once what a sitting decided of their visits, and each head; the clerks
    of a notice that waits for its number.
    """
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
                body=_("Notice %(number)s") if sitting.notice_number else "",
                values={"number": sitting.notice_number},
                key=f"sitting:{sitting.pk}:decided",
                url=reverse("fieldvisits:sitting-notice", args=[sitting.pk]),
            )
    if not sitting.notice_number:
        _tell_clerks(sitting)


def _tell_clerks(sitting: Sitting) -> None:
    for row in clerks_on(timezone.localdate()).select_related("person"):
        notify(
            row.person,
            kind="to_number",
            subject=_("The notice of the sitting of %(day)s waits for its number"),
            values={"day": f"{sitting.held_on:%d/%m/%Y}"},
            key=f"sitting:{sitting.pk}:to_number",
            url=reverse("fieldvisits:sitting-number", args=[sitting.pk]),
        )


def _numbered(sitting: Sitting, step: Step) -> None:
    for person in dict.fromkeys([sitting.chair, sitting.secretary]):
        tell_step(person, "decided", sitting, step, NOW_NUMBERED, _of_sitting(sitting))


NOW_NUMBERED = _("The notice of the sitting of %(day)s has the number %(number)s")
TELL = {("sitting", "number"): _numbered}


def _of_sitting(sitting: Sitting) -> dict[str, object]:
    return {"day": f"{sitting.held_on:%d/%m/%Y}", "number": sitting.notice_number}


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
        body=NUMBERED if sitting.notice_number else DECIDED,
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
