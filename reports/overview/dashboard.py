"""The agency in one look: the figures row and the departments against the pace."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.links import address
from accounts.words import days, days1
from reports.choices import Standing
from reports.figures import ad_hoc_share, confirmed_share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from accounts.desk import Waiting
    from reports.figures import CadreFigures, DepartmentFigures, Window, YearFigures
    from reports.figures.days import Days
    from reports.overview.coverage import Reach

    type_of_link = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class PaceRow:
    """One department, in half-days a person; the people counted by standing."""

    name: str
    url: str
    cadres: int
    bar: dict[str, Any]
    accepted: Fraction
    tone: str
    shape: str
    words: str
    ad_hoc: str  # share of the days carried out (R8)
    counts: tuple[tuple[Standing, int, str], ...]


def percent(share: float | None) -> str:
    """“62,5%”; a dash where there is nothing to divide by."""
    return "–" if share is None else f"{number_format(100 * share, 1)}%"


def people_link(window: Window) -> type_of_link:
    """The list of people behind a number: department code, standing."""

    def link(code: str, standing: str) -> str:
        query = {"year": window.year, "as_of": f"{window.as_of:%d/%m/%Y}"}
        query |= {"department": code} if code else {}
        query |= {"standing": standing} if standing else {}
        return f"{address('reports:people')}?{urlencode(query)}"

    return link


def standings(cadres: Iterable[CadreFigures]) -> dict[Standing, int]:
    found = dict.fromkeys(Standing, 0)
    for cadre in cadres:
        if cadre.standing:
            found[cadre.standing] += 1
    return found


def pace_rows(
    figures: YearFigures, may_open: Callable[[DepartmentFigures], bool], link: type_of_link
) -> list[PaceRow]:
    return [
        _pace_row(
            row,
            [cadre for cadre in figures.cadres if cadre.department == row.code],
            figures.target,
            link if may_open(row) else _no_link,
        )
        for row in figures.departments
        if row.cadres
    ]


def agency_row(figures: YearFigures, link: type_of_link | None) -> PaceRow | None:
    if not figures.cadres:
        return None
    return _pace_row(figures.agency, list(figures.cadres), figures.target, link or _no_link)


def _no_link(_code: str, _standing: str) -> str:
    return ""


def _pace_row(
    row: DepartmentFigures, cadres: list[CadreFigures], target: int, link: type_of_link
) -> PaceRow:
    pace = Fraction(sum(cadre.pace for cadre in cadres), row.cadres)
    each = {
        name: Fraction(getattr(row.days, name), row.cadres)
        for name in ("accepted", "provisional", "ahead", "carried_out")
    }
    ahead_of_pace = each["carried_out"] - pace
    values = {"days": days1(abs(ahead_of_pace))}
    found = standings(cadres)
    return PaceRow(
        name=row.name or _("Whole agency"),
        url=link(row.code, ""),
        cadres=row.cadres,
        bar={
            "done": each["accepted"],
            "provisional": each["provisional"],
            "ahead": each["ahead"],
            "target": target,
            "pace": pace,
            "full": Fraction(target * 11, 10),
        },
        accepted=each["accepted"],
        tone="ok" if ahead_of_pace >= 0 else "bad",
        shape="accepted" if ahead_of_pace >= 0 else "late",
        words=(_("%(days)s ahead") if ahead_of_pace >= 0 else _("%(days)s behind")) % values,
        ad_hoc=percent(ad_hoc_share(row.days)),
        counts=tuple((s, n, link(row.code, s.value) if n else "") for s, n in found.items()),
    )


def cells(
    figures: YearFigures, reach: Reach, beside: Iterable[Waiting], link: type_of_link | None
) -> list[dict[str, Any]]:
    """The figures row; ``beside``: visits approved afterwards, products owed, those overdue."""
    return [*_days_and_people(figures, link or _no_link), *_quality(figures, reach, *beside)]


def _days_and_people(figures: YearFigures, link: type_of_link) -> list[dict[str, Any]]:
    agency, found = figures.agency, standings(figures.cadres)
    pace = sum(cadre.pace for cadre in figures.cadres)
    behind = agency.days.carried_out < pace
    share = agency.days.accepted / agency.target if agency.target else None
    on_pace = pace / agency.target if agency.target else None
    people = _("persons")
    return [
        {
            "label": _("Days accepted, whole agency"),
            "value": days1(agency.days.accepted),
            "of": days(agency.target),
            "url": link("", ""),
            "tone": "warn" if behind else "ok",
            "shape": "due" if behind else "accepted",
            "note": _("%(share)s; pace today %(pace)s")
            % {"share": percent(share), "pace": percent(on_pace)},
            "lead": True,
        },
        *(
            {
                "label": label % {"days": days(figures.target)},
                "value": found[standing],
                "url": link("", standing.value),
                "tone": tone,
                "shape": shape,
                "note": people,
            }
            for standing, label, tone, shape in (
                (Standing.MET, _("Reached %(days)s days"), "ok", "accepted"),
                (Standing.ON_PACE, _("On pace"), "now", "done"),
                (Standing.BEHIND, _("Behind the pace"), "bad", "late"),
            )
        ),
    ]


def _quality(
    figures: YearFigures, reach: Reach, afterwards: Waiting, owed: Waiting, overdue: Waiting
) -> list[dict[str, Any]]:
    agency = figures.agency.days
    visits = address("fieldvisits:visit-list")
    year = f"{visits}?year={figures.year}"
    return [
        {
            "label": _("Units visited"),
            "value": reach.covered,
            "of": str(len(reach.lines)),
            "url": "#coverage",
            "shape": "open",
            "note": _("at the unit or below it"),
        },
        *_ways(agency, afterwards, visits, year),
        {
            "label": _("Products owed"),
            "value": owed.count,
            "url": visits and f"{visits}?kind=thematic",
            "tone": "warn" if overdue else "",
            "shape": "due",
            "note": ngettext("%(n)d overdue", "%(n)d overdue", overdue.count)
            % {"n": overdue.count},
        },
        *_outstanding(agency, visits, year),
    ]


def _ways(agency: Days, afterwards: Waiting, visits: str, year: str) -> list[dict[str, Any]]:
    """What was approved outside the plans (R8), and what after its first day (R7)."""
    return [
        {
            "label": _("Ad-hoc visits"),
            "value": percent(ad_hoc_share(agency)),
            "url": visits and f"{year}&way=ad_hoc",
            "shape": "info",
            "note": _("%(part)s of %(all)s days")
            % {"part": days(agency.ad_hoc), "all": days(agency.carried_out)},
        },
        {
            "label": _("Approved afterwards"),
            "value": afterwards.count,
            "url": visits and f"{year}&way=afterwards",
            "shape": "due",
            "note": _("visits, decided on or after their first day"),
        },
    ]


def _outstanding(agency: Days, visits: str, year: str) -> list[dict[str, Any]]:
    """What units have still to confirm and cadres to record."""
    return [
        {
            "label": _("Confirmed by units"),
            "value": percent(confirmed_share(agency)),
            "url": visits and year,
            "shape": "confirmed",
            "note": _("of the days accepted"),
        },
        {
            "label": _("Results not recorded"),
            "value": days1(agency.unreported),
            "url": visits and f"{year}&state=approved",
            "tone": "bad" if agency.unreported else "",
            "shape": "late" if agency.unreported else "accepted",
            "note": _("days gone by"),
        },
    ]
