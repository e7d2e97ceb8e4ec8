"""Who goes together, and invitations that wait for an answer."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.desk import Asker, Queue, Todo
from accounts.links import address
from fieldvisits.choices import InvitationState, VisitState
from fieldvisits.models import TeamInvitation, UnitNotice, Visit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.desk import Waiting

type_of_mates = dict[str, list[str]]
type_of_companions = dict[int, list[str]]


def mates_of(visits: Iterable[Visit]) -> type_of_mates:
    """Names by team code, the owner of the rows left out: one query, none without a team."""
    own = list(visits)
    codes = {visit.team for visit in own if visit.team}
    if not codes:
        return {}
    found: defaultdict[str, list[str]] = defaultdict(list)
    rows = Visit.objects.live().filter(team__in=codes).exclude(cadre=own[0].cadre_id)
    for code, name in rows.order_by("cadre__sort_key").values_list("team", "cadre__full_name"):
        if name not in found[code]:
            found[code].append(name)
    return dict(found)


def companions_of(notices: Iterable[UnitNotice]) -> type_of_companions:
    """Who else of the team a notice stands for, by its number: one query, none without a team."""
    own = list(notices)
    codes = {notice.visit.team for notice in own if notice.visit.team}
    if not codes:
        return {}
    found: defaultdict[tuple[object, ...], list[tuple[int, str]]] = defaultdict(list)
    rows = UnitNotice.objects.filter(visit__team__in=codes).order_by("visit__cadre__sort_key")
    columns = ("visit__team", "unit", "visit__starts_on", "visit__ends_on", "state")
    for pk, name, *key in rows.values_list("pk", "visit__cadre__full_name", *columns):
        found[tuple(key)].append((pk, name))
    return {
        notice.pk: [name for pk, name in found[_team_key(notice)] if pk != notice.pk]
        for notice in own
        if notice.visit.team
    }


def _team_key(notice: UnitNotice) -> tuple[object, ...]:
    visit = notice.visit
    return (visit.team, notice.unit_id, visit.starts_on, visit.ends_on, notice.state)


def queue(asker: Asker) -> Queue:
    rows = TeamInvitation.objects.filter(
        colleague=asker.person, answer=InvitationState.ASKED, visit__state=VisitState.PROPOSED
    )
    fields = {"pk": "pk", "name": "visit__cadre__full_name", "since": "asked_at"}
    return Queue(rows=rows.order_by("asked_at", "pk"), fields=fields)


def todo(waiting: Waiting, asker: Asker) -> Todo:
    return Todo(
        due_on=asker.today,
        title=ngettext(
            "Answer %(n)d invitation to come along",
            "Answer %(n)d invitations to come along",
            waiting.count,
        )
        % {"n": waiting.count},
        url=address("fieldvisits:invitation", waiting.oldest["pk"]),
        tone="now",
        shape="wait",
        why=_("From comrade %(name)s.") % {"name": waiting.oldest["name"]},
    )
