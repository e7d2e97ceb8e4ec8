"""Rows by key: make what is new, change what differs, leave the rest alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _

from accounts.interchange import journal
from accounts.interchange.run import Change

if TYPE_CHECKING:
    from django.db import models

    from accounts.interchange.run import Run
    from accounts.interchange.tables import Row

BATCH = 500
COLUMNS_OF_NEW = 3


@dataclass(slots=True)
class Wanted:
    """What one row of a file asks for: ``identity`` is set once, ``values`` may change."""

    row: Row
    label: str
    identity: dict[str, Any]
    values: dict[str, Any]
    # Set by ``upsert``: the names of the fields that differed, None for a new object.
    differing: list[str] | None = None
    object: Any = None
    # What stood in the fields that differed.
    was: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Hashable:
        return tuple(self.identity.values())


@dataclass(slots=True)
class Written:
    new: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)


def upsert(
    run: Run,
    model: type[models.Model],
    wanted: Iterable[Wanted],
    existing: dict[Hashable, Any],
    finish: Callable[[Any], Any] = lambda row: row,
    derived: tuple[str, ...] = (),
) -> Written:
    """Write ``wanted``; ``finish`` sets the ``derived`` fields of a row before it is saved."""
    written, fields = Written(), set(derived)
    for item in wanted:
        item.object = existing.get(item.key)
        if item.object is None:
            item.object = finish(model(**item.identity, **item.values))
            written.new.append(item.object)
            continue
        item.differing = [
            name for name, value in item.values.items() if getattr(item.object, name) != value
        ]
        if item.differing:
            fields.update(item.differing)
            written.changed.append(_changed(run, item, finish, derived))
    manager = model._default_manager  # noqa: SLF001 -- the documented model API
    manager.bulk_create(written.new, batch_size=BATCH)
    if written.changed:
        manager.bulk_update(written.changed, sorted(fields), batch_size=BATCH)
    for item in wanted:
        if item.differing is None:
            run.journal.made([item.object], [*item.identity, *item.values])
    return written


def _changed(
    run: Run, item: Wanted, finish: Callable[[Any], Any], derived: tuple[str, ...]
) -> models.Model:
    """Set what differs on the object of ``item``, and note what stood there."""
    row, names = item.object, [*(item.differing or ()), *derived]
    item.was = {name: getattr(row, name) for name in item.differing or ()}
    before = journal.written(row, names)
    for name in item.differing or ():
        setattr(row, name, item.values[name])
    finish(row)
    run.journal.changed(row, before, journal.written(row, names))
    return row


def count(run: Run, table: str, wanted: Iterable[Wanted]) -> None:
    """Add to the tally of ``table`` what ``upsert`` did with ``wanted``."""
    tally = run.tallies[table]
    for item in wanted:
        if item.differing is None:
            tally.created += 1
            tally.show(_arriving(item))
            tally.name(_("new: %(row)s") % {"row": item.label})
        elif item.differing:
            tally.changed += 1
            names = ", ".join(item.differing)
            tally.show(_shown(item))
            tally.name(_("changed: %(row)s (%(columns)s)") % {"row": item.label, "columns": names})
        else:
            tally.unchanged += 1


# Columns that the database calls otherwise; the row of the file says which of them it has.
_COLUMNS = {
    "starts_on": ("from", "valid_from"),
    "ends_on": ("to", "valid_to"),
    "parent": ("parent_code",),
}


def _arriving(item: Wanted) -> Change:
    """A new row, with the first of what stands in it beside its code."""
    said = item.label.split()
    columns = [
        (name, "", _in_words(value))
        for name, value in item.row.values.items()
        if value not in (None, "") and str(value) not in said
    ]
    return Change("new", item.row.number, item.label, tuple(columns[:COLUMNS_OF_NEW]))


def _shown(item: Wanted) -> Change:
    """The change as people read it: what stood in each column, and what comes."""
    columns = []
    for name in item.differing or ():
        column = next((known for known in _COLUMNS.get(name, ()) if item.row.has(known)), name)
        old, new = item.was.get(name), item.values.get(name, item.row.get(name))
        columns.append((column, _in_words(old), _in_words(new)))
    return Change("changed", item.row.number, item.label, tuple(columns))


def _in_words(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case date():
            return formats.date_format(value, "d/m/Y")
    return str(getattr(value, "code", value))


def refuse_repeated(run: Run, table: str, column: str, wanted: Iterable[Wanted]) -> None:
    """A key may stand in one row only; the problem names both."""
    first: dict[Hashable, int] = {}
    for item in wanted:
        seen = first.setdefault(item.key, item.row.number)
        if seen != item.row.number:
            reason = _("Row %(row)d already says something about %(label)s.")
            run.problem(table, item.row.number, column, reason % {"row": seen, "label": item.label})


def refuse_backwards(run: Run, table: str, row: Row, first: str, last: str) -> None:
    """The last day of a period may not lie before its first."""
    begins: date | None = row.get(first)
    ends: date | None = row.get(last)
    if begins and ends and ends < begins:
        run.problem(table, row.number, last, _("The last day lies before the first."))
