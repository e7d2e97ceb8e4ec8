"""How each person's messages go by mail, and mails that wait for the morning."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_account_event")]
    operations = [
        migrations.AddField(
            model_name="delivery",
            name="in_digest",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="person",
            name="mail_ways",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]
