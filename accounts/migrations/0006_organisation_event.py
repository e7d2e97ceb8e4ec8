import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.guards import append_only


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_invitations"),
    ]

    operations = [
        migrations.CreateModel(
            name='OrganisationEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(choices=[('person', 'person'), ('department', 'department'), ('unit', 'host unit'), ('holidays', 'holidays')], max_length=12, verbose_name='about')),
                ('subject_code', models.CharField(max_length=60, verbose_name='code')),
                ('kind', models.CharField(choices=[('added', 'put on record'), ('changed', 'particulars changed'), ('appointed', 'appointed'), ('moved', 'changed department'), ('office_ended', 'office ended'), ('corrected', 'mistaken entry corrected'), ('withdrawn', 'mistaken entry taken back'), ('portfolio', 'member in charge changed'), ('renamed', 'renamed'), ('merged', 'merged'), ('split', 'split'), ('placed', 'placed under another'), ('ended', 'ended'), ('reopened', 'ending taken back')], max_length=20, verbose_name='what happened')),
                ('on', models.DateField(verbose_name='takes effect on')),
                ('decision_number', models.CharField(blank=True, max_length=60, verbose_name='decision number')),
                ('decision_on', models.DateField(blank=True, null=True, verbose_name='date of the decision')),
                ('details', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisation_changed', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'change of the organisation',
                'verbose_name_plural': 'changes of the organisation',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['subject_kind', 'subject_code'], name='event_of_subject')],
            },
        ),
        append_only("accounts_organisationevent"),
    ]
