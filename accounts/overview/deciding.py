"""Who may decide what on a day, as the rules read it; vacancies with what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.choices import Body, Office
from accounts.models import Appointment, Delegation, Department
from accounts.permissions import Superiors
from accounts.quorum import quorum_on

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from accounts.permissions import Holder

LEADING = (Office.HEAD, Office.DEPUTY)


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """One department: who heads it, who decides on whose papers, what is vacant."""

    name: str
    head: Person | None
    deputies: list[Person]
    on_cadres: Holder | None  # decides on papers of cadres and deputies
    in_charge: Holder | None
    on_head: Holder | None  # decides on the head's own papers
    vacancies: list[str]


@dataclass(frozen=True, slots=True)
class Seat:
    person: Person
    office: str
    decides: Holder | None  # on this member's own papers
    delegate: Person | None


@dataclass(frozen=True, slots=True)
class Deciding:
    on: date
    departments: list[DepartmentLine]
    seats: list[Seat]
    quorum: int
    others: list[tuple[str, list[str]]]  # body, people with their office
    delegations: list[tuple[Delegation, str]]
    vacancies: list[str]  # of the agency as a whole

    @classmethod
    def of(cls, on: date) -> Deciding:
        """The same number of queries for any agency."""
        superiors = Superiors.of_day(on)
        rows = Appointment.objects.on(on).filter(person__is_active=True).exclude(body=Body.UNIT)
        held = list(rows.select_related("person").order_by("person__sort_key", "pk"))
        departments = [
            row for row in Department.objects.prefetch_related("versions") if row.exists_on(on)
        ]
        names = {row.pk: row.name_on(on) for row in departments}
        seats = _seats(superiors)
        return cls(
            on=on,
            departments=[_line(row, held, superiors) for row in departments],
            seats=seats,
            quorum=quorum_on(on, len(seats)),
            others=_others(held, departments),
            delegations=_delegations(on, names),
            vacancies=_vacancies(held, departments, superiors),
        )


def _line(department: Department, held: list[Appointment], superiors: Superiors) -> DepartmentLine:
    mine = [row for row in held if row.department_id == department.pk]
    head = next((row.person for row in mine if row.office == Office.HEAD), None)
    acting = superiors.offices.get(department.pk)
    in_charge = superiors.portfolios.get(department.pk)
    usual = acting or in_charge or superiors.secretariat
    others = [row.person for row in mine if row.person not in (head, acting and acting.person)]
    return DepartmentLine(
        name=department.name_on(superiors.on),
        head=head,
        deputies=[row.person for row in mine if row.office == Office.DEPUTY],
        on_cadres=superiors.holder_for(others[0], department.pk) if others else usual,
        in_charge=in_charge,
        on_head=superiors.holder_for(head, department.pk) if head else None,
        vacancies=_lacking(mine, acting or head, in_charge, superiors),
    )


def _lacking(
    mine: list[Appointment],
    head: Holder | Person | None,
    in_charge: Holder | None,
    superiors: Superiors,
) -> list[str]:
    found = []
    if not mine:
        found.append(_("Nobody belongs to this department."))
    if head is None and mine:
        found.append(
            _("No head: until one is appointed or somebody stands in, nobody forwards the dossier.")
        )
    if in_charge is None:
        has = superiors.secretariat is not None
        found.append(
            _("No member in charge: the Secretary decides in their place.")
            if has
            else _("No member in charge and no Secretary: nobody decides on the head's papers.")
        )
    return found


def _seats(superiors: Superiors) -> list[Seat]:
    """By seniority, with who decides on each member's own papers and who stands in."""
    found = []
    for member in superiors.committee:
        pairs = [pair[0] for pair in superiors.stands_in if pair[1] == member.pk]
        delegate = next((one for one in superiors.committee if one.pk in pairs), None)
        office = str(Office(superiors.seats[member.pk]).label)
        found.append(Seat(member, capfirst(office), superiors.holder_for(member, None), delegate))
    return found


def _others(held: list[Appointment], departments: list[Department]) -> list[tuple[str, list[str]]]:
    """The channel, the inspectors, the Bureau, clerks and administrators."""
    relays = {row.pk for row in departments if row.is_coordinating}
    groups = (
        (
            _("Relays dossiers and annual reports (does not approve)"),
            [row for row in held if row.department_id in relays and row.office in LEADING],
        ),
        (str(Body.INSPECTION_COMMITTEE.label), _in_body(held, Body.INSPECTION_COMMITTEE)),
        (str(Body.EXECUTIVE_BUREAU.label), _in_body(held, Body.EXECUTIVE_BUREAU)),
        (_("Clerks: number and issue documents"), _with_office(held, Office.CLERK)),
        (
            _("Administrators: organisation and settings, no papers"),
            _with_office(held, Office.ADMINISTRATOR),
        ),
    )
    return [
        (capfirst(label), [f"{row.person} ({row.get_office_display()})" for row in rows])
        for label, rows in groups
    ]


def _in_body(held: list[Appointment], body: str) -> list[Appointment]:
    return [row for row in held if row.body == body]


def _with_office(held: list[Appointment], office: str) -> list[Appointment]:
    return [row for row in held if row.office == office]


def _delegations(on: date, names: dict[int, str]) -> list[tuple[Delegation, str]]:
    rows = Delegation.objects.in_force(on).select_related("delegator", "delegate")
    committee = str(Body.STANDING_COMMITTEE.label)
    return [
        (
            row,
            f"{capfirst(row.get_office_display())}, {names.get(row.department_id or 0, committee)}",
        )
        for row in rows
    ]


def _vacancies(
    held: list[Appointment], departments: list[Department], superiors: Superiors
) -> list[str]:
    relays = {row.pk for row in departments if row.is_coordinating}
    administrators = _with_office(held, Office.ADMINISTRATOR)
    lacks = (
        (
            superiors.secretary_self is None and superiors.secretariat is None,
            _("No Secretary: papers of members, and of heads without a member in charge, wait."),
        ),
        (
            not superiors.deputies,
            _("No Deputy Secretary: nobody decides on the Secretary's own papers."),
        ),
        (
            not any(row.department_id in relays for row in held),
            _("Nobody belongs to the coordinating department: dossiers go no further."),
        ),
        (
            not _in_body(held, Body.INSPECTION_COMMITTEE),
            _("No Inspection Committee: units are not asked for confirmation."),
        ),
        (not _with_office(held, Office.CLERK), _("No clerk: nobody numbers documents.")),
        (len(administrators) == 1, _("Only one administrator: appoint a second one.")),
        (not administrators, _("No administrator: nobody can appoint anybody.")),
    )
    return [text for is_so, text in lacks if is_so]
