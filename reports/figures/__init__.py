"""Every number that is shown anywhere, as frozen data; defined in docs/figures.md."""

from reports.figures.cadres import CadreFigures, cadre_standing, own_standing
from reports.figures.day_rows import DayRow, day_rows
from reports.figures.days import Days, ad_hoc_share, confirmed_share, in_days
from reports.figures.departments import DepartmentFigures
from reports.figures.units import Coverage, UnitDays, coverage, unit_days
from reports.figures.weekly import OwedWeek, Weekly, owed_weeks
from reports.figures.window import Window, default_as_of
from reports.figures.year import YearFigures, figures_in, year_figures

__all__ = [
    "CadreFigures",
    "Coverage",
    "DayRow",
    "Days",
    "DepartmentFigures",
    "OwedWeek",
    "UnitDays",
    "Weekly",
    "Window",
    "YearFigures",
    "ad_hoc_share",
    "cadre_standing",
    "confirmed_share",
    "coverage",
    "day_rows",
    "default_as_of",
    "figures_in",
    "in_days",
    "owed_weeks",
    "own_standing",
    "unit_days",
    "year_figures",
]
