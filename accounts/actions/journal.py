"""What one change of the organisation wrote, kept with its record so that it can be taken back.

Plain values, to be read years later: rows by model and number, days as ISO texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as of
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import (
    Appointment,
    ClusterMembership,
    Department,
    DepartmentSuccession,
    DepartmentVersion,
    Portfolio,
    Unit,
    UnitSuccession,
    UnitVersion,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db import models

MODELS: dict[str, type[models.Model]] = {
    str(model._meta.model_name): model  # noqa: SLF001 -- the documented model API
    for model in (
        Department,
        DepartmentVersion,
        DepartmentSuccession,
        Unit,
        UnitVersion,
        UnitSuccession,
        Appointment,
        Portfolio,
        ClusterMembership,
    )
}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _values(row: models.Model) -> dict[str, Any]:
    fields = row._meta.concrete_fields  # noqa: SLF001 -- the documented model API
    return {one.attname: _plain(getattr(row, one.attname)) for one in fields}


def _name(row: models.Model) -> str:
    return str(row._meta.model_name)  # noqa: SLF001 -- the documented model API


@dataclass
class Journal:
    """Rows made, changed and removed, in order."""

    made: list[models.Model] = of(default_factory=list)
    changed: list[tuple[models.Model, dict[str, Any]]] = of(default_factory=list)
    removed: list[tuple[str, dict[str, Any]]] = of(default_factory=list)

    def make(self, row: Any) -> Any:
        row.save(force_insert=True)
        self.made.append(row)
        return row

    def change(self, row: Any, **values: Any) -> Any:
        before = {name: _plain(getattr(row, name)) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        self.changed.append((row, before))
        return row

    def remove(self, row: Any) -> None:
        self.removed.append((_name(row), _values(row)))
        row.delete()

    def written(self) -> dict[str, Any]:
        """As it is kept with the record."""
        return {
            "made": [[_name(row), _values(row)] for row in self.made],
            "changed": [
                [_name(row), row.pk, before, {name: _plain(getattr(row, name)) for name in before}]
                for row, before in self.changed
            ],
            "removed": [list(one) for one in self.removed],
        }


def take_back(written: Mapping[str, Any]) -> None:
    """Undo what a journal wrote; raise ``ValidationError`` where something was built on it."""
    for name, values in reversed(written["made"]):
        _unmake(MODELS[name], values)
    for name, pk, before, after in reversed(written["changed"]):
        row = MODELS[name]._default_manager.filter(pk=pk).first()  # noqa: SLF001 -- the documented model API
        if row is None or any(_plain(getattr(row, key)) != value for key, value in after.items()):
            raise _built_on(str(row or name))
        for key, value in before.items():
            field = row._meta.get_field(key)  # noqa: SLF001 -- as above
            setattr(row, key, field.to_python(value))  # type: ignore[union-attr]  # columns only
        row.save(update_fields=list(before))
    for name, values in written["removed"]:
        MODELS[name](**values).save(force_insert=True)


def _unmake(model: type[models.Model], values: Mapping[str, Any]) -> None:
    row = model._default_manager.filter(pk=values["id"]).first()  # noqa: SLF001 -- as above
    if row is None:
        return
    if _values(row) != dict(values):
        raise _built_on(str(row))
    try:
        row.delete()
    except ProtectedError as error:
        raise _built_on(str(row)) from error


def _built_on(what: str) -> ValidationError:
    return ValidationError(
        _("This can no longer be taken back: something has been built on it since (%(what)s).")
        % {"what": what}
    )
