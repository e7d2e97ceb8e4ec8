"""One sitting on one screen: the agenda, one department's lines, the line in focus (R7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.quorum import quorum_on
from fieldvisits import permissions
from fieldvisits.choices import Decision, HolidayKind, SittingState
from fieldvisits.models import AgendaLine, Holiday, Step, Visit
from fieldvisits.models.visit import PUBLIC_STATES
from fieldvisits.overview.agenda_line import Line, line_of
from fieldvisits.overview.clashes import Clashes, Stay
from fieldvisits.overview.dossier import round_name
from fieldvisits.overview.names import UnitNames
from fieldvisits.overview.words import department_name

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person
    from accounts.permissions import Verdict
    from fieldvisits.models import Direction, Dossier, Presence, Sitting


AD_HOC = 0  # the address of the item that has no dossier


@dataclass(slots=True)
class Item:
    """One department's dossier on the agenda; without one, the ad-hoc requests of all."""

    dossier: Dossier | None
    department: str
    name: str  # of the department, and the round
    lines: list[Line] = field(default_factory=list)

    @property
    def key(self) -> int:
        """What the address calls it."""
        return self.dossier.pk if self.dossier else AD_HOC

    @property
    def people(self) -> int:
        return len({line.visit.cadre_id for line in self.lines})

    @property
    def open_lines(self) -> list[Line]:
        return [line for line in self.lines if line.is_open]

    @property
    def notes(self) -> int:
        return sum(bool(line.flags) for line in self.open_lines)

    @property
    def plain(self) -> list[Line]:
        return [line for line in self.lines if line.waits_plainly]

    @property
    def half_days(self) -> int:
        return sum(half_days for _person, half_days, _lines in self.by_person)

    @property
    def by_person(self) -> list[tuple[Person, int, list[Line]]]:
        found: dict[Person, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.visit.cadre, []).append(line)
        return [(person, _distinct(lines), lines) for person, lines in found.items()]


def _distinct(lines: list[Line]) -> int:
    visits = [line.visit for line in lines if line.visit.counted_half_days]
    return len({slot for visit in visits for slot in visit.slots()})


@dataclass(frozen=True)
class Agenda:
    sitting: Sitting
    items: list[Item]
    units: UnitNames
    may_write: Verdict
    own_numbers: list[int]
    decides_instead: str
    reads_dossiers: bool  # who writes the minutes need not see the dossiers themselves

    @property
    def lines(self) -> list[Line]:
        return [line for item in self.items for line in item.lines]

    @property
    def decided(self) -> int:
        return sum(not line.is_open for line in self.lines)

    @property
    def members(self) -> list[Presence]:
        return list(self.sitting.presences.all())

    @property
    def present(self) -> list[Presence]:
        return [row for row in self.members if row.is_present]

    @property
    def absent(self) -> list[Presence]:
        return [row for row in self.members if not row.is_present]

    @cached_property
    def has_quorum(self) -> bool:
        """Enough of the members in office, chair included (R7); all of them always are."""
        here, members = len(self.present), len(self.members)
        return here == members or here >= quorum_on(self.sitting.held_on, members)

    @property
    def directions(self) -> list[tuple[Direction, str]]:
        names = {item.dossier.department_id: item.department for item in self.items if item.dossier}
        return [
            (row, names.get(row.department_id, "") if row.department_id else _("All departments"))
            for row in self.sitting.directions.all()
        ]

    @property
    def finished_items(self) -> int:
        return sum(not item.open_lines for item in self.items)

    @property
    def last_decided(self) -> Line | None:
        """What “undo” takes back: the latest decision of all."""
        decided = [line for line in self.lines if line.line.decided_at and not line.is_own]
        return max(decided, key=lambda line: line.line.decided_at, default=None)  # type: ignore[arg-type,return-value]  # filtered above

    def focus(self, *, line: int | None, dossier: int | None, after: int) -> Line | None:
        """The line asked for; else the next one this person may decide."""
        for candidate in self.lines:
            if candidate.line.pk == line:
                return candidate
        mine = [one for one in self.lines if one.is_open and not one.is_own]
        here = [one for one in mine if dossier in (None, one.line.dossier_id or AD_HOC)]
        later = [one for one in here if one.line.number > after]
        elsewhere = [] if dossier is not None and after < 0 else mine
        return next(iter(later or here or elsewhere), None)

    def item_of(self, focus: Line | None, dossier: int | None) -> Item | None:
        wanted = (focus.line.dossier_id or AD_HOC) if focus else dossier
        chosen = [item for item in self.items if item.key == wanted]
        return next(iter(chosen or self.items), None)


