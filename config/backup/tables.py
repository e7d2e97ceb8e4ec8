"""How rows leave one database and come into another.

Tables are taken as the migrations describe them that the database has had, not as the code
stands today: a backup of last year's version is filled into last year's tables, and brought
up to date by the migrations that came since.
"""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import FileField
from django.utils.duration import duration_iso_string

from config.backup.archive import Sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Field, Model

# Whoever was signed in signs in again, and a backup opens nobody's session.
LEFT_OUT = {"django_session"}
AT_ONCE = 500  # rows in one statement

Node = tuple[str, str]


class Unknown(Exception):
    """The database, or a backup, has had migrations that this version does not know."""


def latest_applied() -> list[Node]:
    """The last migration of every app that this database has had."""
    loader = MigrationLoader(connection)
    if left_out := {app for app, _ in loader.applied_migrations} - loader.migrated_apps:
        raise Unknown(f"tables of {', '.join(sorted(left_out))} are there, but not the code")
    applied = set(loader.applied_migrations) & set(loader.graph.nodes)
    return sorted(
        node
        for node in applied
        if not any(
            child.key in applied and child.key[0] == node[0]
            for child in loader.graph.node_map[node].children
        )
    )


def check_known(nodes: list[Node]) -> None:
    """Raise ``Unknown`` with everything that a newer version must have made."""
    known = MigrationLoader(None).graph.nodes
    if strange := [f"{app}.{name}" for app, name in nodes if (app, name) not in known]:
        raise Unknown(f"it was made by another version, with {', '.join(strange)}")


def models_at(nodes: list[Node]) -> list[type[Model]]:
    """Every table at ``nodes``, as a model: those between two others (many to many) too."""
    apps = MigrationLoader(connection).project_state(nodes).apps
    models = apps.get_models(include_auto_created=True)
    return [
        model
        for model in models
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT  # noqa: SLF001 -- Django's own name for what a model is
    ]


def table_of(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 -- as above


def fields_of(model: type[Model]) -> list[Field[Any, Any]]:
    fields = model._meta.local_concrete_fields  # noqa: SLF001 -- as above
    return [field for field in fields if not field.generated]


def columns_of(model: type[Model]) -> list[str]:
    return [str(field.column) for field in fields_of(model)]


def lines(model: type[Model]) -> Iterator[bytes]:
    """Yield every row as JSON that is the same on both databases."""
    query = model._base_manager.order_by("pk")  # noqa: SLF001 -- without anybody's filter
    rows = query.values_list(*[field.attname for field in fields_of(model)])
    for row in rows.iterator(chunk_size=2000):
        yield json.dumps(row, default=_neutral, sort_keys=True, separators=(",", ":")).encode()


def _neutral(value: object) -> object:
    """Write what JSON has no form for; ``Field.to_python`` reads it again."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    raise TypeError(f"no form for {type(value).__name__} in a backup")


def sum_of(model: type[Model]) -> Sum:
    told = Sum()
    for line in lines(model):
        told.add(line)
    return told


def file_names(models: Iterable[type[Model]]) -> set[str]:
    """Every file that some row names."""
    names: set[str] = set()
    for model in models:
        for field in fields_of(model):
            if isinstance(field, FileField):
                found = model._base_manager.exclude(**{field.attname: ""})  # noqa: SLF001 -- as above
                names.update(found.values_list(field.attname, flat=True).iterator())
    return names


def empty(models: list[type[Model]]) -> None:
    tables = [table_of(model) for model in models]
    style = no_style()
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(style, tables, allow_cascade=True):
            cursor.execute(statement)


def fill(model: type[Model], rows: Iterable[list[Any]]) -> None:
    """Insert rows as they were: no default, no "now" and no check of a model steps in."""
    fields = fields_of(model)
    quote = connection.ops.quote_name
    head = ", ".join(quote(name) for name in columns_of(model))
    line = f"({', '.join(['%s'] * len(fields))})"
    most = (connection.features.max_query_params or 20_000) // len(fields)
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, min(AT_ONCE, most))):
            values = [
                field.get_db_prep_save(field.to_python(value), connection)
                for row in batch
                for field, value in zip(fields, row, strict=True)
            ]
            marks = ", ".join([line] * len(batch))
            cursor.execute(f"INSERT INTO {quote(table_of(model))} ({head}) VALUES {marks}", values)  # noqa: S608 -- names of our own tables, quoted


def count_on(models: list[type[Model]]) -> None:
    """Let every table number its next row behind the last one."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
