"""Make a first person who may do everything that administration may."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accounts.choices import Body, Office
from accounts.models import Appointment


class Command(BaseCommand):
    help = "Make an administrator with a random password, which is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="Quản trị viên")
        parser.add_argument("--code", default="admin")

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        people = get_user_model().objects
        email, code = options["email"].strip().lower(), options["code"]
        if people.filter(email__iexact=email).exists() or people.filter(code=code).exists():
            message = f"There is already a person with {email} or with the code {code}."
            raise CommandError(message)
        try:
            validate_email(email)
        except ValidationError as error:
            message = f"{email} is no e-mail address."
            raise CommandError(message) from error

        person = people.model(code=code, email=email, in_scope=False).describe(options["name"])
        person.set_password(password := secrets.token_urlsafe(12))
        try:  # SQLite would keep a code of any length
            person.clean_fields()
        except ValidationError as error:
            wrong = {f"--{name}: {' '.join(said)}" for name, said in error.message_dict.items()}
            raise CommandError("; ".join(sorted(wrong))) from error
        person.save()
        Appointment.objects.create(
            person=person,
            body=Body.ADMINISTRATION,
            office=Office.ADMINISTRATOR,
            starts_on=timezone.localdate(),
        )
        self.stdout.write(f"Administrator: {email}\nPassword, shown only now: {password}")
