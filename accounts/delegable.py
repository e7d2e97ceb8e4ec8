"""Which offices can be delegated, by whom and to whom (R25). Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.choices import Body, Office
from accounts.models import Appointment, Delegation, DepartmentVersion, Person
from accounts.permissions import Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models.delegation import DelegationQuerySet

COMMITTEE = (Office.SECRETARY, Office.DEPUTY_SECRETARY, Office.MEMBER)


@dataclass(frozen=True, slots=True)
class Delegable:
    """One office as it is held on a day: head of a department, or a seat on the committee."""

    body: Body
    office: str
    holder: Person | None  # None: vacant
    place: str  # the department's name on the day, or the committee's
    department_id: int | None = None

    @property
    def key(self) -> str:
        """Names it in an address: "d3", "m17", "secretary"."""
        if self.department_id is not None:
            return f"d{self.department_id}"
        return f"m{self.holder.pk}" if self.holder else str(self.office)

    @property
    def label(self) -> str:
        name = self.holder.full_name if self.holder else _("vacant")
        return f"{capfirst(str(Office(self.office).label))}, {self.place} ({name})"

    def delegations(self) -> DelegationQuerySet:
        """All delegations of this office, of whoever holds or held it."""
        rows: DelegationQuerySet = Delegation.objects.filter(body=self.body)
        if self.department_id is not None:
            return rows.filter(department=self.department_id)
        if self.holder is None:
            return rows.filter(delegator=None, office=self.office)
        return rows.filter(delegator=self.holder)


def offices_on(day: date) -> list[Delegable]:
    """Every office that can be delegated on ``day``, vacant ones too: two queries."""
    rows = list(
        Appointment.objects.on(day)
        .filter(Q(body=Body.STANDING_COMMITTEE) | Q(body=Body.DEPARTMENT, office=Office.HEAD))
        .filter(person__is_active=True)
        .select_related("person")
        .order_by("starts_on", "pk")
    )
    heads: dict[int, Person] = {}
    for row in rows:
        if row.department_id is not None:
            heads.setdefault(row.department_id, row.person)
    found = [
        Delegable(Body.DEPARTMENT, Office.HEAD, heads.get(pk), name, pk)
        for pk, name in _departments(day)
    ]
    return _committee(rows) + found


def _departments(day: date) -> Iterable[tuple[int, str]]:
    versions = DepartmentVersion.objects.on(day).order_by("department__code", "starts_on")
    return dict(versions.values_list("department_id", "name")).items()


def _committee(rows: list[Appointment]) -> list[Delegable]:
    place = str(Body.STANDING_COMMITTEE.label)
    members = [row for row in rows if row.department_id is None]
    found = [
        Delegable(Body.STANDING_COMMITTEE, office, row.person, place)
        for office in COMMITTEE
        for row in members
        if row.office == office
    ]
    if members and not any(row.office == Office.SECRETARY for row in members):
        found.insert(0, Delegable(Body.STANDING_COMMITTEE, Office.SECRETARY, None, place))
    return found


def may_delegate(by: Person, held: Delegable, on: date) -> Verdict:
    """The holder, or an administrator for them; nobody passes on what was delegated to them."""
    if held.holder is not None and held.holder.pk == by.pk:
        return Verdict(allowed=True)
    if by.offices(on).is_administrator:
        return Verdict(allowed=True)
    return denied(
        _("An office is delegated by who holds it, or by the administrator on their behalf.")
    )


def may_end(by: Person, delegation: Delegation, on: date) -> Verdict:
    """Who was away, who made it, or an administrator."""
    if delegation.is_over(on):
        return denied(_("This delegation is over; past days are not changed."))
    mine = by.pk in (delegation.delegator_id, delegation.made_by_id)
    if mine or by.offices(on).is_administrator:
        return Verdict(allowed=True)
    return denied(_("A delegation is ended by who gave it, or by the administrator."))


def own_offices(by: Person, on: date) -> list[Delegable]:
    """The offices ``by`` may delegate on that day, their own first."""
    found = [held for held in offices_on(on) if may_delegate(by, held, on)]
    return sorted(found, key=lambda held: held.holder != by)


def candidates(held: Delegable, on: date) -> list[Person]:
    """Who may stand in: members of the department, deputies first; other committee members."""
    rows = Appointment.objects.on(on).filter(body=held.body, person__is_active=True)
    rows = rows.filter(department=held.department_id).exclude(office=Office.HEAD)
    if held.holder is not None:
        rows = rows.exclude(person=held.holder)
    people = rows.select_related("person").order_by("person__sort_key", "person__code")
    order = {Office.DEPUTY: 0, Office.SECRETARY: 0, Office.DEPUTY_SECRETARY: 1}
    ranked = sorted(people, key=lambda row: order.get(Office(row.office), 2))
    return list(dict.fromkeys(row.person for row in ranked))
