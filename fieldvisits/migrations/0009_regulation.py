
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fieldvisits', '0008_reports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='regulation',
            name='exempt_month_days',
            field=models.PositiveSmallIntegerField(default=15, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='exempted days that take a month out of scope (R20)'),
        ),
        migrations.AddField(
            model_name='regulation',
            name='leaver_days',
            field=models.PositiveSmallIntegerField(default=30, verbose_name='days to report what a comrade who left has done (R20)'),
        ),
        migrations.AddField(
            model_name='regulation',
            name='level_quotas',
            field=models.JSONField(blank=True, default=dict, verbose_name='days at units of a level, where they are asked for (R1)'),
        ),
        migrations.AddField(
            model_name='visit',
            name='reported_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits_reported_for_others', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='RegulationReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regulations_read', to=settings.AUTH_USER_MODEL)),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='fieldvisits.regulation')),
            ],
            options={
                'verbose_name': 'reading of the regulation',
                'verbose_name_plural': 'readings of the regulation',
                'ordering': ['read_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('regulation', 'person'), name='one_reading_per_version_and_person')],
            },
        ),
    ]
