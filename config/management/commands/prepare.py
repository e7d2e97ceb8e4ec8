"""Everything between an installed environment and a server that can start."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Bring static files and database up to date, fill a new one, tell the sign-ins."
    requires_system_checks = []  # they import every view; the server does that itself

    def handle(self, **_options: Any) -> None:
        # One process for all of it: starting Django is most of the work.
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            message = f"The database cannot be used: {str(error).strip()} (DATABASE_URL names it)"
            raise CommandError(message) from error
        collect_what_changed()
        migrate_what_is_new()
        call_command("first_start")
        call_command("show_sign_ins")


def migrate_what_is_new() -> None:
    """Migrate if there is anything to: the command builds every model twice before it finds out."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def collect_what_changed() -> None:
    """Collect static files unless they are made from what lies there now: it takes seconds."""
    made, stamp = Path(settings.STATIC_ROOT), Path(settings.VAR_DIR, "static.made-from")
    sources = state_of_sources()
    if (made / "staticfiles.json").exists() and stamp.exists() and stamp.read_text() == sources:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(sources)


def state_of_sources() -> str:
    """Say which files there are to collect, how large and how old they are."""
    found = [str(settings.STATIC_ROOT)]
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            found.append(f"{name} {file.st_size} {file.st_mtime_ns}")
    return sha256("\n".join(sorted(found)).encode()).hexdigest()
