"""Write everything the application keeps into one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from config.backup.nightly import back_up
from config.backup.tables import Unknown


class Command(BaseCommand):
    help = "Write database and files into one file, while everybody goes on working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the file to write, which is not there yet")

    def handle(self, **options: Any) -> None:
        try:
            manifest = back_up(options["path"])
        except (OSError, Unknown, DatabaseError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(
            f"{options['path']}: {manifest.rows} rows of {len(manifest.tables)} tables,"
            f" {len(manifest.files)} files."
        )
        if missing := manifest.missing_files:
            self.stderr.write(
                f"{len(missing)} files that rows name were not there: {', '.join(missing[:5])}"
            )
