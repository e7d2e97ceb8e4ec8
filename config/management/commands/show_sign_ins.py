"""Tell one sign-in per role of the demonstration."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Show one sign-in per role of the demonstration, while it is in the database."

    def handle(self, **_options: Any) -> None:
        try:
            rows = json.loads(settings.SIGN_INS_FILE.read_text())
        except FileNotFoundError:
            return
        there = set(get_user_model().objects.values_list("email", flat=True))
        rows = [row for row in rows if row["email"] in there]
        width = max((len(row["role"]) for row in rows), default=0)
        for row in rows:
            self.stdout.write(f"  {row['role']:{width}}  {row['email']}  {row['password']}")
        if rows:
            self.stdout.write("Sign-ins of the demonstration (role, e-mail, password) stand above.")
