"""The real units of Hà Nội as an upload, from the tables that come with the application."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.imports.uploads import Upload

if TYPE_CHECKING:
    from datetime import date

FOLDER = Path(__file__).resolve().parent.parent / "data"
UNITS, SUCCESSION = "hanoi_units.csv", "hanoi_unit_succession.csv"


def units_of_hanoi(on: date | None) -> Upload:
    """The units there were on that day; None: all of them, with who took over from whom."""
    rows = _rows(UNITS)
    if on is not None:
        rows = [row for row in rows if _covers(row, on.isoformat())]
    tables = {"units": rows}
    name = _("Units of Hà Nội, before and after 1/7/2025")
    if on is None:
        tables["unit_succession"] = _rows(SUCCESSION)
    else:
        name = _("Units of Hà Nội on %(day)s") % {"day": date_format(on, "d/m/Y")}
    return Upload(name, ".zip", ContentFile(_packed(tables)))


def _covers(row: dict[str, str], day: str) -> bool:
    return (row["valid_from"] or day) <= day <= (row["valid_to"] or day)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _packed(tables: dict[str, list[dict[str, str]]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            text = io.StringIO()
            writer = csv.DictWriter(text, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
            archive.writestr(f"{name}.csv", text.getvalue())
    return buffer.getvalue()
