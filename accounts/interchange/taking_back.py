"""Take back what an import wrote, if everything still is as it left it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.guards import history_of_imports_may_go
from accounts.interchange.journal import written
from accounts.interchange.run import Run
from accounts.interchange.tables import Table, stages

if TYPE_CHECKING:
    from django.db import models

AT_ONCE = 500
MOST_NAMED = 20  # rows that a refusal names

# What an import makes beside a row and keeps no journal of: taken away before the row is.
type_of_release = Callable[[list[int]], None]
_releases: dict[str, type_of_release] = {}
# Models whose rows follow from others and are written anew between two tables.
_rebuilt: set[str] = set()


def release_before(model: type[models.Model], release: type_of_release) -> None:
    """Have ``release`` called with the keys of rows of ``model`` that are about to go."""
    _releases[_meta(model).label] = release


def rebuilt(*models: type[models.Model]) -> None:
    """Nothing is built on an import just because rows of ``models`` follow from it."""
    _rebuilt.update(_meta(model).label for model in models)


def _meta(model: Any) -> Any:
    return model._meta  # noqa: SLF001 -- the documented model API


def _rows(model: Any) -> Any:
    return model._default_manager  # noqa: SLF001 -- the documented model API


@dataclass
class _Entry:
    """One model's part of a journal, read back."""

    model: Any
    made: dict[int, dict[str, Any]]
    changed: dict[int, dict[str, list[Any]]]
    removed: list[dict[str, Any]]

    @classmethod
    def of(cls, said: dict[str, Any]) -> _Entry:
        made = {int(pk): values for pk, values in said["made"].items()}
        changed = {int(pk): values for pk, values in said["changed"].items()}
        return cls(apps.get_model(said["model"]), made, changed, said["removed"])

    def expected(self) -> dict[int, dict[str, Any]]:
        """What each row the import wrote looked like when it was done."""
        after = {
            pk: {name: values[1] for name, values in fields.items()}
            for pk, fields in self.changed.items()
        }
        return self.made | after

    def value(self, name: str, text: Any) -> Any:
        return None if text is None else _meta(self.model).get_field(name).to_python(text)


@dataclass
class _TakingBack:
    entries: list[_Entry]
    built_on: list[str] = field(default_factory=list)

    def look_for_later_changes(self) -> None:
        for entry in self.entries:
            expected = entry.expected()
            for keys in _portions(list(expected)):
                there = _rows(entry.model).in_bulk(keys)
                for pk in keys:
                    row, wanted = there.get(pk), expected[pk]
                    if row is None or written(row, wanted) != wanted:
                        self._name_changed(entry, row, pk)

    def _name_changed(self, entry: _Entry, row: models.Model | None, pk: int) -> None:
        names = {"what": _meta(entry.model).verbose_name, "row": row or pk}
        if row is None:
            self.built_on.append(_("%(what)s %(row)s has been removed since.") % names)
        else:
            self.built_on.append(_("%(what)s “%(row)s” has been changed since.") % names)

    def take_away(self) -> None:
        """Delete what was made, last first; note whatever else hangs on it."""
        for entry in reversed(self.entries):
            for keys in _portions(list(entry.made)):
                if release := _releases.get(_meta(entry.model).label):
                    release(keys)
                self._look_for_what_hangs_on(entry, keys)
                rows = _rows(entry.model).filter(pk__in=keys)
                rows._raw_delete(rows.db)  # noqa: SLF001 -- nothing is to go along unasked

    def _look_for_what_hangs_on(self, entry: _Entry, keys: list[int]) -> None:
        for relation in _meta(entry.model).related_objects:
            model = relation.related_model
            if _meta(model).label in _rebuilt:
                continue
            name = relation.field.attname
            rows = _rows(model).filter(**{f"{name}__in": keys})
            # Rows that pointed elsewhere before the import will again.
            mine = [
                pk
                for one in self.entries
                if one.model is model
                for pk, fields in one.changed.items()
                if name in fields
            ]
            if mine:
                rows = rows.exclude(pk__in=mine)
            if count := rows.count():
                self._name_hanging(entry, model, count)

    def _name_hanging(self, entry: _Entry, model: Any, count: int) -> None:
        sentence = ngettext(
            "%(n)d “%(what)s” refers to %(to)s of this import.",
            "%(n)d “%(what)s” refer to %(to)s of this import.",
            count,
        )
        names = {
            "n": count,
            "what": _meta(model).verbose_name,
            "to": _meta(entry.model).verbose_name_plural,
        }
        self.built_on.append(sentence % names)

    def put_back(self) -> None:
        for entry in self.entries:
            manager = _rows(entry.model)
            for pk, fields in entry.changed.items():
                if "email" in fields:  # addresses may have changed hands
                    manager.filter(pk=pk).update(email=None)
            for pk, fields in entry.changed.items():
                old = {name: entry.value(name, values[0]) for name, values in fields.items()}
                manager.filter(pk=pk).update(**old)
            manager.bulk_create(
                entry.model(**{name: entry.value(name, text) for name, text in row.items()})
                for row in entry.removed
            )

    def moved(self) -> set[int]:
        """People whose appointments the import wrote: their days are booked anew."""
        found: set[int] = set()
        for entry in self.entries:
            if _meta(entry.model).label == "accounts.Appointment":
                found |= {int(values["person_id"]) for values in entry.made.values()}
                rows = entry.model.objects.filter(pk__in=list(entry.changed))
                found |= set(rows.values_list("person_id", flat=True))
        return found


def _portions(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def take_back(journal: list[dict[str, Any]]) -> None:
    """Undo what ``journal`` tells of; raise ``ValidationError`` naming what was built on it.

    To be called in a transaction, which the refusal has to end.
    """
    work = _TakingBack([_Entry.of(said) for said in journal])
    work.look_for_later_changes()
    moved = work.moved()
    with history_of_imports_may_go():
        work.take_away()
    if work.built_on:
        raise ValidationError(work.built_on[:MOST_NAMED])
    work.put_back()
    people = apps.get_model("accounts", "Person").objects.filter(pk__in=moved)
    run = Run(lambda _sentence: None, moved=set(people.values_list("pk", flat=True)))
    for stage in stages():
        if not isinstance(stage, Table):
            stage(run)
