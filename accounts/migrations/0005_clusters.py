"""Emulation clusters (R22); one cluster per unit at a time, kept by PostgreSQL as well."""

import django.db.models.deletion
from django.db import migrations, models

ADD = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE accounts_clustermembership ADD CONSTRAINT one_cluster_at_a_time
  EXCLUDE USING gist (unit_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&);
"""


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE accounts_clustermembership DROP CONSTRAINT one_cluster_at_a_time"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_delegation'),
    ]

    operations = [
        migrations.CreateModel(
            name='EmulationCluster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
            ],
            options={
                'verbose_name': 'emulation cluster',
                'verbose_name_plural': 'emulation clusters',
                'ordering': ['starts_on', 'name'],
                'constraints': [models.UniqueConstraint(fields=('name', 'starts_on'), name='one_cluster_per_name_and_day', violation_error_message='There is already a cluster of this name.'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('starts_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='cluster_ends_after_start', violation_error_message='The last day lies before the first.')],
            },
        ),
        migrations.CreateModel(
            name='ClusterMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cluster_memberships', to='accounts.unit')),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.emulationcluster')),
            ],
            options={
                'verbose_name': 'membership of a cluster',
                'verbose_name_plural': 'memberships of clusters',
                'ordering': ['unit', 'starts_on'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'starts_on'), name='one_cluster_per_unit_and_first_day'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('unit',), name='one_open_cluster_per_unit'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('starts_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_ends_after_start', violation_error_message='The last day lies before the first.')],
            },
        ),
        migrations.RunPython(add, drop),
    ]
