"""Delegations as their page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.choices import Body
from accounts.delegable import may_end
from accounts.models import Delegation
from fieldvisits.overview.names import DepartmentNames

if TYPE_CHECKING:
    from datetime import date

    from accounts.delegable import Delegable
    from accounts.models import Person


@dataclass(frozen=True)
class Row:
    delegation: Delegation
    office: str
    state: str  # in words
    tone: str
    shape: str
    may_end: bool


MOST = 100  # the latest ones


def rows_for(person: Person, today: date) -> list[Row]:
    """What ``person`` may see, the latest first: two queries."""
    rows = Delegation.objects.visible_to(person).select_related("delegator", "delegate")
    names = DepartmentNames.read()
    return [_row(row, person, names, today) for row in rows[:MOST]]


def _row(row: Delegation, person: Person, names: DepartmentNames, today: date) -> Row:
    place = names.full(row.department_id, row.starts_on)
    if row.body == Body.STANDING_COMMITTEE:
        place = str(Body.STANDING_COMMITTEE.label)
    state, tone, shape = _standing(row, today)
    return Row(
        delegation=row,
        office=f"{capfirst(row.get_office_display())}, {place}",
        state=state,
        tone=tone,
        shape=shape,
        may_end=bool(may_end(person, row, today)),
    )


def _standing(row: Delegation, today: date) -> tuple[str, str, str]:
    if row.is_over(today):
        ended = row.ended_on is not None
        return (_("Ended early") if ended else _("Over")), "", "cut" if ended else "accepted"
    if row.starts_on > today:
        return _("To come"), "", "wait"
    return _("In force"), "now", "approved"


def offices_of_page(
    offices: list[Delegable], held: Delegable | None, person: Person
) -> list[tuple[str, list[Delegable]]]:
    """The other offices this person may delegate: their own, and those of others."""
    rest = [one for one in offices if one != held]
    mine = [one for one in rest if one.holder == person]
    theirs = [one for one in rest if one.holder != person]
    named = ((_("Your other offices"), mine), (_("On behalf of others"), theirs))
    return [(label, some) for label, some in named if some]
