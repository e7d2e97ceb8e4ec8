"""Periods drawn as bars over the years: where each begins and ends, in parts of the width."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from accounts import palette
from accounts.models.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterable

YEARS_BESIDE = 10  # more marks than this would stand on each other
Kind = Literal["done", "appr", "wait", "plan"]  # how a bar is drawn: ``static/css/days.css``


@dataclass(frozen=True, slots=True)
class Span:
    """One period with its words; ``kind`` is its look, one of the tiles' own."""

    label: str
    first: date
    last: date | None
    kind: Kind = "done"

    @classmethod
    def of(cls, row: Period, label: str, today: date) -> Span:
        """Solid: in force; hatched: to come; lighter: over."""
        if row.starts_on > today:
            return cls(label, row.starts_on, row.ends_on, "appr")
        over = row.ends_on is not None and row.ends_on < today
        return cls(label, row.starts_on, row.ends_on, "wait" if over else "done")


@dataclass(frozen=True, slots=True)
class Bar:
    span: Span
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Lane:
    label: str
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Timeline:
    lanes: list[Lane] = field(default_factory=list)
    years: list[tuple[int, str]] = field(default_factory=list)
    today_x: str = ""
    palette: Any = palette

    def __bool__(self) -> bool:
        return bool(self.lanes)

    @classmethod
    def of(cls, lanes: Iterable[tuple[str, list[Span]]], today: date) -> Timeline:
        """From the year of the first period to the end of next year, or of the last one."""
        shown = [(label, spans) for label, spans in lanes if spans]
        days = [day for _label, spans in shown for one in spans for day in (one.first, one.last)]
        known = [day for day in days if day is not None]
        if not known:
            return cls()
        first = date(min(*known, today).year, 1, 1)
        last = date(max(*known, today).year + 1, 12, 31)
        whole = (last - first).days + 1

        def at(day: date) -> float:
            return 100 * (day - first).days / whole

        def bar(span: Span) -> Bar:
            begin, end = at(span.first), at((span.last or last) + timedelta(days=1))
            return Bar(span, _percent(begin), _percent(max(end - begin, 0.4)))

        step = -(-(last.year - first.year + 1) // YEARS_BESIDE)
        return cls(
            [Lane(label, [bar(span) for span in spans]) for label, spans in shown],
            [
                (year, _percent(at(date(year, 1, 1))))
                for year in range(first.year, last.year + 1, step)
            ],
            _percent(at(today)),
        )


def _percent(value: float) -> str:
    return f"{value:.2f}%"