def read_agenda(viewer: Person, sitting: Sitting, *, all_units: bool = False) -> Agenda:
    """Read the whole agenda: three queries, whatever the number of lines.

    ``all_units``: with every unit there is, for the list of an adjustment.
    """
    rows = list(_rows(sitting))
    for row in rows:
        row.sitting = sitting  # with its presences, read once
    ids = {row.visit.unit_id for row in rows} | {row.unit_id for row in rows if row.unit_id}
    units = UnitNames.of(None if all_units else ids)
    clashes = Clashes([*_stays(rows), *_stays_elsewhere(rows)])
    items: dict[int, Item] = {}
    for row in rows:
        item = items.setdefault(row.dossier_id or AD_HOC, _item(row))
        item.lines.append(line_of(row, viewer, units, clashes))
    offices = viewer.offices(timezone.localdate())
    own = [line.line.number for item in items.values() for line in item.open_lines if line.is_own]
    return Agenda(
        sitting=sitting,
        items=list(items.values()),
        units=units,
        may_write=permissions.writes_sitting(viewer, sitting),
        own_numbers=own,
        decides_instead=_somebody_else(viewer, sitting),
        reads_dossiers=offices.sees_all_departments,
    )


def _rows(sitting: Sitting) -> QuerySet[AgendaLine]:
    off = Holiday.objects.filter(
        kind=HolidayKind.OFF,
        date__gte=OuterRef("visit__starts_on"),
        date__lte=OuterRef("visit__ends_on"),
    )
    agreed = Step.objects.filter(plan=OuterRef("visit__plan"), name="agree").order_by("-number")
    return (
        sitting.lines.select_related("visit__cadre", "visit__plan", "dossier", "decided_by")
        .select_related("visit__request__replaces")
        .annotate(
            on_holiday=Exists(off),
            remark=Subquery(agreed.values("comment")[:1]),
            department_name=department_name("dossier__department", sitting.held_on),
        )
        .order_by("number")
    )


def _item(row: AgendaLine) -> Item:
    if row.dossier is None:
        return Item(None, "", _("Ad-hoc visits"))
    department = row.department_name or _("Standing Committee")  # type: ignore[attr-defined]  # annotated
    more = f", {round_name(row.dossier.round)}" if row.dossier.round else ""
    return Item(row.dossier, department, f"{department}{more}")


def _stays(rows: list[AgendaLine]) -> list[Stay]:
    return [
        Stay.of(row.visit, row.department_id) for row in rows if row.decision != Decision.DECLINE
    ]


def _stays_elsewhere(rows: list[AgendaLine]) -> list[Stay]:
    """Visits already approved that touch the days and the units on the agenda."""
    if not rows:
        return []
    visits = (
        Visit.objects.filter(state__in=PUBLIC_STATES, unit__in={row.visit.unit_id for row in rows})
        .exclude(pk__in=[row.visit_id for row in rows])
        .touching(min(row.visit.starts_on for row in rows), max(row.visit.ends_on for row in rows))
        .select_related("cadre")
        .annotate(department_id=Coalesce("plan__department_id", "request__department_id"))
    )
    return [Stay.of(visit, visit.department_id) for visit in visits]


def _somebody_else(viewer: Person, sitting: Sitting) -> str:
    """Who decides on the viewer's own lines: the chair, else another member present."""
    if sitting.state != SittingState.OPEN:
        return ""
    present = [row.member for row in sitting.presences.all() if row.is_present]
    others = [member for member in present if member.pk != viewer.pk]
    chair = [member for member in others if member.pk == sitting.chair_id]
    chosen = next(iter(chair or others), None)
    return chosen.full_name if chosen else ""
