"""Histories and frozen versions of reports are written once."""

from django.db import migrations

from accounts.guards import append_only


class Migration(migrations.Migration):
    # Databases made before these were put in one have them applied.
    replaces = [
        ("reports", "0004_report_histories"),
    ]
    dependencies = [("reports", "0001_initial")]
    operations = [append_only("reports_reportstep", "reports_reportversion")]
