"""One department, one delegation, one cluster at a time: kept by PostgreSQL beside the actions."""

from django.db import migrations

from accounts.guards import exclusive

DAYS = "daterange(starts_on, ends_on, '[]')"
DELEGATED = "daterange(starts_on, LEAST(ended_on, ends_on + 1), '[)')"


def one_delegation(name, column, condition):
    return exclusive(
        "accounts_delegation", name, f"({column} WITH =, {DELEGATED} WITH &&) WHERE ({condition})"
    )


class Migration(migrations.Migration):
    # Databases made before these were put in one have them applied.
    replaces = [
        ("accounts", "0002_one_department_at_a_time"),
        ("accounts", "0004_delegation"),
        ("accounts", "0005_clusters"),
    ]
    dependencies = [("accounts", "0001_initial")]
    operations = [
        exclusive(
            "accounts_appointment",
            "one_department_at_a_time",
            f"(person_id WITH =, {DAYS} WITH &&) WHERE (body = 'department') "
            "DEFERRABLE INITIALLY DEFERRED",
        ),
        one_delegation(
            "one_delegation_of_a_head_at_a_time", "department_id", "body = 'department'"
        ),
        one_delegation(
            "one_delegation_of_a_member_at_a_time", "delegator_id", "body = 'standing_committee'"
        ),
        one_delegation(
            "one_delegation_of_a_vacant_office_at_a_time",
            "office",
            "body = 'standing_committee' AND delegator_id IS NULL",
        ),
        exclusive(
            "accounts_clustermembership",
            "one_cluster_at_a_time",
            f"(unit_id WITH =, {DAYS} WITH &&)",
        ),
    ]
