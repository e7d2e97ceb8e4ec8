"""The steps of the beginning that concern people and organisation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import beginning, inviting
from accounts.agency import agency_on
from accounts.beginning import PUT_AWAY, Step
from accounts.choices import Body, InvitationState, Office
from accounts.desk import Asker, Button, Card
from accounts.desk import register as register_desk
from accounts.links import address
from accounts.models import Appointment, DepartmentVersion, Person, Portfolio, UnitVersion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

NAMED = 3  # departments named in one sentence


@dataclass(slots=True)
class Organisation:
    """Who holds what on a day: five queries, whatever the size of the office."""

    departments: dict[int, str] = field(default_factory=dict)
    has_coordinating: bool = False
    people: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    heads: dict[int, str] = field(default_factory=dict)
    in_charge: dict[int, str] = field(default_factory=dict)
    committee: list[tuple[str, str]] = field(default_factory=list)  # office, name
    inspectors: list[str] = field(default_factory=list)
    clerks: list[str] = field(default_factory=list)
    units: int = 0
    waiting: list[str] = field(default_factory=list)  # on record, and never held anything

    @classmethod
    def read(cls, day: date) -> Organisation:
        found = cls()
        versions = DepartmentVersion.objects.on(day).select_related("department")
        for version in versions.order_by("department__code"):
            found.departments[version.department_id] = version.name
            found.has_coordinating |= version.department.is_coordinating
        for row in Appointment.objects.on(day).exclude(body=Body.UNIT).select_related("person"):
            found.take(row)
        for charge in Portfolio.objects.on(day).select_related("person"):
            found.in_charge[charge.department_id] = charge.person.full_name
        holding = Appointment.objects.filter(person=OuterRef("pk"))
        nowhere = Person.objects.filter(~Exists(holding), is_active=True).in_order()
        found.waiting = list(nowhere.values_list("full_name", flat=True))
        found.units = UnitVersion.objects.on(day).count()
        return found

    def take(self, row: Appointment) -> None:
        name = row.person.full_name
        if row.body == Body.DEPARTMENT and row.department_id:
            self.people[row.department_id].add(row.person_id)
            if row.office == Office.HEAD:
                self.heads[row.department_id] = name
        elif row.body == Body.STANDING_COMMITTEE:
            self.committee.append((row.office, name))
        elif row.body == Body.INSPECTION_COMMITTEE:
            self.inspectors.append(name)
        elif row.office == Office.CLERK:
            self.clerks.append(name)

    @property
    def secretary(self) -> str:
        return next((name for office, name in self.committee if office == Office.SECRETARY), "")

    def names_without(self, having: object) -> list[str]:
        return [name for pk, name in self.departments.items() if pk not in having]  # type: ignore[operator]  # a dict or a set


def steps(today: date) -> Iterator[Step]:
    found = Organisation.read(today)
    yield _agency(today)
    yield _departments(found)
    yield _people(found)
    yield _units(found)
    yield _offices(found)
    yield _accounts()


def _way(label: str, url: str, *, is_main: bool = False) -> tuple[Button, ...]:
    """A way to a page, where the site has it."""
    return (Button(label, url, is_main),) if url else ()


def _excel(table: str) -> tuple[Button, ...]:
    where = address("accounts:import")
    return _way(_("Take over from Excel"), where and f"{where}?table={table}")


def _agency(today: date) -> Step:
    agency = agency_on(today)
    return Step(
        key="agency",
        rank=10,
        title=_("The agency's names and document heads"),
        state="done" if agency.is_entered else "missing",
        stands=agency.name,
        missing="" if agency.is_entered else _("Nobody has looked these words over yet."),
        without=_("Pages, mails and documents carry the words the system came with."),
        ways=_way(_("Names and heads"), address("accounts:agency"), is_main=True),
    )


def _departments(found: Organisation) -> Step:
    number = len(found.departments)
    state: beginning.State = "missing"
    missing = _("No department has been entered.")
    if number:
        state = "done" if found.has_coordinating else "begun"
        missing = (
            ""
            if found.has_coordinating
            else _("No department coordinates: dossiers have nobody to go through.")
        )
    return Step(
        key="departments",
        rank=20,
        title=_("Departments and the Office"),
        state=state,
        stands=ngettext("%(n)d department", "%(n)d departments", number) % {"n": number},
        missing=missing,
        without=_("Units and the regulation can be prepared; people need a department."),
        ways=_way(_("Enter departments"), address("accounts:start-departments"), is_main=True)
        + _excel("departments")
        + _way(_("Departments through time"), address("accounts:departments")),
    )


def _people(found: Organisation) -> Step:
    number = len(set().union(*found.people.values()))
    empty = found.names_without({pk for pk, people in found.people.items() if people})
    lacking = [] if number else [_("Nobody belongs to a department yet.")]
    if number and empty:
        lacking.append(_("Nobody yet in: %(names)s.") % {"names": _some(empty)})
    if found.waiting:
        said = _("On record, and nobody has said yet where or as what: %(names)s.")
        lacking.append(said % {"names": _some(found.waiting)})
    state: beginning.State = "begun" if number else "missing"
    return Step(
        key="people",
        rank=30,
        title=_("People"),
        state="done" if number and not lacking else state,
        stands=ngettext("%(n)d person in a department", "%(n)d people in departments", number)
        % {"n": number},
        missing=" ".join(lacking),
        without=_("Who has been entered can work; a person without e-mail is on record only."),
        ways=_way(_("Enter people"), address("accounts:start-people"), is_main=True)
        + _excel("people")
        + _way(_("All people"), address("accounts:people")),
    )


def _units(found: Organisation) -> Step:
    return Step(
        key="units",
        rank=40,
        title=_("Host units"),
        state="done" if found.units else "missing",
        stands=ngettext("%(n)d unit", "%(n)d units", found.units) % {"n": found.units},
        missing="" if found.units else _("No unit has been entered: there is nowhere to go to."),
        without=_("Everything but plans and visits."),
        ways=_way(_("Take over the units"), address("accounts:start-units"), is_main=True)
        + _excel("units")
        + _way(_("Units through time"), address("accounts:units-admin")),
    )


def _offices(found: Organisation) -> Step:
    lacking = []
    if not found.secretary:
        lacking.append(_("Nobody is Secretary."))
    if empty := found.names_without(found.heads):
        lacking.append(_("Without a head: %(names)s.") % {"names": _some(empty)})
    lacking += [
        sentence
        for held, sentence in (
            (found.inspectors, _("Nobody is on the Inspection Committee.")),
            (found.clerks, _("Nobody is clerk.")),
        )
        if not held
    ]
    whole = bool(found.secretary and found.departments and not empty)
    return Step(
        key="offices",
        rank=50,
        title=_("Offices and portfolios"),
        state="done" if whole else "begun" if found.heads or found.committee else "missing",
        stands=_("%(heads)d heads, %(members)d on the Standing Committee, %(charge)d in charge")
        % {
            "heads": len(found.heads),
            "members": len(found.committee),
            "charge": len(found.in_charge),
        },
        missing=" ".join(lacking),
        without=_(
            "Without a head the member in charge decides, without one the Secretary; without an "
            "Inspection Committee nobody asks units for confirmation."
        ),
        ways=_way(_("Say who holds what"), address("accounts:start-offices"), is_main=True)
        + _excel("appointments")
        + _way(_("Members in charge"), address("accounts:portfolios")),
    )


def _accounts() -> Step:
    found = inviting.how_far(now=timezone.now())
    inside = found[InvitationState.ACCEPTED] + found[InvitationState.OTHERWISE]
    invited, never = found[InvitationState.WAITING], found[InvitationState.NEVER]
    late = found[InvitationState.EXPIRED]
    lacking = []
    if never or inside + invited < 2:  # noqa: PLR2004 -- who sets it up is not the office yet
        said = ngettext(
            "%(n)d comrade has not been invited.", "%(n)d comrades have not been invited.", never
        )
        lacking.append(said % {"n": never} if never else _("Nobody has been invited yet."))
    if late:
        said = ngettext(
            "The link of %(n)d comrade no longer works.",
            "The links of %(n)d comrades no longer work.",
            late,
        )
        lacking.append(said % {"n": late})
    state: beginning.State = "begun" if inside + invited > 1 else "missing"
    return Step(
        key="accounts",
        rank=65,
        title=_("Letting people in"),
        state=state if lacking else "done",
        stands=_("%(inside)d can sign in, %(invited)d are invited")
        % {"inside": inside, "invited": invited},
        missing=" ".join(lacking),
        without=_(
            "Who cannot sign in reads no message and registers no plan; mails reach them all the "
            "same, so invite before the quarter is opened."
        ),
        ways=_way(_("Invite people"), address("accounts:invitations"), is_main=True),
    )


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:NAMED])
    rest = len(names) - NAMED
    return shown if rest <= 0 else _("%(names)s and %(n)d more") % {"names": shown, "n": rest}


def cards(asker: Asker) -> Iterator[Card]:
    """Until it is put away, the administrator's desk says how far the beginning has come."""
    if not asker.offices.is_administrator or PUT_AWAY in asker.person.hints_read:
        return
    yield Card("wide", "accounts/desk_start.html", beginning.progress_on(asker.today))


def join_in() -> None:
    beginning.register(steps)
    register_desk(cards=cards)
