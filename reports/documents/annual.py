"""The annual summary: a frozen snapshot of figures with names, and its page for paper.

Two halves that only meet in the snapshot: ``freeze`` reads figures and names once, ``html``
follows from the snapshot alone. So the same snapshot always gives the same document.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.agency import agency_on
from accounts.choices import COMMITTEE_CODE
from accounts.models import Department
from fieldvisits.models import Regulation
from reports.figures import year_figures
from reports.models import AnnualReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.figures import CadreFigures, Days, DepartmentFigures

SCHEMA = 1  # raised when the meaning of a field changes
SUMS = ("accepted", "provisional", "ahead")

# JSON: texts, whole numbers (days are half-days), lists. No floats, no dates, no wording.
type_of_snapshot = dict[str, Any]


def freeze(year: int, as_of: date, code: str | None = None) -> type_of_snapshot:
    """Return the summary of ``year`` at the end of ``as_of``, ready to be kept.

    ``code`` is that of one department; without it the summary is that of the agency.
    Names are those valid on ``as_of``, whatever they are later.
    """
    with translation.override("vi"):
        figures = year_figures(year, as_of=as_of, department=code)
    regulation = Regulation.objects.for_year(year)
    first, last = regulation.window(year)
    departments = [
        _department(row, [cadre for cadre in figures.cadres if cadre.department == row.code])
        for row in sorted(figures.departments, key=_place)
    ]
    return {
        "schema": SCHEMA,
        "paper": "annual_summary",
        "year": year,
        "as_of": as_of.isoformat(),
        "window": [first.isoformat(), last.isoformat()],
        "agency": agency_on(as_of).name,
        "issuer": _issuer(code, as_of),
        "code": code,
        "target": figures.target,
        "regulation": {
            "number": regulation.number,
            "issued_on": regulation.issued_on.isoformat(),
            "assumed": figures.assumed,
        },
        "departments": departments,
        "total": None if code else _sums(figures.agency),
        "missing": [] if code else _missing(year, as_of, regulation.annual_due_on(year)),
    }


def _missing(year: int, as_of: date, due_on: date) -> list[str]:
    """Departments whose own report had not been submitted on ``as_of``, once it was due (R11).

    They do not hold up the report of the agency: it names them.
    """
    if as_of < due_on:
        return []
    end = datetime.combine(as_of, time.max, timezone.get_current_timezone())
    filed = AnnualReport.objects.filter(year=year, submitted_at__lte=end)
    rows = Department.objects.exclude(pk__in=filed.values("department"))
    rows = rows.prefetch_related("versions").order_by("code")
    return [row.name_on(due_on) for row in rows if row.exists_on(due_on)]


def _place(row: DepartmentFigures) -> tuple[bool, bool, str]:
    """The committee first, days of no department last, the others by code."""
    return row.code == "", row.code != COMMITTEE_CODE, row.code


def _name(code: str, name: str) -> str:
    return {COMMITTEE_CODE: "Thường trực", "": "Không thuộc ban nào"}.get(code, name)


def _issuer(code: str | None, as_of: date) -> str:
    """The department that reports: itself, or for the agency the coordinating one."""
    if code == COMMITTEE_CODE:
        return _name(code, "")
    rows = Department.objects.prefetch_related("versions")
    rows = rows.filter(is_coordinating=True) if code is None else rows.filter(code=code)
    found = rows.first()
    return found.name_on(as_of) if found else ""


def _department(row: DepartmentFigures, cadres: Sequence[CadreFigures]) -> type_of_snapshot:
    people = [_person(cadre) for cadre in sorted(cadres, key=lambda c: (c.sort_key, c.code))]
    sums = _sums(row)
    return {
        "code": row.code,
        "name": _name(row.code, row.name),
        **sums,
        "people": people,
        "moved": _moved(sums, people),
    }


def _person(cadre: CadreFigures) -> type_of_snapshot:
    return {
        "code": cadre.code,
        "name": cadre.full_name,
        "target": cadre.target,
        "gap": cadre.gap,
        "met": cadre.met,
        **_days(cadre.days),
    }


def _sums(row: DepartmentFigures) -> type_of_snapshot:
    return {
        "cadres": row.cadres,
        "met": row.met,
        "target": row.target,
        "gap": row.gap,
        **_days(row.days),
    }


def _days(days: Days) -> type_of_snapshot:
    return {name: getattr(days, name) for name in SUMS} | {"by_quarter": list(days.by_quarter)}


def _moved(sums: type_of_snapshot, people: list[type_of_snapshot]) -> type_of_snapshot | None:
    """What people who changed department bring or leave, so that the column adds up.

    A person's line carries the whole year; a department's sum the days of those dates on
    which the person belonged to it.
    """
    quarters = [
        whole - sum(person["by_quarter"][number] for person in people)
        for number, whole in enumerate(sums["by_quarter"])
    ]
    moved = {name: sums[name] - sum(person[name] for person in people) for name in SUMS}
    return moved | {"by_quarter": quarters} if any(moved.values()) or any(quarters) else None


def canonical(snapshot: type_of_snapshot) -> bytes:
    """Return the snapshot as canonical JSON: sorted keys, NFC, no spaces."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return unicodedata.normalize("NFC", text).encode()


def content_hash(snapshot: type_of_snapshot) -> str:
    return hashlib.sha256(canonical(snapshot)).hexdigest()


def html(snapshot: type_of_snapshot) -> str:
    """Return the summary as a page for ``reports.documents.pdf``; reads nothing else."""
    first, last = (date.fromisoformat(day) for day in snapshot["window"])
    as_of = date.fromisoformat(snapshot["as_of"])
    context = {
        "summary": snapshot,
        "as_of": as_of,
        "last": last,
        "is_calendar_year": (first.month, first.day) == (1, 1),
        "first": first,
        "is_final": as_of >= last,
        "issued_on": date.fromisoformat(snapshot["regulation"]["issued_on"]),
        "listed": [row for row in snapshot["departments"] if row["people"]],
        "sums": snapshot["total"] or snapshot["departments"][0],
    }
    # A document for paper is in Vietnamese, whoever asks for it.
    with translation.override("vi"):
        return render_to_string("documents/annual.html", context)
