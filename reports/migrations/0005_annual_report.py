# The annual report of a department, with its history.

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_first = import_module("fieldvisits.migrations.0003_append_only_history")
_ours = import_module("reports.migrations.0004_report_histories")


def guard_again(apps, schema_editor):
    """SQLite has built both tables anew, and their triggers went with the old ones."""
    if schema_editor.connection.vendor == "sqlite":
        for table in _ours.TABLES:
            schema_editor.execute(_first.SQLITE_TABLE.format(table=table))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_delegation'),
        ('reports', '0004_report_histories'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnnualReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('moved_at', models.DateTimeField(editable=False, null=True)),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('state', models.CharField(choices=[('compiling', 'Being compiled'), ('with_coordination', 'With Organisation and Inspection'), ('before_committee', 'Before the Standing Committee'), ('received', 'Received')], default='compiling', editable=False, max_length=20, verbose_name='state')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                ('results', models.TextField(blank=True, max_length=8000, verbose_name='results')),
                ('difficulties', models.TextField(blank=True, max_length=8000, verbose_name='difficulties')),
                ('lessons', models.TextField(blank=True, max_length=8000, verbose_name='lessons')),
                ('proposals', models.TextField(blank=True, max_length=8000, verbose_name='proposals')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'annual report',
                'verbose_name_plural': 'annual reports',
                'ordering': ['-year', 'department'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='reportstep',
            name='report_step_is_about_one_paper',
        ),
        migrations.RemoveConstraint(
            model_name='reportversion',
            name='report_version_is_of_one_paper',
        ),
        migrations.AddField(
            model_name='annualreport',
            name='department',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='annual_reports', to='accounts.department'),
        ),
        migrations.AddField(
            model_name='reportstep',
            name='annual_report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='reports.annualreport'),
        ),
        migrations.AddField(
            model_name='reportversion',
            name='annual_report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reports.annualreport'),
        ),
        migrations.AddConstraint(
            model_name='reportstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('annual_report__isnull', True), ('quarterly_report__isnull', True), ('weekly_report__isnull', False)), models.Q(('annual_report__isnull', True), ('quarterly_report__isnull', False), ('weekly_report__isnull', True)), models.Q(('annual_report__isnull', False), ('quarterly_report__isnull', True), ('weekly_report__isnull', True)), _connector='OR'), name='report_step_is_about_one_paper'),
        ),
        migrations.AddConstraint(
            model_name='reportstep',
            constraint=models.UniqueConstraint(condition=models.Q(('annual_report__isnull', False)), fields=('annual_report', 'number'), name='one_step_per_annual_report_version'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('annual_report__isnull', True), ('quarterly_report__isnull', True), ('weekly_report__isnull', False)), models.Q(('annual_report__isnull', True), ('quarterly_report__isnull', False), ('weekly_report__isnull', True)), models.Q(('annual_report__isnull', False), ('quarterly_report__isnull', True), ('weekly_report__isnull', True)), _connector='OR'), name='report_version_is_of_one_paper'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.UniqueConstraint(condition=models.Q(('annual_report__isnull', False)), fields=('annual_report', 'number'), name='one_frozen_annual_report_version'),
        ),
        migrations.AddIndex(
            model_name='annualreport',
            index=models.Index(fields=['year', 'state'], name='reports_ann_year_f00c9c_idx'),
        ),
        migrations.AddConstraint(
            model_name='annualreport',
            constraint=models.UniqueConstraint(fields=('department', 'year'), name='one_annual_report_per_department_and_year', violation_error_message='There is already a report for this year.'),
        ),
        migrations.AddConstraint(
            model_name='annualreport',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'compiling'), ('submitted_at__isnull', False), _connector='OR'), name='annual_report_past_compiling_was_submitted'),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
