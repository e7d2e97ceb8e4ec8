"""Who is in the demonstration: tables of people and organisation for the interchange."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from pathlib import Path

import accounts
from fieldvisits.demo import words

SINCE = "2016-01-01"
DATA = Path(accounts.__file__).resolve().parent / "data"
Row = dict[str, str]

# One sign-in per role: code, role, name, e-mail (before the @).
CAST = (
    ("canbo", "Cán bộ", "Trần Thu Hà"),
    ("phoban", "Phó Trưởng ban", "Lê Quốc Bảo"),
    ("truongban", "Trưởng ban", "Phạm Đức Long"),
    ("tckt", "Ban Tổ chức - Kiểm tra", "Hoàng Kim Oanh"),
    ("bithu", "Bí thư (chủ trì Thường trực)", "Vũ Hoàng Nam"),
    ("phobithu", "Phó Bí thư phụ trách", "Lưu Gia Khánh"),
    ("vanphong", "Chánh Văn phòng", "Nguyễn Đình Phúc"),
    ("vanthu", "Văn thư", "Tạ Minh Nguyệt"),
    ("ubkt", "Ủy ban Kiểm tra", "Đinh Công Vinh"),
    ("donvi", "Đơn vị cơ sở", "Bạch Thu Trang"),
    ("quantri", "Quản trị", "Ngô Minh Hiếu"),
)
DOMAIN = "thanhdoan.example"
WALK = "TNNT"  # the department of the five-minute walk
HOST = "TT01"  # the unit with a sign-in; affiliated unions stand on every date


def code_of(name: str) -> str:
    return f"DEMO-{name.upper()}"


@dataclass
class Tables:
    """Rows by table, as ``import_tables`` reads them, and who works where."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    # {department code: codes of its people, head first}
    members: dict[str, list[str]] = field(default_factory=dict)
    # Codes of the committee members, the Secretary first.
    committee: list[str] = field(default_factory=list)

    def add(self, table: str, **row: str) -> None:
        self.rows.setdefault(table, []).append(row)


def organisation(cadres: int, dice: random.Random) -> Tables:
    """Departments, units, people, offices and portfolios of an agency of ``cadres``."""
    tables = Tables()
    _units(tables)
    _committee(tables)
    used = {name for _code, _role, name in CAST}
    total = sum(row[4] for row in words.DEPARTMENTS)
    for code, name, short, kind, weight in words.DEPARTMENTS:
        tables.add(
            "departments",
            code=code,
            name=name,
            short_name=short,
            kind=kind,
            is_coordinating=str(int(code == "TCKT")),
            valid_from=SINCE,
            valid_to="",
        )
        size = max(4, round(cadres * weight / total))
        tables.members[code] = _department(tables, code, size, dice, used)
    portfolios = zip(
        words.DEPARTMENTS, ("DEMO-PBT2", "DEMO-PBT3", "DEMO-PHOBITHU") * 3, strict=False
    )
    for (code, *_rest), member in portfolios:
        member_code = "DEMO-PHOBITHU" if code == WALK else member
        tables.add("portfolios", person_code=member_code, department_code=code, **_since())
    return tables


def _since() -> Row:
    return {"from": SINCE, "to": ""}


def _person(tables: Tables, code: str, name: str, *, email: str = "", in_scope: bool = True) -> str:
    tables.add("people", code=code, full_name=name, email=email, in_scope=str(int(in_scope)))
    return code


def _cast(tables: Tables, name: str, *, in_scope: bool = True) -> str:
    full_name = next(row[2] for row in CAST if row[0] == name)
    return _person(tables, code_of(name), full_name, email=f"{name}@{DOMAIN}", in_scope=in_scope)


def _appoint(tables: Tables, person: str, body: str, office: str) -> None:
    tables.add("appointments", person_code=person, body=body, office=office, **_since())


def _committee(tables: Tables) -> None:
    tables.committee = [
        _cast(tables, "bithu"),
        _cast(tables, "phobithu"),
        _person(tables, "DEMO-PBT2", "Đinh Thị Hồng Nhung"),
        _person(tables, "DEMO-PBT3", "Nguyễn Thanh Tùng"),
    ]
    for place, person in enumerate(tables.committee):
        office = "deputy_secretary" if place else "secretary"
        _appoint(tables, person, "standing_committee", office)
    _appoint(tables, _cast(tables, "quantri", in_scope=False), "administration", "administrator")
    _appoint(tables, _cast(tables, "vanthu", in_scope=False), "administration", "clerk")
    _appoint(tables, _cast(tables, "donvi", in_scope=False), f"unit:{HOST}", "representative")


def _department(
    tables: Tables, code: str, size: int, dice: random.Random, used: set[str]
) -> list[str]:
    known = {
        WALK: ["truongban", "phoban", "canbo"],
        "TCKT": ["tckt", "ubkt"],
        "VP": ["vanphong"],
    }.get(code, [])
    people = [_cast(tables, name) for name in known]
    people += [
        _person(tables, f"{code}-{number:02d}", _new_name(dice, used))
        for number in range(len(people) + 1, size + 1)
    ]
    for place, person in enumerate(people):
        office = "head" if place == 0 else "deputy" if place == 1 else "cadre"
        _appoint(tables, person, code, office)
    if code == "TCKT":
        _appoint(tables, code_of("ubkt"), "inspection_committee", "head")
    return people


def _new_name(dice: random.Random, used: set[str]) -> str:
    while True:
        name = f"{dice.choice(words.FAMILIES)} {dice.choice(words.WOMEN + words.MEN)}"
        if name not in used:
            used.add(name)
            return name


def _units(tables: Tables) -> None:
    for table, file in (("units", "hanoi_units"), ("unit_succession", "hanoi_unit_succession")):
        with (DATA / f"{file}.csv").open(encoding="utf-8", newline="") as source:
            tables.rows[table] = list(csv.DictReader(source))
    for number, name in enumerate(words.AFFILIATED, 1):
        tables.add(
            "units",
            code=f"TT{number:02d}",
            level="affiliated",
            kind="Đoàn trực thuộc",
            name=name,
            short_name=name.removeprefix("Đoàn "),
            parent_code="",
            lat="",
            lon="",
            valid_from="",
            valid_to="",
        )
