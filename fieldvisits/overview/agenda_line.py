"""One line of an agenda as it is shown, with what should be looked at before agreeing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.text import clean
from fieldvisits.calendar import SATURDAY, days_from
from fieldvisits.choices import Decision, Session, VisitState
from fieldvisits.overview.clashes import Clashes, Stay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import Person
    from fieldvisits.models import AdHocRequest, AgendaLine, Visit
    from fieldvisits.overview.names import UnitNames

LOOKS = {
    Decision.OPEN: ("", "open"),
    Decision.APPROVE: ("ok", "accepted"),
    Decision.ADJUST: ("warn", "due"),
    Decision.DECLINE: ("bad", "refused"),
    Decision.DEFER: ("", "cut"),
}


@dataclass(slots=True)
class Line:
    """One line as it is shown, with what should be looked at before agreeing."""

    line: AgendaLine
    unit: str
    unit_short: str
    others: list[Stay]
    flags: list[str]
    is_own: bool
    look: tuple[str, str]
    said: str

    @property
    def visit(self) -> Visit:
        return self.line.visit

    @property
    def asked(self) -> AdHocRequest | None:
        return self.visit.ad_hoc_request

    @property
    def remark(self) -> str:
        """What the superior said: agreeing to the plan, or endorsing the request."""
        if self.asked:
            return self.asked.endorsement
        return self.line.remark or ""  # type: ignore[attr-defined]  # annotated

    @property
    def is_open(self) -> bool:
        return self.line.decision == Decision.OPEN and self.visit.state == VisitState.PROPOSED

    @property
    def waits_plainly(self) -> bool:
        """Undecided, and nothing to look at: may be agreed to with the rest."""
        return self.is_open and not self.flags and not self.is_own


def line_of(row: AgendaLine, viewer: Person, units: UnitNames, clashes: Clashes) -> Line:
    visit = row.visit
    others = clashes.with_(Stay.of(visit, row.department_id))
    return Line(
        line=row,
        unit=units.full(visit.unit_id, visit.starts_on),
        unit_short=units.short(visit.unit_id, visit.starts_on),
        others=others,
        flags=_flags(row, others),
        is_own=visit.cadre_id == viewer.pk,
        look=LOOKS[Decision(row.decision)],
        said=_said(row, units),
    )


def _flags(row: AgendaLine, others: list[Stay]) -> list[str]:
    visit, found = row.visit, []
    if others:
        n = len({other.party for other in others})
        text = ngettext("%(n)d other team that week", "%(n)d other teams that week", n)
        found.append(text % {"n": n})
    if row.on_holiday:  # type: ignore[attr-defined]  # annotated
        found.append(_("on a day off"))
    elif any(day.weekday() >= SATURDAY for day in days_from(visit.starts_on, visit.ends_on)):
        found.append(_("at a weekend"))
    if visit.starts_on <= row.sitting.held_on:
        found.append(_("approved afterwards"))
    if asked := visit.ad_hoc_request:
        found += _flags_of_request(asked)
    elif visit.registered_on is None or visit.registered_on >= visit.starts_on:
        found.append(_("not registered before its first day"))
    if visit.state == VisitState.CANCELLED:
        found.append(_("withdrawn by the cadre"))
    return found


def _flags_of_request(request: AdHocRequest) -> Iterator[str]:
    if request.is_late:
        yield _("written up too late")
    elif request.is_urgent:
        yield _("urgent, written up afterwards")


def _said(row: AgendaLine, units: UnitNames) -> str:
    """The decision in words, an adjustment with what is new."""
    label = str(Decision(row.decision).label)
    if row.decision != Decision.ADJUST or row.starts_on is None or row.ends_on is None:
        return label
    days = date_format(row.starts_on, "d/m")
    if row.ends_on != row.starts_on:
        days += f"–{date_format(row.ends_on, 'd/m')}"
    changed = [days]
    if row.session and row.session != Session.FULL:
        changed.append(row.get_session_display())
    if row.unit_id and row.unit_id != row.visit.unit_id:
        changed.append(units.short(row.unit_id, row.starts_on))
    return clean(f"{label}: {', '.join(changed)}")
