"""What the database itself keeps: rows written once, periods that do not overlap.

Operations for migrations. PostgreSQL has both; SQLite has the triggers, and loses those of a
table with every change of its columns, so a migration that makes one guards the table again.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from zlib import crc32

from django.db import connection
from django.db.migrations import RunPython

if TYPE_CHECKING:
    from collections.abc import Generator

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSE = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('history.taken_back', true) = 'imported'
     AND to_jsonb(OLD) ->> 'name' = 'imported' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'history is append-only: % on %', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
"""
POSTGRESQL = """
DROP TRIGGER IF EXISTS append_only ON {table};
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION append_only();
"""
# Deletions stay possible: the test runner empties SQLite tables row by row.
SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_append_only BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
"""
DROP = {
    "postgresql": "DROP TRIGGER IF EXISTS append_only ON {table}",
    "sqlite": "DROP TRIGGER IF EXISTS {table}_append_only",
}


@contextmanager
def history_of_imports_may_go() -> Generator[None]:
    """Let the rows of history that only say "imported" go with the import that is taken back.

    Inside a transaction. Every other row of history stays as guarded as it is.
    """
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute("SET LOCAL history.taken_back = 'imported'")
        yield
        if is_postgresql and not connection.needs_rollback:
            cursor.execute("SET LOCAL history.taken_back = ''")


def refuse_anew() -> RunPython:
    """Give a database that has the function its newest wording."""

    def refuse(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(REFUSE, params=None)

    return RunPython(refuse, RunPython.noop)


def append_only(*tables: str) -> RunPython:
    """Refuse changes of rows of ``tables``; on PostgreSQL their deletion too."""

    def guard(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        is_postgresql = schema_editor.connection.vendor == "postgresql"
        if is_postgresql:
            schema_editor.execute(REFUSE, params=None)  # its % are its own
        for table in tables:
            schema_editor.execute((POSTGRESQL if is_postgresql else SQLITE).format(table=table))

    def unguard(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            schema_editor.execute(DROP[schema_editor.connection.vendor].format(table=table))

    return RunPython(guard, unguard)


def exclusive(table: str, name: str, excluded: str) -> RunPython:
    """Let no two rows of ``table`` agree in all of ``excluded``, where the database can say so.

    ``excluded`` is what follows ``EXCLUDE USING gist``. Elsewhere the actions alone keep it.
    """

    def add(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
            schema_editor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist {excluded}"
            )

    def drop(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")

    return RunPython(add, drop)


def keep_now() -> None:
    """Have kept at once what the database else looks at when the transaction ends.

    Raises ``IntegrityError`` here, where it can be said in words, and not at the commit.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()


def hold(name: str) -> None:
    """Let whoever holds the same ``name`` go first, until the transaction ends.

    For what has no row of its own to lock, as the seats of a body nobody sits in yet. SQLite
    has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(name.encode())])
