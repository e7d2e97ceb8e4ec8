# The days of quarterly reports and of reminders.

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fieldvisits', "0007_units"),
    ]

    operations = [
        migrations.AddField(
            model_name='regulation',
            name='escalation_days',
            field=models.PositiveSmallIntegerField(default=3, verbose_name='the superior is told, days after the due day (R5, R10, R12)'),
        ),
        migrations.AddField(
            model_name='regulation',
            name='quarterly_due_day',
            field=models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(28)], verbose_name='quarterly report due, day of the month after (R10)'),
        ),
        migrations.AddField(
            model_name='regulation',
            name='reminder_days',
            field=models.CharField(default='-3, -1, 0, 1', max_length=60, validators=[django.core.validators.RegexValidator('^\\s*-?\\d{1,2}(\\s*,\\s*-?\\d{1,2})*\\s*$')], verbose_name='reminders, days from the due day (R5, R10, R12)'),
        ),
        migrations.AddField(
            model_name='regulation',
            name='unread_days',
            field=models.PositiveSmallIntegerField(default=7, verbose_name="unread reports go to the superior's superior after days (R10)"),
        ),
        migrations.AddConstraint(
            model_name='regulation',
            constraint=models.CheckConstraint(condition=models.Q(('quarterly_due_day__range', (1, 28))), name='quarterly_due_day_exists'),
        ),
    ]
