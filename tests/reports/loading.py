"""Put interchange tables into the database, the way an office would."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

from tests.reports.recount import Tables


def write_tables(tables: Tables, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        if rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
    return folder


def load(tables: Tables, folder: Path) -> None:
    said = StringIO()
    try:
        call_command("import_tables", write_tables(tables, folder), stdout=said, stderr=said)
    except CommandError as error:
        raise AssertionError(said.getvalue()) from error
