"""One head, one Secretary, one member in charge at a time: kept by PostgreSQL beside the actions."""

from django.db import migrations

from accounts.guards import exclusive

DAYS = "daterange(starts_on, ends_on, '[]')"
LATER = "DEFERRABLE INITIALLY DEFERRED"


def one_holder(name, column, condition):
    excluded = f"({column} WITH =, {DAYS} WITH &&) WHERE ({condition}) {LATER}"
    return exclusive("accounts_appointment", name, excluded)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_organisation_event")]
    operations = [
        one_holder("one_head_at_a_time", "department_id", "body = 'department' AND office = 'head'"),
        one_holder(
            "one_secretary_at_a_time",
            "body",
            "body = 'standing_committee' AND office = 'secretary'",
        ),
        exclusive(
            "accounts_portfolio",
            "one_member_in_charge_at_a_time",
            f"(department_id WITH =, {DAYS} WITH &&) {LATER}",
        ),
    ]
