"""Rows by key: make what is new, change what differs, leave the rest alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import date

    from django.db import models

    from accounts.interchange.run import Run
    from accounts.interchange.tables import Row

BATCH = 500


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

    @property
    def key(self) -> Hashable:
        return tuple(self.identity.values())


@dataclass(slots=True)
class Written:
    new: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)


def upsert(
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
            for name in item.differing:
                setattr(item.object, name, item.values[name])
            fields.update(item.differing)
            written.changed.append(finish(item.object))
    manager = model._default_manager  # noqa: SLF001 -- the documented model API
    manager.bulk_create(written.new, batch_size=BATCH)
    if written.changed:
        manager.bulk_update(written.changed, sorted(fields), batch_size=BATCH)
    return written


def count(run: Run, table: str, wanted: Iterable[Wanted]) -> None:
    """Add to the tally of ``table`` what ``upsert`` did with ``wanted``."""
    tally = run.tallies[table]
    for item in wanted:
        if item.differing is None:
            tally.created += 1
            tally.name(_("new: %(row)s") % {"row": item.label})
        elif item.differing:
            tally.changed += 1
            names = ", ".join(item.differing)
            tally.name(_("changed: %(row)s (%(columns)s)") % {"row": item.label, "columns": names})
        else:
            tally.unchanged += 1


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
