"""Delegations; no two of the same office at a time, kept by PostgreSQL as well as by the action."""
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

PERIOD = "daterange(starts_on, LEAST(ended_on, ends_on + 1), '[)')"
SAME = {
    "one_delegation_of_a_head_at_a_time": ("department_id", "body = 'department'"),
    "one_delegation_of_a_member_at_a_time": ("delegator_id", "body = 'standing_committee'"),
    "one_delegation_of_a_vacant_office_at_a_time": (
        "office",
        "body = 'standing_committee' AND delegator_id IS NULL",
    ),
}


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        for name, (column, condition) in SAME.items():
            schema_editor.execute(
                f"ALTER TABLE accounts_delegation ADD CONSTRAINT {name} EXCLUDE USING gist "
                f"({column} WITH =, {PERIOD} WITH &&) WHERE ({condition})"
            )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in SAME:
            schema_editor.execute(f"ALTER TABLE accounts_delegation DROP CONSTRAINT {name}")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_hints'),
    ]

    operations = [
        migrations.AddField(
            model_name='departmentsuccession',
            name='is_main',
            field=models.BooleanField(default=True, verbose_name='main successor'),
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('body', models.CharField(choices=[('department', 'department'), ('standing_committee', 'Standing Committee'), ('executive_bureau', 'Executive Bureau'), ('inspection_committee', 'Inspection Committee'), ('administration', 'administration'), ('unit', 'host unit')], max_length=24, verbose_name='body')),
                ('office', models.CharField(choices=[('cadre', 'cadre'), ('deputy', 'deputy head'), ('head', 'head'), ('secretary', 'Secretary'), ('deputy_secretary', 'Deputy Secretary'), ('member', 'member'), ('clerk', 'clerk'), ('representative', 'representative'), ('administrator', 'administrator')], max_length=20, verbose_name='office')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('delegate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_held', to=settings.AUTH_USER_MODEL, verbose_name='standing in')),
                ('delegator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to=settings.AUTH_USER_MODEL, verbose_name='absent')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='accounts.department')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations_ended', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_made', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'delegation',
                'verbose_name_plural': 'delegations',
                'ordering': ['-starts_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('starts_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='delegation_ends_after_start', violation_error_message='The last day lies before the first.'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('starts_on')), _connector='OR'), name='delegation_is_ended_after_start'), models.CheckConstraint(condition=models.Q(('delegator', None), models.Q(('delegator', models.F('delegate')), _negated=True), _connector='OR'), name='delegation_is_to_somebody_else'), models.CheckConstraint(condition=models.Q(models.Q(('body', 'department'), ('department__isnull', False), ('office', 'head')), models.Q(('body', 'standing_committee'), ('department__isnull', True)), _connector='OR'), name='delegation_names_its_office'), models.UniqueConstraint(condition=models.Q(('body', 'department'), ('ended_on', None)), fields=('department', 'starts_on'), name='one_delegation_per_department_and_day'), models.UniqueConstraint(condition=models.Q(('body', 'standing_committee'), ('ended_on', None)), fields=('delegator', 'starts_on'), name='one_delegation_per_member_and_day')],
            },
        ),
        migrations.RunPython(add, drop),
    ]
