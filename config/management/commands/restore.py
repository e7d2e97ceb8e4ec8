"""Put back what a backup holds."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from config.backup.archive import Unusable
from config.backup.restoring import Refused, restore
from config.backup.tables import Unknown


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
        self.stdout.write(
            f"Restored as of {manifest.created_at}: {manifest.rows} rows,"
            f" {len(manifest.files)} files. Everybody has to sign in again."
        )

    def _ask(self, options: dict[str, Any]) -> None:
        if options["yes"]:
            return
        if not sys.stdin.isatty():
            raise CommandError("Nothing was changed: say --yes if this is meant.")
        answer = input(f"Put {options['path']} in the place of what is there now? [yes/no] ")
        if answer.strip().lower() != "yes":
            raise CommandError("Nothing was changed.")
