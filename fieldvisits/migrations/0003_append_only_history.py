"""History, frozen versions and changes of settings are written once."""

from django.db import migrations

from accounts.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("fieldvisits", "0002_regulation_and_holidays")]
    operations = [
        append_only("fieldvisits_step", "fieldvisits_version", "fieldvisits_settingchange")
    ]
