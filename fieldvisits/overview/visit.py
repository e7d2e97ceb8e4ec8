"""One visit as its page shows it: its way, planned beside done, how each half-day counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Unit
from accounts.permissions import superiors_for
from accounts.words import date_range
from fieldvisits import permissions
from fieldvisits.actions.visits import APPROVING
from fieldvisits.choices import DayReason, Half, Session, VisitKind, VisitState
from fieldvisits.ledger.reasons import with_reason
from fieldvisits.models import AdHocRequest, ProgrammeActivity, Regulation
from fieldvisits.overview import holding
from fieldvisits.overview.beside_visit import papers_of, with_papers
from fieldvisits.overview.quarter_grid import look_of
from fieldvisits.overview.team import mates_of
from fieldvisits.overview.visit_changes import (
    Change,
    Difference,
    changes_of,
    unit_ended,
    waiting_wish,
    wish_history,
    wish_page,
    wishes_of,
    with_changes,
)
from fieldvisits.overview.visit_way import way
from fieldvisits.overview.words import history

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import Person
    from accounts.permissions import Verdict
    from fieldvisits.models import AmendmentWish, LedgerEntry, Step, Visit
    from fieldvisits.models.visit import VisitQuerySet
    from fieldvisits.overview.beside_visit import VisitPapers

DONE = (VisitState.REPORTED, VisitState.ACCEPTED)


@dataclass(frozen=True)
class Comparison:
    """One line of “planned beside done”."""

    label: str
    planned: str
    done: str
    url: str = ""

    @property
    def differs(self) -> bool:
        return bool(self.done) and self.planned != self.done


@dataclass(frozen=True)
class SlotDay:
    """One day of the visit: its tile, and why its half-days count or do not."""

    date: date
    am: str
    pm: str
    reasons: list[str]


@dataclass(frozen=True)
class VisitPage:
    visit: Visit
    unit: str
    steps: list[Step]
    planned: dict[str, Any]  # the content as approved, frozen; empty before
    planned_unit: str
    slots: list[SlotDay]
    reads_content: Verdict
    reads_result: Verdict
    papers: VisitPapers
    decides: Person | None
    result_due: date
    product_due: date
    today: date
    changes: list[Change] = field(default_factory=list)
    wish: AmendmentWish | None = None
    wishes: list[AmendmentWish] = field(default_factory=list)
    may_refuse: bool = False  # the wish that waits
    mates: list[str] = field(default_factory=list)
    activity: ProgrammeActivity | None = None  # as far as the person may see it
    unit_ended: str = ""  # since when, where it ended before the visit

    @property
    def facts(self) -> dict[str, Any]:
        return holding.of_visit(
            self.visit, self.decides, result_due=self.result_due, today=self.today
        )

    @property
    def way(self) -> list[dict[str, str]]:
        told: datetime | None = self.visit.told_at  # type: ignore[attr-defined]  # annotated
        return way(self.visit, self.steps, unit=self.unit, today=self.today, told=told)

    @property
    def wished(self) -> list[Difference]:
        return wish_page(self.visit, self.wish)

    @property
    def history(self) -> list[dict[str, Any]]:
        """Comments on a result are read by those who read the result."""
        rows = history(self.visit, self.steps)
        if holding.was_not_carried_out(self.visit):
            rows[0]["label"] = _("Not carried out")
        if not self.reads_result:
            return [{**row, "comment": ""} for row in rows]
        said = wish_history(self.visit, self.wishes)
        return sorted([*rows, *said], key=lambda row: row["at"], reverse=True) if said else rows

    def request_seen_by(self, person: Person) -> AdHocRequest | None:
        """The ad-hoc request behind the visit, for who may read it."""
        asked = self.visit.ad_hoc_request
        seen = asked and AdHocRequest.objects.visible_to(person).filter(pk=asked.pk).exists()
        return asked if seen else None

    def may_be_replaced_by(self, person: Person) -> bool:
        """Another unit or another quarter goes the ad hoc way (R8)."""
        return self.visit.state == VisitState.APPROVED and self.visit.cadre_id == person.pk

    @property
    def is_provisional(self) -> bool:
        return self.visit.state in DONE and holding.owes_product(self.visit)

    @property
    def is_reported(self) -> bool:
        """What was done stands beside what was planned; of an attendance nothing was planned."""
        logged = any(step.name == "log" for step in self.steps)
        return self.visit.state in DONE and not logged

    @property
    def comparison(self) -> list[Comparison]:
        visit, plan = self.visit, self.planned
        when = _when(visit.starts_on, visit.ends_on, visit.session)
        was = (
            _when(
                date.fromisoformat(plan["starts_on"]),
                date.fromisoformat(plan["ends_on"]),
                plan["session"],
            )
            if plan
            else when
        )
        kind = str(VisitKind(plan["kind"]).label) if plan else visit.get_kind_display()
        done = self.is_reported
        rows = [
            Comparison(_("Days"), was, when if done else ""),
            Comparison(_("Host unit"), self.planned_unit, self.unit if done else ""),
            Comparison(_("Kind"), kind, visit.get_kind_display() if done else ""),
        ]
        if activity := self.activity:
            said = f"{activity.title} ({date_range(activity.starts_on, activity.ends_on)})"
            rows.append(Comparison(_("In the programme"), said, "", activity.get_absolute_url()))
        if self.reads_content:
            rows.append(Comparison(_("Content"), plan.get("content") or visit.content, ""))
            rows += [
                Comparison(str(label), text, "")
                for label, text in (
                    (_("Your role in the activity"), visit.role),
                    (_("Programme"), _programme(visit)),
                    (_("Expected result"), visit.expected_result),
                )
                if text
            ]
        return rows

    @property
    def differences(self) -> str:
        """How many lines differ, in words; nothing if none does."""
        number = sum(row.differs for row in self.comparison)
        words = ngettext("%(n)d difference", "%(n)d differences", number) % {"n": number}
        return words if number else ""


def _programme(visit: Visit) -> str:
    parts = (visit.get_inspection_body_display(), visit.inspection_programme)
    return ", ".join(part for part in parts if part)


def _when(first: date, last: date, session: str) -> str:
    return f"{date_range(first, last)}, {Session(session).label}"


def visit_page(visits: VisitQuerySet, pk: int, person: Person, *, today: date) -> VisitPage | None:
    """Read what the page of the visit shows to ``person``; None if there is none to see."""
    rows = with_changes(with_papers(visits, person)).select_related(
        "cadre", "unit", "plan__superior", "plan__dossier", "superior", "request__superior"
    )
    visit = rows.prefetch_related("unit__versions").filter(pk=pk).first()
    if visit is None:
        return None
    steps = list(visit.steps.select_related("by", "on_behalf_of"))
    versions = {row.number: row.content for row in visit.versions.all()} if steps else {}
    frozen = _approved(steps, versions)
    regulation = Regulation.objects.for_year(visit.ends_on.year)
    unit = visit.unit.name_on(visit.starts_on)
    reads_content = permissions.reads_content(person, visit)
    wishes = wishes_of(visit)
    wish = waiting_wish(visit, wishes)
    decides_wish = wish is not None and bool(permissions.refuses_amendment(person, visit))
    return VisitPage(
        visit=visit,
        unit=unit,
        steps=steps,
        planned=frozen,
        planned_unit=_planned_unit(visit, frozen, unit),
        slots=_slots(visit, today),
        reads_content=reads_content,
        reads_result=permissions.reads_result(person, visit),
        papers=papers_of(visit, person, today),
        decides=_decides(visit, person, today),
        result_due=visit.ends_on + timedelta(days=regulation.result_due_days),
        product_due=visit.ends_on + timedelta(days=regulation.product_due_days),
        today=today,
        changes=changes_of(visit, steps, versions, with_content=bool(reads_content)),
        wish=wish if decides_wish or person.pk == visit.cadre_id else None,
        wishes=wishes,
        may_refuse=decides_wish,
        activity=_activity(visit, person),
        mates=mates_of([visit]).get(visit.team, []),
        unit_ended=unit_ended(visit),
    )


def _decides(visit: Visit, person: Person, today: date) -> Person | None:
    """Who reads the result: whoever does today, once it has been reported (R17)."""
    if visit.state != VisitState.REPORTED:
        return visit.superior
    owner = visit.reported_by or visit.cadre
    superiors = superiors_for(person, today)
    return superiors.of(owner, permissions.department_of(visit)) or visit.superior


def _activity(visit: Visit, person: Person) -> ProgrammeActivity | None:
    if visit.activity_id is None:
        return None
    return ProgrammeActivity.objects.visible_to(person).filter(pk=visit.activity_id).first()


def _approved(steps: list[Step], versions: dict[int, dict[str, Any]]) -> dict[str, Any]:
    numbers = [step.number for step in steps if step.name in APPROVING]
    return versions.get(max(numbers), {}) if numbers else {}


def _planned_unit(visit: Visit, frozen: dict[str, Any], unit: str) -> str:
    if not frozen or frozen["unit"] == visit.unit.code:
        return unit
    planned = Unit.objects.prefetch_related("versions").filter(code=frozen["unit"]).first()
    return planned.name_on(date.fromisoformat(frozen["starts_on"])) if planned else frozen["unit"]


def _slots(visit: Visit, today: date) -> list[SlotDay]:
    entries = with_reason(visit.ledger.all(), today).order_by("date", "half")
    return [
        _slot_day(visit, day, list(rows), today)
        for day, rows in groupby(entries, key=lambda entry: entry.date)
    ]


def _slot_day(visit: Visit, day: date, rows: list[LedgerEntry], today: date) -> SlotDay:
    look = look_of(visit) or "none"
    if visit.state == VisitState.APPROVED and day < today:
        look = "miss"
    halves = {row.half: row for row in rows}
    reasons: dict[str, list[str]] = {}
    for row in rows:
        sentence = str(DayReason(row.reason).label)  # type: ignore[attr-defined]  # annotated
        reasons.setdefault(sentence, []).append(str(row.get_half_display()))
    said = [
        sentence if len(names) == len(rows) else f"{', '.join(names)}: {sentence}"
        for sentence, names in reasons.items()
    ]
    return SlotDay(day, look if Half.AM in halves else "", look if Half.PM in halves else "", said)
