"""A step of a report names the office acted in and the names of its day (R25)."""

from importlib import import_module

from django.db import migrations, models

_first = import_module("fieldvisits.migrations.0003_append_only_history")


def guard_again(apps, schema_editor):
    """SQLite has built the table anew, and its trigger went with the old one."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(_first.SQLITE_TABLE.format(table="reports_reportstep"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_issue")]
    operations = [
        migrations.AddField("reportstep", "acted_in", models.CharField(blank=True, default="", max_length=20), preserve_default=False),
        migrations.AddField("reportstep", "by_name", models.CharField(blank=True, default="", max_length=120), preserve_default=False),
        migrations.AddField("reportstep", "on_behalf_of_name", models.CharField(blank=True, default="", max_length=120), preserve_default=False),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
