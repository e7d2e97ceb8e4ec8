"""Everything between an installed environment and a server that can start."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Bring static files and database up to date, fill a new one, tell the sign-ins."

    def handle(self, **_options: Any) -> None:
        # One process for all of it: starting Django is most of the work.
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("first_start")
        call_command("show_sign_ins")
