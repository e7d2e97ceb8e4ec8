# The issue register, with its history.

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

guard_again = import_module("reports.migrations.0005_annual_report").guard_again


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_delegation'),
        ('reports', '0005_annual_report'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('moved_at', models.DateTimeField(editable=False, null=True)),
                ('state', models.CharField(choices=[('open', 'Open'), ('answered', 'Answered'), ('closed', 'Closed')], default='open', editable=False, max_length=20, verbose_name='state')),
                ('text', models.TextField(max_length=8000, verbose_name='issue')),
                ('raised_at', models.DateTimeField(editable=False, verbose_name='raised')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due day')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='answer')),
            ],
            options={
                'verbose_name': 'issue',
                'verbose_name_plural': 'issues',
                'ordering': ['-raised_at', '-pk'],
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
            model_name='issue',
            name='department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='accounts.department'),
        ),
        migrations.AddField(
            model_name='issue',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues_owned', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='issue',
            name='quarterly_report',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='reports.quarterlyreport'),
        ),
        migrations.AddField(
            model_name='issue',
            name='raised_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues_raised', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='issue',
            name='weekly_report',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='reports.weeklyreport'),
        ),
        migrations.AddField(
            model_name='reportstep',
            name='issue',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='reports.issue'),
        ),
        migrations.AddField(
            model_name='reportversion',
            name='issue',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reports.issue'),
        ),
        migrations.AddConstraint(
            model_name='reportstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('annual_report__isnull', True), ('issue__isnull', True), ('quarterly_report__isnull', True), ('weekly_report__isnull', False)), models.Q(('annual_report__isnull', True), ('issue__isnull', True), ('quarterly_report__isnull', False), ('weekly_report__isnull', True)), models.Q(('annual_report__isnull', False), ('issue__isnull', True), ('quarterly_report__isnull', True), ('weekly_report__isnull', True)), models.Q(('annual_report__isnull', True), ('issue__isnull', False), ('quarterly_report__isnull', True), ('weekly_report__isnull', True)), _connector='OR'), name='report_step_is_about_one_paper'),
        ),
        migrations.AddConstraint(
            model_name='reportstep',
            constraint=models.UniqueConstraint(condition=models.Q(('issue__isnull', False)), fields=('issue', 'number'), name='one_step_per_issue_version'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('annual_report__isnull', True), ('issue__isnull', True), ('quarterly_report__isnull', True), ('weekly_report__isnull', False)), models.Q(('annual_report__isnull', True), ('issue__isnull', True), ('quarterly_report__isnull', False), ('weekly_report__isnull', True)), models.Q(('annual_report__isnull', False), ('issue__isnull', True), ('quarterly_report__isnull', True), ('weekly_report__isnull', True)), models.Q(('annual_report__isnull', True), ('issue__isnull', False), ('quarterly_report__isnull', True), ('weekly_report__isnull', True)), _connector='OR'), name='report_version_is_of_one_paper'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.UniqueConstraint(condition=models.Q(('issue__isnull', False)), fields=('issue', 'number'), name='one_frozen_issue_version'),
        ),
        migrations.AddIndex(
            model_name='issue',
            index=models.Index(fields=['owner', 'state', 'due_on'], name='reports_iss_owner_i_17e293_idx'),
        ),
        migrations.AddIndex(
            model_name='issue',
            index=models.Index(fields=['raised_by', 'state'], name='reports_iss_raised__4e4029_idx'),
        ),
        migrations.AddIndex(
            model_name='issue',
            index=models.Index(fields=['department', 'raised_at'], name='reports_iss_departm_23305c_idx'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quarterly_report__isnull', False), ('weekly_report__isnull', True)), models.Q(('quarterly_report__isnull', True), ('weekly_report__isnull', False)), _connector='OR'), name='issue_comes_from_one_report'),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
