# The history of weekly reports, and quarterly reports with theirs.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_one_department_at_a_time'),
        ('reports', '0002_report_job'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='QuarterlyReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('moved_at', models.DateTimeField(editable=False, null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                ('results', models.TextField(blank=True, max_length=8000, verbose_name='results')),
                ('difficulties', models.TextField(blank=True, max_length=8000, verbose_name='difficulties')),
                ('proposals', models.TextField(blank=True, max_length=8000, verbose_name='proposals')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('quarter_number', models.PositiveSmallIntegerField(verbose_name='quarter')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('returned', 'Returned'), ('accepted', 'Accepted')], default='draft', editable=False, max_length=12, verbose_name='state')),
                ('self_assessment', models.TextField(blank=True, max_length=8000, verbose_name='own assessment against the plan')),
            ],
            options={
                'verbose_name': 'quarterly report',
                'verbose_name_plural': 'quarterly reports',
                'ordering': ['-year', '-quarter_number', 'person'],
            },
        ),
        migrations.CreateModel(
            name='ReportStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=24)),
                ('before', models.CharField(blank=True, max_length=20)),
                ('after', models.CharField(max_length=20)),
                ('office', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField()),
                ('comment', models.TextField(blank=True, max_length=2000)),
                ('number', models.PositiveIntegerField()),
                ('content_hash', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('content_hash', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'version',
                'verbose_name_plural': 'versions',
                'ordering': ['number'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='weeklyreport',
            name='department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='accounts.department'),
        ),
        migrations.AddField(
            model_name='weeklyreport',
            name='has_nothing',
            field=models.BooleanField(default=False, verbose_name='nothing to report'),
        ),
        migrations.AddField(
            model_name='weeklyreport',
            name='moved_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='weeklyreport',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='weeklyreport',
            name='superior',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_to_read', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='weeklyreport',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name='weeklyreport',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='weeklyreport',
            index=models.Index(fields=['superior', 'state'], name='reports_wee_superio_1c6c89_idx'),
        ),
        migrations.AddField(
            model_name='quarterlyreport',
            name='department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='accounts.department'),
        ),
        migrations.AddField(
            model_name='quarterlyreport',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='quarterlyreport',
            name='superior',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_to_read', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportstep',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_taken', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportstep',
            name='on_behalf_of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_delegated', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportstep',
            name='quarterly_report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='reports.quarterlyreport'),
        ),
        migrations.AddField(
            model_name='reportstep',
            name='weekly_report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='reports.weeklyreport'),
        ),
        migrations.AddField(
            model_name='reportversion',
            name='quarterly_report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reports.quarterlyreport'),
        ),
        migrations.AddField(
            model_name='reportversion',
            name='weekly_report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reports.weeklyreport'),
        ),
        migrations.AddIndex(
            model_name='quarterlyreport',
            index=models.Index(fields=['superior', 'state'], name='reports_qua_superio_53dd9c_idx'),
        ),
        migrations.AddConstraint(
            model_name='quarterlyreport',
            constraint=models.UniqueConstraint(fields=('person', 'year', 'quarter_number'), name='one_quarterly_report_per_person_and_quarter', violation_error_message='There is already a report for this quarter.'),
        ),
        migrations.AddConstraint(
            model_name='quarterlyreport',
            constraint=models.CheckConstraint(condition=models.Q(('quarter_number__range', (1, 4))), name='quarterly_report_is_of_1_to_4'),
        ),
        migrations.AddConstraint(
            model_name='quarterlyreport',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('submitted_at__isnull', False), _connector='OR'), name='quarterly_report_past_draft_was_submitted'),
        ),
        migrations.AddConstraint(
            model_name='reportstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quarterly_report__isnull', True), ('weekly_report__isnull', False)), models.Q(('quarterly_report__isnull', False), ('weekly_report__isnull', True)), _connector='OR'), name='report_step_is_about_one_paper'),
        ),
        migrations.AddConstraint(
            model_name='reportstep',
            constraint=models.UniqueConstraint(condition=models.Q(('weekly_report__isnull', False)), fields=('weekly_report', 'number'), name='one_step_per_weekly_report_version'),
        ),
        migrations.AddConstraint(
            model_name='reportstep',
            constraint=models.UniqueConstraint(condition=models.Q(('quarterly_report__isnull', False)), fields=('quarterly_report', 'number'), name='one_step_per_quarterly_report_version'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quarterly_report__isnull', True), ('weekly_report__isnull', False)), models.Q(('quarterly_report__isnull', False), ('weekly_report__isnull', True)), _connector='OR'), name='report_version_is_of_one_paper'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.UniqueConstraint(condition=models.Q(('weekly_report__isnull', False)), fields=('weekly_report', 'number'), name='one_frozen_weekly_report_version'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.UniqueConstraint(condition=models.Q(('quarterly_report__isnull', False)), fields=('quarterly_report', 'number'), name='one_frozen_quarterly_report_version'),
        ),
    ]
