"""Write a backup of the moment, while everybody goes on working."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from config.backup import archive, tables

if TYPE_CHECKING:
    from config.backup.archive import Manifest, Writer


def make(path: Path) -> Manifest:
    """Write everything to ``path``; it is there only when it is whole.

    Files are taken before rows, so that the time in which a draft's file may be taken away
    is short; a file that a row names and that was not there is named in the manifest.
    """
    with one_moment():
        nodes = tables.latest_applied()
        manifest = archive.Manifest(
            version=settings.VERSION,
            created_at=timezone.now().isoformat(),
            database=connection.vendor,
            migrations=[list(node) for node in nodes],
        )
        models = tables.models_at(nodes)
        with archive.writing(path, manifest) as writer:
            _add_files(writer)
            for model in models:
                writer.add_table(
                    tables.table_of(model), tables.columns_of(model), tables.lines(model)
                )
            kept = {file.name for file in manifest.files}
            manifest.missing_files += sorted(tables.file_names(models) - kept)
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as it is now until the end, and hold up nobody who writes."""
    connection.close()  # nothing of an earlier transaction
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT 1")  # this is the moment
            yield
        return
    # atomic() would begin as a writer and make all others wait.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master")  # this is the moment
            yield
        finally:
            cursor.execute("ROLLBACK")


def _add_files(writer: Writer) -> None:
    for path in files_in(Path(settings.MEDIA_ROOT)):
        try:
            source = path.open("rb")
        except FileNotFoundError:  # taken away since the folder was read
            continue
        with source:
            writer.add_file(path.relative_to(settings.MEDIA_ROOT).as_posix(), source)


def files_in(folder: Path) -> Iterator[Path]:
    """Yield what the application keeps there; names with a dot in front are work in progress."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not inside.parts[0].startswith("."):
            yield path
