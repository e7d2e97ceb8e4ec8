"""One department appointment at a time, kept by PostgreSQL as well as by the actions."""

from django.db import migrations

ADD = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE accounts_appointment ADD CONSTRAINT one_department_at_a_time
  EXCLUDE USING gist (person_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&)
  WHERE (body = 'department') DEFERRABLE INITIALLY DEFERRED;
"""


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE accounts_appointment DROP CONSTRAINT one_department_at_a_time"
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(add, drop)]
