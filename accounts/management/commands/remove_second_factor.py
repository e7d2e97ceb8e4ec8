"""Help an administrator who lost the second factor, where no other administrator can."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions.second_factor import remove_second_factor


class Command(BaseCommand):
    help = "Remove a lost second factor; it is put on record and the person is told."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--reason", required=True)

    def handle(self, **options: Any) -> None:
        email = options["email"].strip()
        person = get_user_model().objects.filter(email__iexact=email).first()
        if person is None:
            message = f"There is nobody with the address {email}."
            raise CommandError(message)
        try:
            remove_second_factor(person, by=None, reason=options["reason"])
        except ValidationError as refusal:
            raise CommandError("; ".join(refusal.messages)) from refusal
        self.stdout.write(f"{person} signs in with the password alone until a new one is set up.")
