"""Histories of reports are written once, and every report that is on record gets its first row.

What was handed in before there were histories came from earlier records: one step `imported`.
"""

from importlib import import_module

from django.db import migrations
from django.db.models import F

_first = import_module("fieldvisits.migrations.0003_append_only_history")
TABLES = ("reports_reportstep", "reports_reportversion")
AT_ONCE = 1000


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(_first.POSTGRESQL_TABLE.format(table=table))
    elif schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            schema_editor.execute(_first.SQLITE_TABLE.format(table=table))


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER append_only ON {table}")
    elif schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER {table}_append_only")


def begin_histories(apps, schema_editor):
    step = apps.get_model("reports", "ReportStep")
    handed_in = apps.get_model("reports", "WeeklyReport").objects.exclude(state="draft")
    rows = handed_in.filter(version=0).values_list("pk", "state", "submitted_at")
    steps = (
        step(weekly_report_id=pk, number=1, name="imported", before="", after=state, at=at)
        for pk, state, at in rows.iterator(chunk_size=AT_ONCE)
    )
    step.objects.bulk_create(list(steps), batch_size=AT_ONCE)
    handed_in.filter(version=0).update(version=1, moved_at=F("submitted_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_report_papers"),
        ("fieldvisits", "0003_append_only_history"),
    ]
    operations = [
        migrations.RunPython(guard, unguard),
        migrations.RunPython(begin_histories, migrations.RunPython.noop),
    ]
