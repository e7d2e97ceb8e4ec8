"""A cadre's quarter, plan against done: days and visits by kind (R10).

Days are distinct half-days by date, so a visit over the quarter's end counts on each side;
the conditions are those of every other figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, ExpressionWrapper

from fieldvisits.choices import COUNTING_KINDS, VisitKind
from fieldvisits.ledger import conditions
from fieldvisits.models import LedgerEntry, Visit
from fieldvisits.models.visit import PUBLIC_STATES

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.calendar import Quarter

# In the order of the table; the last two end at the as-of day.
FIGURES = {
    "planned": conditions.PLANNED,
    "approved": conditions.APPROVED,
    "carried_out": conditions.CARRIED_OUT,
    "accepted": conditions.ACCEPTED,
}
DONE = ("carried_out", "accepted")


@dataclass(frozen=True, slots=True)
class Line:
    """Half-days and visits of one kind, or of all; both by figure."""

    kind: str
    half_days: dict[str, int]
    visits: dict[str, int]


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    as_of: date
    total: Line
    kinds: tuple[Line, ...]


def quarter_figures(person: Person, quarter: Quarter, as_of: date) -> QuarterFigures:
    """Return plan against done as of the end of ``as_of``. One query."""
    entries = LedgerEntry.objects.filter(
        cadre=person, date__range=(quarter.first_day, quarter.last_day)
    ).annotate(
        **{
            f"is_{name}": ExpressionWrapper(condition, output_field=BooleanField())
            for name, condition in FIGURES.items()
        }
    )
    columns = ("code", "kind", "date", "half", *(f"is_{name}" for name in FIGURES))
    rows = sorted(entries.order_by().values_list(*columns))
    taken = {name: _taken(rows, number, name, as_of) for number, name in enumerate(FIGURES, 4)}
    return QuarterFigures(
        as_of=as_of,
        total=_line("", taken),
        kinds=tuple(_line(kind.value, taken) for kind in VisitKind if kind in COUNTING_KINDS),
    )


def _taken(
    rows: list[tuple[Any, ...]], column: int, name: str, as_of: date
) -> dict[tuple[date, str], tuple[str, str]]:
    """Each half-day of a figure with kind and code of the visit it goes to: the lowest code."""
    found: dict[tuple[date, str], tuple[str, str]] = {}
    for row in rows:
        code, kind, day, half = row[:4]
        if row[column] and (name not in DONE or day <= as_of):
            found.setdefault((day, half), (kind, code))
    return found


def _line(kind: str, taken: dict[str, dict[tuple[date, str], tuple[str, str]]]) -> Line:
    halves, visits = {}, {}
    for name, slots in taken.items():
        inside = [code for of, code in slots.values() if kind in ("", of)]
        halves[name], visits[name] = len(inside), len(set(inside))
    return Line(kind, halves, visits)


def visits_of(person: Person, first: date, last: date) -> list[Visit]:
    """The person's approved visits with a day in the time. Two queries.

    What is only planned is not shown to whoever reads the report: its plan may be a draft.
    """
    rows = Visit.objects.filter(cadre=person, state__in=PUBLIC_STATES).touching(first, last)
    return list(rows.in_order().select_related("unit").prefetch_related("unit__versions"))
