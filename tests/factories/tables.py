"""Files of interchange tables, and a small agency in them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xlsxwriter

type_of_table = Iterable[dict[str, Any]]

DEPARTMENTS = [
    {
        "code": "TCKT",
        "name": "Ban Tổ chức - Kiểm tra",
        "short_name": "TCKT",
        "kind": "department",
        "is_coordinating": 1,
        "valid_from": "2015-01-01",
        "valid_to": "",
    },
    {
        "code": "VP",
        "name": "Văn phòng",
        "short_name": "VP",
        "kind": "office",
        "is_coordinating": 0,
        "valid_from": "2015-01-01",
        "valid_to": "",
    },
]
UNITS = [
    # The parent stands further down: rows of one file may refer to each other in any order.
    {
        "code": "C1",
        "level": "commune",
        "kind": "Xã",
        "name": "Xã Minh Phú",
        "short_name": "Minh Phú",
        "parent_code": "D1",
        "lat": 21.25,
        "lon": 105.8,
        "valid_from": "",
        "valid_to": "2025-06-30",
    },
    {
        "code": "D1",
        "level": "district",
        "kind": "Huyện",
        "name": "Huyện Sóc Sơn",
        "short_name": "Sóc Sơn",
        "parent_code": "",
        "lat": "",
        "lon": "",
        "valid_from": "",
        "valid_to": "",
    },
]
UNIT_SUCCESSION = [
    {"old_code": "C1", "new_code": "D1", "share": "main", "on": "2025-07-01"},
]
PEOPLE = [
    {"code": "P1", "full_name": "Đỗ Thị Đường", "email": "duong@example.org", "in_scope": 1},
    {"code": "P2", "full_name": "Lê Văn Ân", "email": "", "in_scope": 0},
]
APPOINTMENTS = [
    {"person_code": "P1", "body": "TCKT", "office": "cadre", "from": "2016-01-01", "to": ""},
    {"person_code": "P2", "body": "TCKT", "office": "head", "from": "2016-01-01", "to": ""},
    {
        "person_code": "P2",
        "body": "standing_committee",
        "office": "member",
        "from": "2017-01-01",
        "to": "2017-12-31",
    },
    {"person_code": "P2", "body": "unit:D1", "office": "representative", "from": "2016-01-01"},
]
PORTFOLIOS = [
    {"person_code": "P2", "department_code": "VP", "from": "2017-01-01", "to": "2017-12-31"},
]
EXEMPTIONS = [
    {"person_code": "P1", "reason": "study", "from": "2019-01-01", "to": "", "note": "Cao học"},
]
HOLIDAYS = [{"date": "2018-09-03", "kind": "off", "name": "Nghỉ bù Quốc khánh"}]
WEEKLY_REPORTS = [
    {
        "person_code": "P1",
        "week": "2018-W21",
        "submitted_at": "2018-05-25T16:30:00",
        "results": "Đã làm việc với Huyện đoàn",
        "difficulties": "",
        "proposals": "- Đề xuất một\n- Đề xuất hai",
    },
]


def visit(code: str = "H1", **changes: Any) -> dict[str, Any]:
    row = {
        "code": code,
        "cadre_code": "P1",
        "date_from": "2018-05-22",
        "date_to": "2018-05-23",
        "session": "full",
        "unit_code": "C1",
        "kind": "inspection",
        "origin": "plan",
        "state": "accepted",
        "product": "none",
        "confirmation": "none",
        "content": "Kiểm tra công tác Đoàn",
        "result": "",
        "team": "",
    }
    return row | changes


def agency(**tables: type_of_table) -> dict[str, type_of_table]:
    """All tables, a row or two each; ``tables`` stand in for some of them."""
    return {
        "departments": DEPARTMENTS,
        "units": UNITS,
        "unit_succession": UNIT_SUCCESSION,
        "people": PEOPLE,
        "appointments": APPOINTMENTS,
        "portfolios": PORTFOLIOS,
        "exemptions": EXEMPTIONS,
        "holidays": HOLIDAYS,
        "visits": [visit()],
        "weekly_reports": WEEKLY_REPORTS,
    } | tables


def headings(rows: type_of_table) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def write_folder(path: Path, tables: dict[str, type_of_table]) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, headings(rows))
            writer.writeheader()
            writer.writerows(rows)
    return path


def write_workbook(path: Path, tables: dict[str, type_of_table]) -> Path:
    """Dates that are ``date`` objects become real Excel dates."""
    options = {"strings_to_formulas": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(path, options) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, headings(rows))
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, [row.get(name, "") for name in headings(rows)])
    return path
