"""Departments with the members in charge of them, through time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.actions.portfolios import planned_after
from accounts.choices import Body
from accounts.consequences import Consequence
from accounts.models import Appointment, Department, Person, Portfolio
from accounts.overview.person import standing_of
from accounts.overview.timeline import Span, Timeline
from accounts.words import day as in_figures


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    row: Portfolio
    state: str
    tone: str
    shape: str


@dataclass(frozen=True, slots=True)
class DepartmentPortfolios:
    department: Department
    name: str
    exists: bool
    now: Person | None
    rows: list[PortfolioRow]


def portfolios_of_all(today: date) -> list[DepartmentPortfolios]:
    """Those that exist today first; three queries."""
    found: dict[int, list[Portfolio]] = {}
    rows = Portfolio.objects.select_related("person").order_by("-starts_on", "-pk")
    for row in rows:
        found.setdefault(row.department_id, []).append(row)
    departments = [
        _department(row, found.get(row.pk, []), today)
        for row in Department.objects.prefetch_related("versions")
    ]
    shown = [one for one in departments if one.exists or one.rows]
    return sorted(shown, key=lambda one: (not one.exists, one.department.code))


def _department(department: Department, rows: list[Portfolio], today: date) -> DepartmentPortfolios:
    return DepartmentPortfolios(
        department,
        department.name_on(today),
        department.exists_on(today),
        next((row.person for row in rows if row.covers(today)), None),
        [PortfolioRow(row, *standing_of(row, today)) for row in rows],
    )


def drawn(departments: list[DepartmentPortfolios], today: date) -> Timeline:
    lanes = (
        (one.name, [Span.of(line.row, line.row.person.full_name, today) for line in one.rows])
        for one in departments
    )
    return Timeline.of(lanes, today)


def members_from(day: date) -> list[Person]:
    """Who sits on the Standing Committee on ``day`` or later, by name."""
    rows = Appointment.objects.touching(day, date.max).filter(body=Body.STANDING_COMMITTEE)
    people = Person.objects.filter(pk__in=rows.values("person"), is_active=True)
    return list(people.in_order())


def what_follows(department: Department, member: Person | None, on: date) -> list[Consequence]:
    day = in_figures(on)
    now = department.portfolios.on(on).exclude(starts_on=on).select_related("person").first()
    found = []
    if now is not None:
        said = _("Until the day before, comrade %(name)s stays in charge.")
        found.append(Consequence(said % {"name": now.person.full_name}))
    if member is None:
        said = _("From %(day)s the Secretary decides on the papers of the department's head.")
    else:
        said = _("From %(day)s comrade %(name)s decides on the papers of the department's head.")
    values = {"day": day, "name": member.full_name if member else ""}
    found.append(Consequence(said % values, "" if member else "warn"))
    if later := planned_after(department, on):
        named = tuple(f"{row.person}, {in_figures(row.starts_on)}" for row in later)
        found.append(Consequence(_("What was planned for later falls away:"), "warn", named))
    return found
