"""No two versions of a department or a unit are in force on one day, kept by PostgreSQL too."""

from django.db import migrations, models

from accounts.guards import exclusive

DAYS = "daterange(starts_on, ends_on, '[]')"
# An import writes the new version before it ends the old one: judged when all is written.
AT_THE_END = "DEFERRABLE INITIALLY DEFERRED"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_organisation_event")]
    operations = [
        exclusive(
            "accounts_departmentversion",
            "one_department_version_at_a_time",
            f"(department_id WITH =, {DAYS} WITH &&) {AT_THE_END}",
        ),
        exclusive(
            "accounts_unitversion",
            "one_unit_version_at_a_time",
            f"(unit_id WITH =, {DAYS} WITH &&) {AT_THE_END}",
        ),
        migrations.AlterField(
            "organisationevent",
            "kind",
            models.CharField(
                choices=[
                    ("added", "put on record"),
                    ("changed", "particulars changed"),
                    ("appointed", "appointed"),
                    ("moved", "changed department"),
                    ("office_ended", "office ended"),
                    ("corrected", "mistaken entry corrected"),
                    ("withdrawn", "mistaken entry taken back"),
                    ("portfolio", "member in charge changed"),
                    ("renamed", "renamed"),
                    ("merged", "merged"),
                    ("split", "split"),
                    ("placed", "placed under another"),
                    ("ended", "ended"),
                    ("reopened", "ending taken back"),
                    ("succeeded", "successor named"),
                    ("reorganised", "reorganised"),
                ],
                max_length=20,
                verbose_name="what happened",
            ),
        ),
    ]
