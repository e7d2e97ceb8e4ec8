"""Put back what a backup holds."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from accounts.sign_in.second_factor import sealed_by_another_key
from config.backup.archive import Unusable
from config.backup.restoring import Refused, restore
from config.backup.tables import Unknown

ANOTHER_KEY = """\
The codes of %(n)d authenticator app(s) were sealed with another secret key and cannot be
checked: these people cannot sign in. Bring the old key (var/secret_key, or SECRET_KEY of the old
.env) to its place here and start again, or name it in SECRET_KEY_FALLBACKS."""


@contextmanager
def at_hand(path: Path) -> Iterator[Path]:
    """Return ``path``, or a file with what comes in: a container sees no other folder."""
    if str(path) != "-":
        yield path
        return
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix=".restoring-") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.flush()
        yield Path(file.name)


class Command(BaseCommand):
    help = "Fill database and files from a backup, wholly or not at all."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the backup; - reads it from standard input")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument(
            "--replace", action="store_true", help="give up what the database holds now"
        )

    def handle(self, **options: Any) -> None:
        self._ask(options)
        try:
            with at_hand(options["path"]) as path:
                manifest = restore(path, replace=options["replace"])
        except (Unusable, Refused, Unknown, DatabaseError) as error:
            raise CommandError(f"Nothing was changed: {error}") from error
        moment = timezone.localtime(datetime.fromisoformat(manifest.created_at))
        self.stdout.write(
            f"Restored as of {moment:%H:%M %d/%m/%Y}: {manifest.rows} rows,"
            f" {len(manifest.files)} files. Everybody has to sign in again."
        )
        if number := sealed_by_another_key():
            self.stderr.write(ANOTHER_KEY % {"n": number})

    def _ask(self, options: dict[str, Any]) -> None:
        if options["yes"]:
            return
        if not sys.stdin.isatty():
            raise CommandError("Nothing was changed: say --yes if this is meant.")
        answer = input(f"Put {options['path']} in the place of what is there now? [yes/no] ")
        if answer.strip().lower() != "yes":
            raise CommandError("Nothing was changed.")
