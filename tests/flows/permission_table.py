"""docs/permissions.csv, the table the office reads: what it says, by part and code."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parents[2] / "docs" / "permissions.csv"
# The columns of people: the role in ``tests.factories.papers``, and its heading.
ROLES = {
    "cadre": "cán bộ (giấy tờ của mình)",
    "colleague": "đồng nghiệp cùng ban",
    "deputy": "phó trưởng ban",
    "head": "trưởng ban",
    "outsider": "cán bộ ban khác",
    "other_head": "trưởng ban khác",
    "coordinator": "Ban Tổ chức - Kiểm tra",
    "member": "Ủy viên Thường trực",
    "in_charge": "Phó Bí thư phụ trách ban",
    "secretary": "Bí thư",
    "office_head": "Chánh Văn phòng",
    "inspector": "Ủy ban Kiểm tra",
    "clerk": "văn thư",
    "administrator": "quản trị",
    "unit": "đơn vị được thăm",
    "other_unit": "đơn vị khác",
    "gone_head": "trưởng ban cũ",
    "gone": "người đã thôi",
}
SIGHT, STEP, PAGE = "xem", "bước", "trang"


@dataclass(frozen=True)
class Row:
    """One line: a part, its code, the office's words, and a mark per role."""

    part: str
    code: str
    words: str
    marks: dict[str, str]

    @property
    def roles(self) -> set[str]:
        return {role for role, mark in self.marks.items() if mark == "x"}


def rows(part: str) -> dict[str, Row]:
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.DictReader(file)
        found = [
            Row(
                line["phần"],
                line["mã"],
                line["nội dung"],
                {role: line[heading] for role, heading in ROLES.items()},
            )
            for line in lines
        ]
    return {row.code: row for row in found if row.part == part}


# Who finds which paper. A superior gone keeps sight of what they acted on.
SEEN_BY = {code: row.roles for code, row in rows(SIGHT).items()}
