"""Fill a new database: with the demonstration, one administrator, or a backup."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.settings.environment import env

LEFT_OUT = (
    "RESTORE is left out: the database is not empty. To give up what is in it, stop and see"
    " docs/operations.md, Restore, “In the place of what is there”."
)


class Command(BaseCommand):
    help = (
        "Fill a database that has no person yet: with the demonstration, with DEMO=0 an"
        " administrator, with RESTORE=FILE what a backup holds."
    )

    def handle(self, **_options: Any) -> None:
        backup = env.str("RESTORE", default="")
        if get_user_model().objects.exists():
            if backup:
                self.stderr.write(LEFT_OUT)
            return
        if backup:
            call_command("restore", backup, yes=True)
        elif env.bool("DEMO", default=True):
            self.stderr.write("Filling the new database with the demonstration agency ...")
            call_command("load_demo")
        else:
            call_command("create_administrator", email=env.str("ADMIN_EMAIL", "admin@localhost"))
