"""Links that open something once: invitations, changes of e-mail; the mails that carry them."""
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0004_mail_choices"),
    ]

    operations = [
        migrations.AddField(
            model_name='delivery',
            name='sealed',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='delivery',
            name='sealed_for',
            field=models.CharField(blank=True, editable=False, max_length=20),
        ),
        migrations.CreateModel(
            name='EmailChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'change of e-mail',
                'verbose_name_plural': 'changes of e-mail',
                'ordering': ['-made_at', '-pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None), ('used_at', None)), fields=('person',), name='one_unused_emailchange_of_a_person'), models.CheckConstraint(condition=models.Q(('used_at', None), ('ended_at', None), _connector='OR'), name='emailchange_is_used_or_ended')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('way', models.CharField(choices=[('mail', 'by mail'), ('slip', 'printed slip')], max_length=10, verbose_name='way')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-made_at', '-pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None), ('used_at', None)), fields=('person',), name='one_unused_invitation_of_a_person'), models.CheckConstraint(condition=models.Q(('used_at', None), ('ended_at', None), _connector='OR'), name='invitation_is_used_or_ended')],
            },
        ),
    ]
