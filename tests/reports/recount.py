"""A second, plain count of every figure, straight from the interchange tables.

Written from docs/figures.md alone: no Django, no database, no cleverness. Slots are
looked at one by one; nothing is shared with the application, not even its constants.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil, floor

Row = dict[str, str]
Tables = dict[str, list[Row]]
Slot = tuple[str, date, str]  # cadre, day, half

KINDS = (
    "thematic", "joint_activity", "inspection",
    "congress_guidance", "session_attendance", "working_session",
)  # fmt: skip
FIGURES = (
    "planned", "approved", "ahead", "unreported",
    "carried_out", "accepted", "provisional", "confirmed",
)  # fmt: skip


@dataclass
class Rules:
    """What the regulation says."""

    target_days: int = 60
    begins: tuple[int, int] = (1, 1)
    pro_rates: bool = False
    holidays: dict[date, str] = field(default_factory=dict)  # before those of the tables


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def each_day(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def inside(row: Row, on: date, begins: str = "from", ends: str = "to") -> bool:
    first, last = day(row.get(begins)), day(row.get(ends))
    return (first is None or first <= on) and (last is None or on <= last)


@dataclass
class Recount:
    tables: Tables
    year: int
    as_of: date
    rules: Rules

    def __post_init__(self) -> None:
        month, first = self.rules.begins
        if (month, first) == (1, 1):
            self.first, self.last = date(self.year, 1, 1), date(self.year, 12, 31)
        else:
            self.first = date(self.year - 1, month, first)
            self.last = date(self.year, month, first) - timedelta(days=1)
        self.holidays = dict(self.rules.holidays)
        for row in self.rows("holidays"):
            self.holidays[date.fromisoformat(row["date"])] = row["kind"]
        self.departments = {row["code"] for row in self.rows("departments")}
        self.claims: dict[Slot, list[Row]] = defaultdict(list)
        for visit in self.rows("visits"):
            for slot in self.slots(visit):
                if self.first <= slot[1] <= self.last:
                    self.claims[slot].append(visit)

    def rows(self, table: str, **columns: str) -> list[Row]:
        return [
            row
            for row in self.tables.get(table, [])
            if all(row[column] == value for column, value in columns.items())
        ]

    # --- where people belong ---------------------------------------------------

    def departments_held(self, person: str) -> list[Row]:
        return [
            row
            for row in self.rows("appointments", person_code=person)
            if row["body"] in self.departments
        ]

    def committee_held(self, person: str) -> list[Row]:
        return self.rows("appointments", person_code=person, body="standing_committee")

    def belongs(self, person: str, on: date) -> str:
        for row in self.departments_held(person):
            if inside(row, on):
                return row["body"]
        if any(inside(row, on) for row in self.committee_held(person)):
            return "THUONG_TRUC"
        return ""

    def window_so_far(self) -> list[date]:
        return list(each_day(self.first, min(self.last, self.as_of)))

    def listed_under(self, person: str) -> str | None:
        so_far = self.window_so_far()
        held = [
            row["body"] for on in so_far for row in self.departments_held(person) if inside(row, on)
        ]
        if held:
            today = [
                row["body"] for row in self.departments_held(person) if inside(row, self.as_of)
            ]
            return (today or held)[-1]
        if any(inside(row, on) for on in so_far for row in self.committee_held(person)):
            return "THUONG_TRUC"
        return None

    def cadres(self) -> dict[str, str]:
        """Everybody listed, and the code they are listed under."""
        found = {}
        for row in self.rows("people"):
            under = self.listed_under(row["code"])
            if row.get("in_scope", "") != "0" and under is not None:
                found[row["code"]] = under
        return dict(sorted(found.items()))

    def has_left(self, person: str) -> bool:
        terms = self.departments_held(person) + self.committee_held(person)
        return not any(inside(row, self.as_of) for row in terms)

    # --- slots -----------------------------------------------------------------

    def slots(self, visit: Row) -> Iterator[Slot]:
        halves = {"full": ["am", "pm"], "morning": ["am"], "afternoon": ["pm"]}[visit["session"]]
        for on in each_day(
            date.fromisoformat(visit["date_from"]), date.fromisoformat(visit["date_to"])
        ):
            for half in halves:
                yield visit["cadre_code"], on, half

    def holds(self, figure: str, visit: Row, on: date) -> bool:
        """The condition of ``figure`` on one visit, for a slot on that day."""
        state, kind = visit["state"], visit["kind"]
        counts = kind != "event_attendance"
        denied = visit["confirmation"] == "denied"
        past = on <= self.as_of
        agreed = state in ("approved", "reported", "accepted")
        done = state in ("reported", "accepted") and past and not denied
        official = state == "accepted" and past and not denied
        product_in = kind != "thematic" or visit["product"] == "accepted"
        return (
            counts
            and {
                "planned": state not in ("declined", "cancelled"),
                "approved": agreed,
                "ahead": agreed and not past and not denied,
                "unreported": state == "approved" and past,
                "carried_out": done,
                "accepted": official and product_in,
                "provisional": official and not product_in,
                "confirmed": official and product_in and visit["confirmation"] == "confirmed",
            }[figure]
        )

    def words_of(self, slot: Slot) -> set[str]:
        """Every key of the export to which this slot adds a half-day."""
        on = slot[1]
        visits = sorted(self.claims[slot], key=lambda visit: visit["code"])
        hold = {f: [v for v in visits if self.holds(f, v, on)] for f in FIGURES}
        words = {figure for figure, found in hold.items() if found}
        if hold["carried_out"]:
            words.discard("unreported")
            if hold["carried_out"][0]["origin"] == "ad_hoc":
                words.add("ad_hoc")
        elif on <= self.as_of:
            done = [v for v in visits if v["state"] in ("reported", "accepted")]
            if any(v["confirmation"] == "denied" for v in done):
                words.add("denied")
            elif any(v["kind"] == "event_attendance" for v in done):
                words.add("event_attendance")
        if hold["accepted"]:
            words.discard("provisional")
            words |= {f"quarter {(on.month + 2) // 3}", hold["accepted"][0]["kind"]}
        return words

    def count(self, slots: list[Slot]) -> dict[str, float]:
        halves: dict[str, int] = defaultdict(int)
        for slot in slots:
            for word in self.words_of(slot):
                halves[word] += 1
        return defaultdict(float, {word: n / 2 for word, n in halves.items()})

    # --- target and pace -------------------------------------------------------

    def is_exempt(self, person: str, on: date) -> bool:
        return any(inside(row, on) for row in self.rows("exemptions", person_code=person))

    def target(self, person: str) -> int:
        if not self.rules.pro_rates:
            return self.rules.target_days
        months = 0
        begins = self.first
        for _ in range(12):
            following = date(begins.year + begins.month // 12, begins.month % 12 + 1, begins.day)
            exempt = [on for on in each_day(begins, following - timedelta(days=1))
                      if self.is_exempt(person, on)]  # fmt: skip
            months += len(exempt) < 15
            begins = following
        return ceil(Fraction(self.rules.target_days * months, 12))

    def is_worked(self, on: date) -> bool:
        if self.holidays.get(on) == "makeup_work":
            return True
        return on.isoweekday() <= 5 and self.holidays.get(on) != "off"

    def pace(self, person: str, on: date) -> float:
        worked = [
            d
            for d in each_day(self.first, self.last)
            if self.is_worked(d) and not self.is_exempt(person, d)
        ]
        if not worked:
            return 0
        elapsed = sum(d <= on for d in worked)
        return floor(2 * Fraction(self.target(person) * elapsed, len(worked))) / 2

    # --- weeks -----------------------------------------------------------------

    def due(self, monday: date, *, weekend: bool) -> datetime:
        on, at = monday + timedelta(days=4), time(17)
        if weekend:
            on, at = monday + timedelta(days=7), time(12)
        while not self.is_worked(on):
            on, at = on + timedelta(days=1), time(12)
        return datetime.combine(on, at)

    def weekly(self, person: str) -> dict[str, int]:
        days = {
            slot[1]
            for visit in self.rows("visits", cadre_code=person)
            if visit["state"] in ("approved", "reported", "accepted")
            for slot in self.slots(visit)
        }
        found = {"owed": 0, "on_time": 0, "late": 0, "missing": 0}
        for number in range(1, 54):
            try:
                monday = date.fromisocalendar(self.year, number, 1)
            except ValueError:
                continue
            in_week = [d for d in days if 0 <= (d - monday).days <= 6]
            due = self.due(monday, weekend=any(d.isoweekday() >= 6 for d in in_week))
            if not in_week or due.date() > self.as_of:
                continue
            reports = self.rows(
                "weekly_reports", person_code=person, week=f"{self.year}-W{number:02d}"
            )
            found["owed"] += 1
            if not reports:
                found["missing"] += 1
            elif datetime.fromisoformat(reports[0]["submitted_at"]) <= due:
                found["on_time"] += 1
            else:
                found["late"] += 1
        return found

    # --- the export ------------------------------------------------------------

    def splits(self, words: dict[str, float]) -> dict[str, object]:
        return {
            "not_counted": {name: words[name] for name in ("event_attendance", "denied")},
            "by_quarter": {str(n): words[f"quarter {n}"] for n in (1, 2, 3, 4)},
            "by_kind": {kind: words[kind] for kind in KINDS},
        }

    def cadre(self, code: str, under: str) -> dict[str, object]:
        words = self.count([slot for slot in self.claims if slot[0] == code])
        target, pace = self.target(code), self.pace(code, self.as_of)
        met = None if target == 0 or self.has_left(code) else words["accepted"] >= target
        standing = None
        if met is not None:
            standing = "met" if met else "on_pace" if words["carried_out"] >= pace else "behind"
        return {
            "code": code,
            "department": under,
            "target": target,
            **{figure: words[figure] for figure in FIGURES},
            "forecast": words["accepted"] + words["provisional"] + words["ahead"],
            "pace": pace,
            "standing": standing,
            **self.splits(words),
            "gap": max(0, target - words["accepted"]),
            "met": met,
            "weekly": self.weekly(code),
        }

    def sums(self, cadres: list[dict[str, object]], slots: list[Slot]) -> dict[str, object]:
        words = self.count(slots)
        return {
            "cadres": len(cadres),
            "met": sum(row["met"] is True for row in cadres),
            "target": sum(row["target"] for row in cadres),
            "gap": sum(row["gap"] for row in cadres),
            **{figure: words[figure] for figure in FIGURES},
            **self.splits(words),
            "weekly": {
                name: sum(row["weekly"][name] for row in cadres)
                for name in ("owed", "on_time", "late", "missing")
            },
        }

    def export(self) -> dict[str, object]:
        listed = self.cadres()
        cadres = [self.cadre(code, under) for code, under in listed.items()]
        mine = [slot for slot in self.claims if slot[0] in listed]
        places: dict[str, list[Slot]] = {
            row["code"]: []
            for row in self.rows("departments")
            if any(
                inside(row, on, "valid_from", "valid_to") for on in each_day(self.first, self.last)
            )
        }
        for row in cadres:
            places.setdefault(row["department"], [])
        for slot in mine:
            place = self.belongs(slot[0], slot[1])
            if place in places or self.words_of(slot):
                places.setdefault(place, []).append(slot)
        return {
            "year": self.year,
            "as_of": self.as_of.isoformat(),
            "target_days": self.rules.target_days,
            "cadres": cadres,
            "departments": [
                {"code": code}
                | self.sums([row for row in cadres if row["department"] == code], places[code])
                for code in sorted(places)
            ],
            "agency": self.sums(cadres, mine),
        }

    # --- units -----------------------------------------------------------------

    def at_or_above(self, unit: str, on: date) -> set[str]:
        """The unit, and those above it on that day."""
        found = {unit}
        while True:
            rows = [r for r in self.rows("units", code=unit)
                    if inside(r, on, "valid_from", "valid_to")]  # fmt: skip
            unit = rows[0].get("parent_code", "") if rows else ""
            valid = [r for r in self.rows("units", code=unit)
                     if inside(r, on, "valid_from", "valid_to")]  # fmt: skip
            if not valid:
                return found
            found.add(unit)

    def unit_days(self) -> dict[str, tuple[float, int, int]]:
        """Days, visits and people at every unit visited in the window, or below it."""
        slots, visits, people = defaultdict(set), defaultdict(set), defaultdict(set)
        for slot, claims in self.claims.items():
            for visit in claims:
                if self.holds("carried_out", visit, slot[1]):
                    for unit in self.at_or_above(visit["unit_code"], slot[1]):
                        slots[unit].add(slot)
                        visits[unit].add(visit["code"])
                        people[unit].add(slot[0])
        return {u: (len(slots[u]) / 2, len(visits[u]), len(people[u])) for u in sorted(slots)}
