"""Random interchange tables, crowded into the days where counting goes wrong."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from tests.reports.recount import KINDS, Row, Tables

STATES = (
    ["accepted"] * 5 + ["reported"] * 3 + ["approved"] * 3 + ["proposed", "declined", "cancelled"]
)
CONFIRMATIONS = [
    "none", "none", "none", "asked", "confirmed", "confirmed",
    "corrected", "disputed", "denied", "denied", "expired",
]  # fmt: skip
# Sorted by code point these stand otherwise than by a dictionary, by length or by UTF-16.
CODE_STARTS = ("V", "v", "Đ", "V1", "V10", "A-", "\N{FULLWIDTH LATIN SMALL LETTER A}", "\U0001f300")
DEPARTMENTS = ("VP", "TCKT", "TG", "cũ", "MOI", "TRUOC", "SAU")


class Draw(Random):
    """Dice that know a year."""

    def __init__(self, seed: int, year: int) -> None:
        super().__init__(f"{seed} {year}")
        self.year = year
        first = date(year, 1, 1)
        self.crowded = [
            first - timedelta(days=4),  # over New Year
            date(year, 2, 10),  # Tết
            date(year, 3, 27),
            date(year, 6, 27),
            date(year, 10, 20),
            date(year, 12, 27),
            first + timedelta(days=self.randrange(300)),
        ]

    def day(self) -> date:
        return self.choice(self.crowded) + timedelta(days=self.randrange(9))

    def period(self, *, begins: str = "from", ends: str = "to") -> Row:
        first = date(self.year, 1, 1) + timedelta(days=self.randrange(-60, 330))
        last = first + timedelta(days=self.randrange(180))
        return {begins: first.isoformat(), ends: "" if self.random() < 0.2 else last.isoformat()}


def random_tables(seed: int, year: int = 2018, *, people: int = 9, visits: int = 130) -> Tables:
    draw = Draw(seed, year)
    persons = [f"CB{n:02d}" for n in range(people)]
    tables: Tables = {
        "departments": _departments(year),
        "units": _units(),
        "people": [_person(draw, code) for code in persons],
        "appointments": [row for code in persons for row in _appointments(draw, code)],
        "exemptions": [row for code in persons for row in _exemptions(draw, code)],
        "holidays": [
            {"date": f"{year}-07-06", "kind": "off", "name": "Nghỉ"},
            {"date": f"{year}-11-17", "kind": "makeup_work", "name": "Làm bù"},
        ],
    }
    tables["visits"] = [_visit(draw, n, draw.choice(persons)) for n in range(visits)]
    tables["weekly_reports"] = [row for code in persons for row in _weekly(draw, code)]
    return tables


def _departments(year: int) -> list[Row]:
    lives = {
        "cũ": ("2010-01-01", f"{year}-06-30"),
        "MOI": (f"{year}-07-01", ""),
        "TRUOC": ("2010-01-01", f"{year - 2}-12-31"),
        "SAU": (f"{year + 1}-01-01", ""),
    }
    return [
        {
            "code": code,
            "name": f"Ban {code}",
            "short_name": code,
            "kind": "office" if code == "VP" else "department",
            "is_coordinating": "1" if code == "TCKT" else "0",
            "valid_from": lives.get(code, ("2010-01-01", ""))[0],
            "valid_to": lives.get(code, ("", ""))[1],
        }
        for code in DEPARTMENTS
    ]


def _units() -> list[Row]:
    def row(code: str, level: str, parent: str = "", begins: str = "", ends: str = "") -> Row:
        return {
            "code": code,
            "level": level,
            "kind": "Đơn vị",
            "name": f"Đơn vị {code}",
            "short_name": code,
            "parent_code": parent,
            "lat": "",
            "lon": "",
            "valid_from": begins,
            "valid_to": ends,
        }

    before, since = "2025-06-30", "2025-07-01"
    return [
        row("Q1", "district", ends=before),
        row("Q2", "district", ends=before),
        row("X1", "commune", "Q1", ends=before),
        row("X2", "commune", "Q1", ends=before),
        row("P1", "commune", begins=since),
        row("CS1", "base", "X1"),
        row("CS2", "base", "P1"),
        row("CD", "branch", "CS2"),
        row("DTT", "affiliated"),
    ]


def _person(draw: Draw, code: str) -> Row:
    in_scope = draw.choice(["1", "1", "1", "1", "", "0"])
    return {"code": code, "full_name": f"Nguyễn Văn {code}", "email": "", "in_scope": in_scope}


def _appointments(draw: Draw, code: str) -> list[Row]:
    """Terms in departments one after another, and time on other bodies beside them."""
    rows = []
    begins = date(draw.year - 1, 6, 1) + timedelta(days=draw.randrange(500))
    for _ in range(draw.choice([0, 1, 1, 2, 2, 3])):
        ends = begins + timedelta(days=draw.choice([0, 20, 90, 200, 400]))
        is_open = draw.random() < 0.3
        rows.append(_term(code, draw.choice(DEPARTMENTS[:5]), draw.choice(["cadre", "head"]),
                          begins, None if is_open else ends))  # fmt: skip
        if is_open:
            break
        begins = ends + timedelta(days=draw.choice([1, 1, 15, 60]))
    for body, office, chance in (
        ("standing_committee", "member", 0.4),
        ("executive_bureau", "member", 0.3),
        ("inspection_committee", "member", 0.3),
        ("unit:DTT", "representative", 0.2),
    ):
        if draw.random() < chance:
            period = draw.period()
            rows.append({"person_code": code, "body": body, "office": office} | period)
    return rows


def _term(code: str, body: str, office: str, begins: date, ends: date | None) -> Row:
    return {
        "person_code": code,
        "body": body,
        "office": office,
        "from": begins.isoformat(),
        "to": ends.isoformat() if ends else "",
    }


def _exemptions(draw: Draw, code: str) -> list[Row]:
    reasons = draw.sample(["study", "sick", "maternity", "late_joiner", "left", "other"], 2)
    rows = [
        {"person_code": code, "reason": reason, "note": ""} | draw.period()
        for reason in reasons[: draw.choice([0, 0, 1, 2])]
    ]
    if draw.random() < 0.08:  # all year: nothing left to be on pace with
        rows.append({"person_code": code, "reason": "study", "note": "",
                     "from": f"{draw.year - 2}-01-01", "to": ""})  # fmt: skip
    return rows


def _visit(draw: Draw, number: int, cadre: str) -> Row:
    first = draw.day()
    state = draw.choice(STATES)
    kind = draw.choice([*KINDS, "thematic", "thematic", "event_attendance", "event_attendance"])
    return {
        "code": f"V{number}" if number % 3 else f"{draw.choice(CODE_STARTS)}{number:03d}",
        "cadre_code": cadre,
        "date_from": first.isoformat(),
        "date_to": (first + timedelta(days=draw.choice([0, 0, 0, 1, 2, 7]))).isoformat(),
        "session": draw.choice(["full", "full", "morning", "afternoon"]),
        "unit_code": draw.choice(_units())["code"],
        "kind": kind,
        "origin": draw.choice(["plan", "plan", "ad_hoc"]),
        "state": state,
        "product": draw.choice(["none", "owed", "submitted", "accepted"]),
        "confirmation": draw.choice(CONFIRMATIONS),
        "content": f"Nội dung {number}",
        "result": "",
        "team": "",
    }


def _weekly(draw: Draw, code: str) -> list[Row]:
    """Reports of some crowded weeks, handed in around the moments they may fall due."""
    mondays = {day - timedelta(days=day.weekday()) for day in (draw.day() for _ in range(14))}
    rows = []
    for monday in sorted(mondays):
        year, number, _ = monday.isocalendar()
        at = datetime.combine(
            monday + timedelta(days=draw.choice([4, 4, 7, 7, 8, 14])),
            draw.choice([time(12), time(12, 0, 1), time(17), time(17, 0, 1), time(9), time(23)]),
        )
        rows.append({
            "person_code": code,
            "week": f"{year}-W{number:02d}",
            "submitted_at": at.isoformat(),
            "results": "", "difficulties": "", "proposals": "",
        })  # fmt: skip
    return rows
