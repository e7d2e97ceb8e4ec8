"""What a table of the interchange is, and which there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.interchange.run import Run
    from accounts.interchange.values import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """``optional`` columns may be missing or empty: they are marked ? in docs/figures.md."""

    name: str
    kind: Kind
    optional: bool = False
    # What an empty cell of an optional column means.
    empty: Any = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its values read; ``number`` is the one a person sees in the file."""

    number: int
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def has(self, column: str) -> bool:
        """Whether the file has this column at all; a missing one changes nothing."""
        return column in self.values

    def get(self, column: str, otherwise: Any = None) -> Any:
        return self.values.get(column, otherwise)


@dataclass(frozen=True, slots=True)
class Table:
    """``take`` writes rows to the database, ``give`` yields them in their one order."""

    name: str
    columns: tuple[Column, ...]
    take: Callable[[Run, Iterable[Row]], None]
    give: Callable[[], Iterator[tuple[Any, ...]]]
    # The column by which later tables refer to rows of this one.
    code: str = ""
    # Whether it holds what people wrote in their papers: not the administrator's to read.
    holds_papers: bool = False

    @property
    def headings(self) -> list[str]:
        return [column.name for column in self.columns]


# What happens between two tables of an import, whether they are in the file or not.
type_of_stage = Table | Callable[["Run"], None]

_stages: list[type_of_stage] = []


def register(*stages: type_of_stage) -> None:
    """Add tables, or things to do between tables, in the order in which they are taken."""
    _stages.extend(stage for stage in stages if stage not in _stages)


def stages() -> list[type_of_stage]:
    return list(_stages)


def tables() -> list[Table]:
    return [stage for stage in _stages if isinstance(stage, Table)]
