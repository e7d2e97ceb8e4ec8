"""History and frozen versions are written once: the database refuses to change them.

PostgreSQL refuses updates and deletions; SQLite refuses updates (the test runner
empties SQLite tables row by row, so deletions must stay possible there).
"""

from django.db import migrations

TABLES = ("fieldvisits_step", "fieldvisits_version")

POSTGRESQL = """
CREATE FUNCTION fieldvisits_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'history is append-only: % on %', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
"""
POSTGRESQL_TABLE = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION fieldvisits_append_only();
"""
SQLITE_TABLE = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)  # its % are its own
        for table in TABLES:
            schema_editor.execute(POSTGRESQL_TABLE.format(table=table))
    elif schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            schema_editor.execute(SQLITE_TABLE.format(table=table))


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER append_only ON {table}")
        schema_editor.execute("DROP FUNCTION fieldvisits_append_only()")
    elif schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER {table}_append_only")


class Migration(migrations.Migration):
    dependencies = [("fieldvisits", "0002_regulation_and_holidays")]
    operations = [migrations.RunPython(guard, unguard)]
