"""Fill a new database: with the demonstration, or with one administrator."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.settings.environment import env


class Command(BaseCommand):
    help = "Fill a database that has no person yet. DEMO=0: an administrator instead of the demo."

    def handle(self, **_options: Any) -> None:
        if get_user_model().objects.exists():
            return
        if env.bool("DEMO", default=True):
            self.stderr.write("Filling the new database with the demonstration agency ...")
            call_command("load_demo")
        else:
            call_command("create_administrator", email=env.str("ADMIN_EMAIL", "admin@localhost"))
