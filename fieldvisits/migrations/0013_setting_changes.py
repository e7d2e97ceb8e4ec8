"""Changes of settings are on record, written once."""

from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

_first = import_module("fieldvisits.migrations.0003_append_only_history")
TABLE = "fieldvisits_settingchange"


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_first.POSTGRESQL_TABLE.format(table=TABLE))
    elif schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(_first.SQLITE_TABLE.format(table=TABLE))


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER append_only ON {TABLE}")
    elif schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_append_only")


class Migration(migrations.Migration):
    dependencies = [
        ("fieldvisits", "0012_acted_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="SettingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="settings_changed", to=settings.AUTH_USER_MODEL)),
                ("regulation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="fieldvisits.regulation")),
            ],
            options={
                "verbose_name": "change of a setting",
                "verbose_name_plural": "changes of settings",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
