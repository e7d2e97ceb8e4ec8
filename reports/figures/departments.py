"""The figures of departments and of the agency: sums over listed cadres."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from accounts.choices import COMMITTEE_CODE
from accounts.models import Department
from reports.figures.cadres import code_of
from reports.figures.days import Days, in_days
from reports.figures.weekly import NO_WEEKS, Weekly

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from fieldvisits.ledger.totals import Totals
    from reports.figures.cadres import CadreFigures, Sources
    from reports.figures.days import type_of_json
    from reports.figures.window import Window


@dataclass(frozen=True, slots=True)
class DepartmentFigures:
    """Days of the dates on which cadres belonged to it; the rest over those listed under it.

    The agency is the same over everybody listed, with neither code nor name.
    """

    code: str
    department_id: int | None
    name: str
    cadres: int
    met: int
    target: int
    gap: int
    days: Days
    weekly: Weekly

    def as_json(self) -> type_of_json:
        return {
            "cadres": self.cadres,
            "met": self.met,
            "target": in_days(self.target),
            "gap": in_days(self.gap),
            **self.days.as_json(),
            **self.days.splits_as_json(),
            "weekly": self.weekly.as_json(),
        }


class Named(NamedTuple):
    """A department as the figures need it."""

    code: str
    name: str
    in_window: bool


def departments_of(window: Window) -> dict[int, Named]:
    """Return all departments: code, the name on the as-of day, and whether the window saw it.

    One query.
    """
    rows = Department.objects.order_by("code", "versions__starts_on").values_list(
        "pk", "code", "versions__name", "versions__starts_on", "versions__ends_on"
    )
    found: dict[int, Named] = {}
    for pk, code, name, starts_on, ends_on in rows:
        before = found.get(pk, Named(code, "", in_window=False))
        touches = _touches(window, starts_on, ends_on)
        is_newer = starts_on is not None and starts_on <= window.reached
        found[pk] = Named(
            code,
            name if name and (is_newer or not before.name) else before.name or code,
            before.in_window or touches,
        )
    return found


def _touches(window: Window, starts_on: date | None, ends_on: date | None) -> bool:
    """Whether a version was in force in the window; a department without any never is."""
    if starts_on is None:
        return False
    return starts_on <= window.last and (ends_on is None or ends_on >= window.first)


def department_figures(
    cadres: Iterable[CadreFigures],
    sources: Sources,
    departments: Mapping[int, Named],
    asked: str | None = None,
) -> tuple[DepartmentFigures, ...]:
    """Return every department of the window, and whatever else has cadres or days, by code.

    ``asked`` is shown in any case.
    """
    codes = {pk: named.code for pk, named in departments.items()}
    listed: defaultdict[str, list[CadreFigures]] = defaultdict(list)
    parts: defaultdict[str, list[Totals]] = defaultdict(list)
    for cadre in cadres:
        listed[cadre.department].append(cadre)
        for bench, total in sources.totals.get(cadre.person_id, {}).items():
            parts[code_of(bench, codes)].append(total)
    days = {code: Days.of(totals) for code, totals in parts.items()}
    shown = {named.code for named in departments.values() if named.in_window}
    shown |= set(listed) | {code for code, found in days.items() if found != Days()}
    shown |= {asked} if asked is not None else set()
    ids = {code: pk for pk, code in codes.items()}
    names = {named.code: named.name for named in departments.values()}
    names |= {COMMITTEE_CODE: _("Standing Committee"), "": _("Without a department")}
    return tuple(
        sum_up(code, ids.get(code), names[code], listed[code], days.get(code, Days()))
        for code in sorted(shown)
    )


def sum_up(
    code: str, department_id: int | None, name: str, cadres: list[CadreFigures], days: Days
) -> DepartmentFigures:
    return DepartmentFigures(
        code=code,
        department_id=department_id,
        name=name,
        cadres=len(cadres),
        met=sum(cadre.met is True for cadre in cadres),
        target=sum(cadre.target for cadre in cadres),
        gap=sum(cadre.gap for cadre in cadres),
        days=days,
        weekly=Weekly.sum(cadre.weekly for cadre in cadres) if cadres else NO_WEEKS,
    )
