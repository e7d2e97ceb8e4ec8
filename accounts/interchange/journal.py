"""What an import wrote, row by row, so that it can be taken back.

JSON only: keys as numbers, values as texts the way ``value_to_string`` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from accounts.actions import journal as actions

if TYPE_CHECKING:
    from django.db import models


def written(row: models.Model, names: Iterable[str]) -> dict[str, str | None]:
    """Return the fields ``names`` of ``row`` as texts that ``to_python`` of the field reads."""
    fields = {field.attname: field for field in row._meta.concrete_fields}  # noqa: SLF001 -- the documented model API
    fields |= {field.name: field for field in row._meta.concrete_fields}  # noqa: SLF001 -- as above
    found = {}
    for name in names:
        column = fields[name]
        empty = getattr(row, column.attname) is None
        found[column.attname] = None if empty else str(column.value_to_string(row))
    return found


def _texts(values: Mapping[str, Any]) -> dict[str, str | None]:
    """Plain values as ``written`` has them."""
    return {name: None if value is None else str(value) for name, value in values.items()}


@dataclass(slots=True)
class Entry:
    """What happened to the rows of one model; ``made`` and ``changed`` by key."""

    made: dict[int, dict[str, Any]] = field(default_factory=dict)
    # Of each field: what stood there, and what stands there since.
    changed: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    removed: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Journal:
    entries: dict[str, Entry] = field(default_factory=dict)

    def of(self, model: type[models.Model]) -> Entry:
        """Models stand in the order in which they were first written."""
        return self.entries.setdefault(model._meta.label, Entry())  # noqa: SLF001 -- the documented model API

    def made(self, rows: Iterable[models.Model], names: Iterable[str] = ()) -> None:
        for row in rows:
            self.of(type(row)).made[row.pk] = written(row, names)

    def changed(self, row: models.Model, before: dict[str, Any], after: dict[str, Any]) -> None:
        fields = {name: [old, after[name]] for name, old in before.items()}
        self.of(type(row)).changed[row.pk] = fields

    def removed(self, row: models.Model) -> None:
        names = [field.attname for field in row._meta.concrete_fields]  # noqa: SLF001 -- as above
        self.of(type(row)).removed.append(written(row, names))

    def take_over(self, told: actions.Journal) -> None:
        """Keep what an action wrote beside the rows of the tables."""
        for row in told.made:
            self.made([row], [field.attname for field in row._meta.concrete_fields])  # noqa: SLF001 -- as above
        for row, before in told.changed:
            self.changed(row, _texts(before), written(row, before))
        for name, values in told.removed:
            self.of(actions.MODELS[name]).removed.append(_texts(values))

    def as_json(self) -> list[dict[str, Any]]:
        return [
            {
                "model": label,
                "made": entry.made,
                "changed": entry.changed,
                "removed": entry.removed,
            }
            for label, entry in self.entries.items()
        ]
