"""The programme of the year (R23), and which activity a visit belongs to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_delegation'),
        ('fieldvisits', '0009_regulation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProgrammeActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=40, unique=True, verbose_name='code')),
                ('year', models.PositiveSmallIntegerField(editable=False, verbose_name='year')),
                ('title', models.CharField(max_length=200, verbose_name='activity')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='note')),
                ('closed_as', models.CharField(blank=True, choices=[('held', 'Held'), ('cancelled', 'Cancelled')], editable=False, max_length=10)),
                ('closed_on', models.DateField(editable=False, null=True)),
                ('closing_note', models.CharField(blank=True, editable=False, max_length=300)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(editable=False)),
                ('search_text', models.CharField(editable=False, max_length=250)),
                ('changed_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='activities_changed', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='accounts.department', verbose_name='department in charge')),
                ('host_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities_hosted', to='accounts.unit', verbose_name='unit hosting it')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to=settings.AUTH_USER_MODEL, verbose_name='person in charge')),
            ],
            options={
                'verbose_name': 'activity of the programme',
                'verbose_name_plural': 'activities of the programme',
                'ordering': ['starts_on', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='visit',
            name='activity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='fieldvisits.programmeactivity', verbose_name='activity of the programme'),
        ),
        migrations.AddIndex(
            model_name='programmeactivity',
            index=models.Index(fields=['year', 'starts_on'], name='fieldvisits_year_f17988_idx'),
        ),
        migrations.AddConstraint(
            model_name='programmeactivity',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='activity_ends_after_start', violation_error_message='The last day lies before the first.'),
        ),
        migrations.AddConstraint(
            model_name='programmeactivity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_as', ''), ('closed_on', None)), models.Q(models.Q(('closed_as', ''), _negated=True), ('closed_on__isnull', False)), _connector='OR'), name='activity_is_closed_on_a_day'),
        ),
    ]
