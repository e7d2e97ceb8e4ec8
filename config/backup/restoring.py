"""Fill a database and the folder of files from a backup, wholly or not at all."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from config.backup import archive, tables
from config.backup.making import files_in
from config.embedded import Occupied, hold

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from config.backup.archive import Manifest, Reader


class Refused(Exception):
    """Nothing was changed, and this is why."""


def restore(path: Path, *, replace: bool = False) -> Manifest:
    """Put back what ``path`` holds; raise before anything is changed if that cannot be.

    The backup is read through first. The database changes in one step, at the end, after
    every row has been counted again; only then the files take their places.
    """
    with archive.reading(path) as backup, _nobody_else():
        _check(backup.manifest, replace=replace)
        with _files_beside(backup) as beside:
            with _one_step():
                _fill(backup)
            _place(beside, backup.manifest)
        return backup.manifest


def _check(manifest: Manifest, *, replace: bool) -> None:
    tables.check_known([(app, name) for app, name in manifest.migrations])
    there = connection.introspection.table_names()
    if there and "django_migrations" not in there:
        raise Refused("the database holds tables of something else")
    people = get_user_model()
    if not replace and tables.table_of(people) in there and people.objects.exists():
        raise Refused("the database is not empty; --replace gives up what is in it")


@contextmanager
def _nobody_else() -> Iterator[None]:
    """Refuse while the application runs on this database."""
    if connection.vendor == "sqlite":
        try:
            with hold(Path(settings.VAR_DIR) / "embedded.lock", patience=0):
                yield
        except Occupied as error:
            raise Refused("the application is running: stop it first") from error
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND usename = current_user AND pid <> pg_backend_pid()"
        )
        (others,) = cursor.fetchone()
    if others:
        raise Refused(f"{others} connections are open: stop web, worker and beat first")
    yield


@contextmanager
def _files_beside(backup: Reader) -> Iterator[Path]:
    """Unpack the files beside their places, on the same disk."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    needed = sum(file.size for file in backup.manifest.files)
    if needed > shutil.disk_usage(folder).free:
        raise Refused(f"the disk of {folder} has no room for the {needed >> 20} MB of the files")
    with tempfile.TemporaryDirectory(dir=folder, prefix=".restoring-") as beside:
        for file in backup.manifest.files:
            target = Path(beside, file.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                out.writelines(backup.pieces(file))
            target.chmod(0o640)
        yield Path(beside)


def _place(beside: Path, manifest: Manifest) -> None:
    """Move the files in; what the backup does not know is taken away."""
    folder, wanted = Path(settings.MEDIA_ROOT), {file.name for file in manifest.files}
    for name in wanted:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (beside / name).replace(folder / name)
    for path in list(files_in(folder)):
        if path.relative_to(folder).as_posix() not in wanted:
            path.unlink()


def _one_step() -> AbstractContextManager[object]:
    return transaction.atomic() if connection.vendor == "postgresql" else _a_file_beside()


@contextmanager
def _a_file_beside() -> Iterator[None]:
    """Work on a copy of the SQLite file, and put it in place of the file at the end."""
    live = Path(connection.settings_dict["NAME"])
    with tempfile.TemporaryDirectory(dir=live.parent, prefix=".restoring-") as folder:
        draft = Path(folder, "db.sqlite3")
        _copy(live, draft)
        connection.close()
        connection.settings_dict["NAME"] = str(draft)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = str(live)
        _copy(draft, live)


def _copy(source: Path, target: Path) -> None:
    """Copy page by page in one transaction of SQLite's own: wholly, or not at all."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


def _fill(backup: Reader) -> None:
    manifest = backup.manifest
    nodes = [(app, name) for app, name in manifest.migrations]
    if nodes != tables.latest_applied():
        _build_anew(nodes)
    models = {tables.table_of(model): model for model in tables.models_at(nodes)}
    kept = [(table.name, table.columns) for table in manifest.tables]
    if sorted(kept) != sorted((name, tables.columns_of(model)) for name, model in models.items()):
        raise Refused("its tables are not those of the migrations it names")
    is_sqlite = connection.vendor == "sqlite"
    with transaction.atomic() if is_sqlite else nullcontext():
        tables.empty(list(models.values()))
        for table in manifest.tables:
            tables.fill(models[table.name], backup.rows(table))
    tables.count_on(list(models.values()))
    connection.check_constraints()
    for table in manifest.tables:
        told = tables.sum_of(models[table.name])
        if (told.rows, str(told)) != (table.rows, table.checksum):
            raise Refused(f"{table.name} did not arrive as it was")
    call_command("migrate", interactive=False, verbosity=0)  # what came since


def _build_anew(nodes: list[tuple[str, str]]) -> None:
    """Make the tables of ``nodes``: the backup is older or newer than what is there."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if connection.vendor == "postgresql" and names:
            quoted = ", ".join(connection.ops.quote_name(name) for name in names)
            cursor.execute(f"DROP TABLE {quoted} CASCADE")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # migrations alter what they filled
    if connection.vendor == "sqlite":
        connection.close()
        Path(connection.settings_dict["NAME"]).unlink(missing_ok=True)
    MigrationExecutor(connection).migrate(nodes)
