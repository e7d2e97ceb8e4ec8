"""The notice of the Standing Committee's decisions, before and after it is numbered (R7)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.agency import Agency, agency_on
from accounts.choices import Office
from accounts.models import UnitVersion
from fieldvisits import checks
from fieldvisits.actions.numbering import present_term
from fieldvisits.choices import Decision, Session, SittingState, VisitKind, VisitState
from fieldvisits.models import AdHocRequest, Sitting, Version
from fieldvisits.overview.names import DepartmentNames, UnitNames
from fieldvisits.overview.reported import Reported, reported_to

if TYPE_CHECKING:
    from fieldvisits.models import AgendaLine

MANY = 10_000  # more than are ever decided between two sittings


@dataclass(frozen=True, slots=True)
class When:
    """Days, part of the day and unit, as planned or as adjusted."""

    starts_on: date
    ends_on: date
    session: str
    unit: str

    @property
    def part(self) -> str:
        return "" if self.session == Session.FULL else str(Session(self.session).label)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    number: int
    decision: str
    label: str
    kind: str
    planned: When
    adjusted: When | None
    reason: str
    is_afterwards: bool


@dataclass(slots=True)
class NoticeDepartment:
    name: str
    people: dict[str, list[NoticeLine]] = field(default_factory=dict)


@dataclass(frozen=True)
class Notice:
    number: str
    agency: Agency  # as it was called on the day
    held_on: date
    chair: str
    chair_office: str
    present: list[str]
    absent: list[tuple[str, str]]
    departments: list[NoticeDepartment]
    directions: list[tuple[str, str]]
    open_lines: int
    counts: list[tuple[str, int]]
    reported: list[Reported]

    @property
    def place_and_day(self) -> str:
        """“Hà Nội, ngày 05 tháng 02 năm 2018”, with a nought where the form wants it."""
        day, month = self.held_on.day, self.held_on.month
        two = f"{month:02d}" if month <= 2 else str(month)  # noqa: PLR2004 -- the document form
        return f"{self.agency.place}, ngày {day:02d} tháng {two} năm {self.held_on.year}"


@override("vi")  # the document is Vietnamese, whatever the reader's language
def read_notice(sitting: Sitting, *, number: str) -> Notice:
    """Read the notice; a closed sitting always gives the same one.

    Visits move on after a sitting. What was decided on is therefore read from the frozen
    plans, and what was decided from the lines, which nobody changes any more.
    """
    rows = sitting.lines.select_related("visit__cadre", "visit__request", "dossier")
    rows = rows.order_by("number")
    if sitting.state == SittingState.OPEN:
        lines = list(rows.exclude(visit__state=VisitState.CANCELLED))
    else:  # withdrawn before it was closed; what was cancelled later stands
        lines = list(rows.exclude(visit__state=VisitState.CANCELLED, decision=Decision.OPEN))
    frozen = _frozen(lines) if sitting.state == SittingState.CLOSED else {}
    ids = {line.visit.unit_id for line in lines} | {line.unit_id for line in lines if line.unit_id}
    codes = {content["unit"] for content in frozen.values()}
    versions = UnitVersion.objects.filter(Q(unit__in=ids) | Q(unit__code__in=codes))
    named = list(versions.select_related("unit"))
    units = UnitNames.from_rows(named)
    by_code = {row.unit.code: row.unit_id for row in named}
    names = DepartmentNames.read()
    departments: dict[int | None, NoticeDepartment] = {}
    for line in lines:
        place = line.department_id
        if place not in departments:
            departments[place] = NoticeDepartment(names.full(place, sitting.held_on))
        planned = _planned(line, frozen.get(line.visit.code), units, by_code)
        people = departments[place].people
        people.setdefault(line.visit.cadre.full_name, []).append(
            _notice_line(sitting, line, planned, units)
        )
    return _notice(sitting, number, list(departments.values()), lines, names)


def _frozen(lines: list[AgendaLine]) -> dict[str, dict[str, str]]:
    """Return the visits of the plans as last submitted, by code."""
    plans = {line.visit.plan_id for line in lines}
    found: dict[str, dict[str, str]] = {}
    for content in (
        Version.objects.filter(plan__in=plans).order_by("number").values_list("content", flat=True)
    ):
        found |= {visit["code"]: visit for visit in content["visits"]}
    return found


def _planned(
    line: AgendaLine,
    content: dict[str, str] | None,
    units: UnitNames,
    by_code: dict[str, int],
) -> When:
    visit = line.visit
    if content is None or content["unit"] not in by_code:
        unit = units.full(visit.unit_id, visit.starts_on)
        return When(visit.starts_on, visit.ends_on, visit.session, unit)
    first = date.fromisoformat(content["starts_on"])
    last = date.fromisoformat(content["ends_on"])
    return When(first, last, content["session"], units.full(by_code[content["unit"]], first))


def _notice_line(sitting: Sitting, line: AgendaLine, planned: When, units: UnitNames) -> NoticeLine:
    adjusted = None
    if line.decision == Decision.ADJUST and line.starts_on and line.ends_on and line.unit_id:
        unit = units.full(line.unit_id, line.starts_on)
        adjusted = When(line.starts_on, line.ends_on, line.session, unit)
    agreed = line.decision in (Decision.APPROVE, Decision.ADJUST)
    return NoticeLine(
        number=line.number,
        decision=line.decision,
        label=line.get_decision_display(),
        kind=str(VisitKind(line.visit.kind).label),
        planned=planned,
        adjusted=adjusted,
        reason=line.reason,
        is_afterwards=agreed and planned.starts_on <= sitting.held_on,
    )


def _notice(
    sitting: Sitting,
    number: str,
    departments: list[NoticeDepartment],
    lines: list[AgendaLine],
    names: DepartmentNames,
) -> Notice:
    presences = list(sitting.presences.all())
    said = [line.decision for line in lines]
    office = sitting.chair.offices(sitting.held_on).committee_office
    return Notice(
        number=number,
        agency=agency_on(sitting.held_on),
        held_on=sitting.held_on,
        chair=sitting.chair.full_name,
        chair_office=str(Office(office).label) if office else "",
        present=[row.member.full_name for row in presences if row.is_present],
        absent=[(row.member.full_name, row.reason) for row in presences if not row.is_present],
        departments=departments,
        directions=[
            (
                names.full(row.department_id, sitting.held_on)
                if row.department_id
                else _("All departments"),
                row.text,
            )
            for row in sitting.directions.all()
        ],
        open_lines=said.count(Decision.OPEN),
        counts=[
            (str(Decision(decision).label), said.count(decision))
            for decision in (Decision.APPROVE, Decision.ADJUST, Decision.DECLINE, Decision.DEFER)
        ],
        reported=reported_to(sitting),
    )


def wording(sitting: Sitting) -> int:
    """A number that grows with every decision, there or between sittings: the notice read is
    the notice closed.
    """
    said = sitting.lines.aggregate(said=Sum("version"))["said"] or 0
    return MANY * said + AdHocRequest.objects.to_be_reported().count()


def suggested_number() -> str:
    """The next free number, within the issuer, the kind of document and the term."""
    term = present_term()
    numbered = Sitting.objects.exclude(notice_number="").filter(notice_term=term)
    latest = numbered.order_by("-closed_at", "-pk").values_list("notice_number", flat=True)
    taken = [match for text in latest if (match := re.fullmatch(r"(\d+)(-.+)", text))]
    ending = taken[0][2] if taken else agency_on(timezone.localdate()).ending("TB")
    return f"{max((int(one[1]) for one in taken if one[2] == ending), default=0) + 1}{ending}"


def problems_before_closing(sitting: Sitting) -> list[str]:
    """What keeps the sitting from being closed."""
    try:
        checks.sitting_ready_to_close(sitting)
    except ValidationError as refusal:
        return refusal.messages
    return []
