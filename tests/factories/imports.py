"""Uploads of tables, and an administrator who makes them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.imports import asking, working
from accounts.imports.uploads import accepted
from accounts.models import ImportJob, Person
from tests.factories.accounts import make_administrator
from tests.factories.tables import headings, type_of_table, write_workbook
from tests.factories.uploads import archive


def administrator(code: str = "QT") -> Person:
    return make_administrator(code=code, full_name=f"Quản Trị {code}")


def as_csv(rows: type_of_table, delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, headings(rows), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_zip(tables: dict[str, type_of_table]) -> bytes:
    return archive({f"{name}.csv": as_csv(rows) for name, rows in tables.items()})


def as_workbook(folder: Path, tables: dict[str, type_of_table]) -> bytes:
    return write_workbook(folder / "in.xlsx", tables).read_bytes()


def sent(content: bytes, name: str = "bang.zip") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def uploaded(content: bytes, by: Person, name: str = "bang.zip", table: str = "") -> ImportJob:
    """Upload and have it looked through."""
    job = asking.ask(accepted([sent(content, name)], table), by=by)
    return worked_on(job)


def worked_on(job: ImportJob) -> ImportJob:
    working.take_up(now=timezone.now())
    job.refresh_from_db()
    return job


def taken_in(content: bytes, by: Person, name: str = "bang.zip") -> ImportJob:
    job = uploaded(content, by, name)
    asking.confirm(job, by=by)
    return worked_on(job)


def workbook(rows: list[list[Any]], title: str = "people") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def reason(job: ImportJob) -> str:
    return " ".join(problem["reason"] for problem in job.found["problems"])
