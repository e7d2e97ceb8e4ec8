"""An approved visit made known to its unit, and what the unit answers (R9)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from accounts.models import answering_unit
from fieldvisits import permissions, workflow
from fieldvisits.actions.door import hold, take
from fieldvisits.choices import DEAD_STATES, NoticeState
from fieldvisits.models import UnitNotice
from fieldvisits.notices import unit_notices as notices

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models import Visit
    from fieldvisits.models.paper import StepFields


@transaction.atomic
def send(visit: Visit, *, by: Person | None = None) -> UnitNotice:
    """Send the notice of an approved visit to the responsible unit, in the transaction of the
    approval or of an amendment; one that is still open lapses.
    """
    lapse(visit, by=by)
    notice = UnitNotice.objects.create(
        visit=visit,
        unit=answering_unit(visit.unit, visit.starts_on, timezone.localdate()),
        department_id=permissions.department_of(visit),
        moved_at=timezone.now(),
        created_at=timezone.now(),
    )
    told = UnitNotice.objects.with_team(notice).filter(state=NoticeState.SENT)
    if not told.exists():
        notices.tell_unit(notice)
    return notice


def send_ahead(visit: Visit, *, by: Person | None) -> None:
    """As ``send``; a visit that is over is no news to the unit, what was open lapses."""
    if visit.ends_on >= timezone.localdate():
        send(visit, by=by)
    else:
        lapse(visit, by=by)


@transaction.atomic
def lapse(visit: Visit, *, by: Person | None) -> None:
    """The visit was cancelled or changed: what is open is settled, with a word to the unit.

    A unit with which everything was settled hears of it too if the visit falls away.
    """
    sent = list(visit.unit_notices.select_related("unit").order_by("-pk"))
    still_open = [notice for notice in sent if notice.state != NoticeState.SETTLED]
    for notice in still_open:
        notice.visit = visit
        take(notice, "lapse", by=by)
    ahead = visit.state in DEAD_STATES and visit.ends_on >= timezone.localdate()
    if ahead and sent and not still_open:
        sent[0].visit = visit
        notices.tell_fallen_away(sent[0])


@transaction.atomic
def answer(
    notice: UnitNotice,
    name: str,
    *,
    by: Person,
    remark: str = "",
    proposed_on: date | None = None,
    version: int | None = None,
) -> StepFields:
    """What the unit says: ``accept``, ``other_day`` with a day, ``cannot`` with a remark.

    Of a team it counts for every visit that was announced with it (domain, par. 3).
    """
    others = _of_team(notice, NoticeState.SENT)
    for visit in sorted((notice.visit, *(one.visit for one in others)), key=lambda row: row.pk):
        hold(visit)
    changes = {
        "remark": remark,
        "proposed_on": proposed_on if name == "other_day" else None,
        "answered_at": timezone.now(),
    }
    step = take(notice, name, by=by, comment=remark, version=version, changes=changes)
    for other in others:
        other.carried_from = notice
        take(other, name, by=by, comment=remark, changes=changes)
    return step


@transaction.atomic
def take_back(
    notice: UnitNotice, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """The unit answers anew, for the whole team, until the head has settled it."""
    others = _of_team(notice, notice.state)
    nothing = {"remark": "", "proposed_on": None, "answered_at": None}
    step = take(notice, "take_back", by=by, version=version, comment=comment, changes=nothing)
    for other in others:
        other.carried_from = notice
        take(other, "take_back", by=by, comment=comment, changes=nothing)
    return step


@transaction.atomic
def settle(
    notice: UnitNotice, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Settle it, and with it the others of the team that this head coordinates."""
    others = _of_team(notice, *workflow.UNIT_NOTICE["settle"].sources)
    step = take(notice, "settle", by=by, version=version, comment=comment)
    for other in others:
        if permissions.coordinates_visit(by, other):
            other.carried_from = notice
            take(other, "settle", by=by, comment=comment)
    return step


def _of_team(notice: UnitNotice, *states: str) -> list[UnitNotice]:
    rows = UnitNotice.objects.with_team(notice).filter(state__in=states)
    return list(rows.select_related("visit__cadre", "visit__unit", "unit").order_by("pk"))
