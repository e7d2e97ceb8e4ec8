"""A whole year of the agency in one piece: what dashboards, papers and exports are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.figures.cadres import Sources, cadre_figures
from reports.figures.days import Days, in_days
from reports.figures.departments import department_figures, departments_of, sum_up
from reports.figures.window import Window

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from reports.figures.cadres import CadreFigures
    from reports.figures.days import type_of_json
    from reports.figures.departments import DepartmentFigures


@dataclass(frozen=True, slots=True)
class YearFigures:
    """``cadres`` and ``departments`` in order of their codes; half-days throughout."""

    year: int
    as_of: date
    target: int
    assumed: bool  # no regulation was found for the year; another one is continued
    cadres: tuple[CadreFigures, ...]
    departments: tuple[DepartmentFigures, ...]
    agency: DepartmentFigures

    @property
    def target_days(self) -> int:
        return self.target // 2

    def of_department(self, code: str) -> YearFigures:
        """Only the cadres listed under ``code`` and that row; the agency stays whole."""
        return replace(
            self,
            cadres=tuple(cadre for cadre in self.cadres if cadre.department == code),
            departments=tuple(row for row in self.departments if row.code == code),
        )

    def as_json(self) -> type_of_json:
        return {
            "year": self.year,
            "as_of": self.as_of.isoformat(),
            "target_days": in_days(self.target),
            "cadres": [cadre.as_json() for cadre in self.cadres],
            "departments": [{"code": row.code, **row.as_json()} for row in self.departments],
            "agency": self.agency.as_json(),
        }


def year_figures(
    year: int, *, as_of: date, department: str | None = None, cadre: Person | None = None
) -> YearFigures:
    """Return the figures of ``year`` at the end of ``as_of``.

    Nine queries, however many cadres. ``department`` (a code) and ``cadre`` only choose
    rows: the sums are always those of everybody listed.
    """
    figures = figures_in(Window.read(year, as_of), asked=department)
    if department is not None:
        figures = figures.of_department(department)
    if cadre is not None:
        figures = replace(
            figures, cadres=tuple(row for row in figures.cadres if row.person_id == cadre.pk)
        )
    return figures


def figures_in(window: Window, *, asked: str | None = None, with_weeks: bool = True) -> YearFigures:
    """Return the figures of a window that has been read: seven queries, five without weeks."""
    departments = departments_of(window)
    sources = Sources.read(window, with_weeks=with_weeks)
    cadres = cadre_figures(window, sources, {pk: row.code for pk, row in departments.items()})
    days = Days.of(
        total for row in cadres for total in sources.totals.get(row.person_id, {}).values()
    )
    return YearFigures(
        year=window.year,
        as_of=window.as_of,
        target=window.target,
        assumed=window.assumed,
        cadres=cadres,
        departments=department_figures(cadres, sources, departments, asked),
        agency=sum_up("", None, "", list(cadres), days),
    )
