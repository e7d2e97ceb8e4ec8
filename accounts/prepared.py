"""Questions that every page asks: made into SQL once, and asked again with other values.

Putting a query with several subqueries together costs many times what the database takes to
answer it. Who holds and acts in which office is asked at every request and before every step.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from django.db.models import QuerySet
    from django.db.models.sql.compiler import SQLCompiler

# Two values of each type that nothing else in a query has: where they differ, a value goes.
SAMPLES: dict[type, tuple[Any, Any]] = {
    int: (2_000_000_011, 2_000_000_033),
    date: (date(1001, 1, 1), date(1002, 2, 2)),
}


@dataclass(frozen=True, slots=True)
class _Kept:
    rows: QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> _Kept:
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        return cls(rows, compiler, sql, tuple(parameters))

    def ask(self, parameters: tuple[Any, ...]) -> list[Any]:
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # of this thread
        compiler.as_sql = lambda *_, **__: (self.sql, parameters)  # type: ignore[method-assign]  # of this copy alone
        rows = self.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]  # of this copy alone
        return list(rows)


class Prepared:
    """``build(**values)`` makes the query set; the values are whole numbers and days.

    The values may stand in it anywhere as they are. A query whose text or other parameters
    depend on them cannot be prepared: ValueError at the first call.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]], **types: type) -> None:
        self.build, self.types = build, types
        self.kept: dict[str, tuple[_Kept, dict[int, str]]] = {}  # by the maker of the database

    def __call__(self, **values: Any) -> list[Any]:
        kept, places = self.kept.get(connection.vendor) or self._prepare()
        adapted = {name: _adapted(value) for name, value in values.items()}
        parameters = tuple(
            adapted[places[number]] if number in places else value
            for number, value in enumerate(kept.parameters)
        )
        return kept.ask(parameters)

    def _samples(self, which: int) -> dict[str, Any]:
        """Make each value of one type another one, too."""
        found = {}
        for number, (name, kind) in enumerate(self.types.items()):
            sample = SAMPLES[kind][which]
            later = sample.replace(day=1 + number) if kind is date else sample + number
            found[name] = later
        return found

    def _prepare(self) -> tuple[_Kept, dict[int, str]]:
        """Make the query, and find at which of its parameters which value goes."""
        first, second = self._samples(0), self._samples(1)
        kept, other = _Kept.of(self.build(**first)), _Kept.of(self.build(**second))
        names = {(_adapted(first[name]), _adapted(second[name])): name for name in self.types}
        pairs = enumerate(zip(kept.parameters, other.parameters, strict=True))
        places = {number: names.get(pair) for number, pair in pairs if pair[0] != pair[1]}
        if kept.sql != other.sql or None in places.values():
            raise ValueError("the query depends on its values in other ways than by them")
        return self.kept.setdefault(connection.vendor, (kept, places))  # type: ignore[arg-type]  # no None, as seen


class PreparedByCase:
    """Queries too varied for places: each kept for its own case, the latest ``most`` of them.

    Whatever the query depends on has to be in the case; the rows are read anew each time.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self.lock = Lock()

    def __call__(self, case: Hashable, build: Callable[[], QuerySet[Any]]) -> list[Any]:
        case = (connection.vendor, case)
        with self.lock:
            if kept := self.kept.get(case):
                self.kept.move_to_end(case)
        if kept is None:
            kept = _Kept.of(build())
            with self.lock:
                self.kept[case] = kept
                while len(self.kept) > self.most:
                    self.kept.popitem(last=False)
        return kept.ask(kept.parameters)


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
