"""One import on its way: what it found wrong, what it changed, which codes it knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.interchange.journal import Journal
from accounts.interchange.sources import UnreadableFile
from accounts.interchange.values import quoted
from accounts.interchange.wording import title_of
from accounts.models import Department, DepartmentVersion, Person, Unit
from accounts.text import search_text

if TYPE_CHECKING:
    from accounts.interchange.tables import Row

PROBLEMS_KEPT = 1000
CHANGES_KEPT = 50  # per table, named in a dry run
CHANGES_SHOWN = 200  # per table, with what stood there before

# Columns with what people wrote, in whichever table.
TEXTS_OF_PAPERS = {"content", "result", "results", "difficulties", "proposals"}

_REFERRED: dict[str, type[Department | Unit | Person]] = {
    "departments": Department,
    "units": Unit,
    "people": Person,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing is imported. ``row`` 0 and ``column`` "" mean the table as a whole."""

    table: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        if self.row and self.column:
            form = _("%(table)s, row %(row)d, column %(column)s: %(reason)s")
        elif self.row:
            form = _("%(table)s, row %(row)d: %(reason)s")
        elif self.column:
            form = _("%(table)s, column %(column)s: %(reason)s")
        elif self.table:
            form = "%(table)s: %(reason)s"
        else:
            form = "%(reason)s"
        return form % {
            "table": self.table,
            "row": self.row,
            "column": quoted(self.column),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one row: each column with what stood there and what comes."""

    kind: str  # new, changed or removed
    row: int  # of the file; 0 if it stands in none
    label: str
    columns: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class Tally:
    """What an import did to one table, in rows; the first changes by name."""

    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    named: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def show(self, change: Change) -> None:
        if len(self.changes) < CHANGES_SHOWN:
            self.changes.append(change)

    def name(self, change: str) -> None:
        if len(self.named) < CHANGES_KEPT:
            self.named.append(change)

    @property
    def is_idle(self) -> bool:
        return not (self.created or self.changed or self.removed)


@dataclass
class Run:
    """Handed to every table; nothing is written any more once there is a problem."""

    tell: Callable[[str], None]
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    # Codes that stand in this import, whether their rows could be taken or not.
    mentioned: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    # Tables of which nothing could be read: references to them cannot be judged.
    unread: set[str] = field(default_factory=set)
    # People whose department or place on the committee has changed.
    moved: set[int] = field(default_factory=set)
    journal: Journal = field(default_factory=Journal)
    wrong: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    # What was read generously: of each table, column and way how often, and the first example.
    readings: dict[tuple[str, str, str], list[Any]] = field(default_factory=dict)
    # Whether problems may quote what people wrote in their papers.
    quotes_papers: bool = True
    most_rows: int | None = None  # of all tables together
    on_row: Callable[[int], None] = lambda _count: None
    rows_read: int = 0
    # What was found that is no row of a table, as plain values; it is part of what is confirmed.
    beside: dict[str, Any] = field(default_factory=dict)
    _ids: dict[str, dict[str, int]] = field(default_factory=dict)
    _names: defaultdict[str, set[str]] | None = None

    def problem(self, table: str, row: int, column: str, reason: str) -> None:
        self.problem_count += 1
        self.wrong[table].add(row)
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(Problem(table, row, column, reason))

    def warn(self, sentence: str) -> None:
        """Say something that does not stop the import."""
        self.tell(sentence)

    def read_as(self, table: str, column: str, way: str, text: str, taken: str) -> None:
        """Note that ``text`` was not as it should stand there, and was understood all the same."""
        found = self.readings.setdefault((table, column, way), [0, quoted(text), quoted(taken)])
        found[0] += 1

    def count_row(self, table: str) -> None:
        """Count one more row; raise ``UnreadableFile`` where there are more than are taken."""
        self.rows_read += 1
        self.tallies[table].read += 1
        if self.most_rows is not None and self.rows_read > self.most_rows:
            message = _("More than %(n)d rows in all tables together; divide the file.")
            raise UnreadableFile(message % {"n": self.most_rows})
        self.on_row(self.rows_read)

    def on_record(self, column: str, value: Any) -> str:
        """What stands on record, as a problem may quote it to whoever imports."""
        if column in TEXTS_OF_PAPERS and not self.quotes_papers:
            return "…"
        return quoted(str(value))

    @property
    def failed(self) -> bool:
        return self.problem_count > 0

    def ids(self, table: str) -> dict[str, int]:
        """All codes of ``table`` in the database; read when the table has been taken."""
        if table not in self._ids:
            rows = _REFERRED[table].objects.order_by().values_list("code", "pk")
            self._ids[table] = dict(rows)
        return self._ids[table]

    def names_of_departments(self) -> dict[str, set[str]]:
        """Every name a department has or had, as it is searched for, with the codes it is of."""
        if self._names is None:
            self._names = defaultdict(set)
            versions = DepartmentVersion.objects.order_by()
            for code, *names in versions.values_list("department__code", "name", "short_name"):
                for name in names:
                    self._names[search_text(name)].add(code)
        return self._names

    def forget(self, table: str) -> None:
        """Have ``ids`` read anew: rows of ``table`` have been made."""
        self._ids.pop(table, None)
        self._names = None

    def refer(self, name: str, row: Row, column: str, to: str, code: Any = None) -> int | None:
        """Return the row that ``column`` names in table ``to``, or None with a problem.

        No second problem where the row is in this import and had one of its own.
        """
        code = row[column] if code is None else code
        found = self.ids(to).get(code)
        if found is None and code not in self.mentioned[to] and to not in self.unread:
            reason = _("There is no “%(code)s” in %(table)s.")
            reason %= {"code": quoted(code), "table": title_of(to)}
            self.problem(name, row.number, column, reason)
        return found
