"""Weekly reports as history: new ones are made, other content is never written over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.interchange.tables import Column, Row, Table
from accounts.interchange.values import (
    CODE,
    FIRST_YEAR,
    INSTANT,
    LAST_YEAR,
    Kind,
    Unreadable,
    clean_lines,
    lines,
    quoted,
)
from accounts.interchange.wording import Word, Words
from fieldvisits.calendar import Week
from fieldvisits.history import IMPORTED
from reports.choices import WeeklyState
from reports.models import ReportStep, WeeklyReport

if TYPE_CHECKING:
    from accounts.interchange.run import Run

BATCH = 1000
_WEEK = re.compile(r"[0-9]{4}-W[0-9]{1,2}")
_TEXTS = ("results", "difficulties", "proposals")


def _read_week(text: str) -> Week:
    plain = text.strip().upper()
    try:
        week = Week.parse(plain) if _WEEK.fullmatch(plain) else None
    except ValueError:
        week = None
    if week is None or not (FIRST_YEAR <= week.year <= LAST_YEAR):
        problem = _("“%(value)s” is not an ISO week; write 2018-W21.")
        raise Unreadable(problem % {"value": quoted(text)})
    return week


def _take(run: Run, rows: Iterable[Row]) -> None:
    stream, seen = iter(rows), defaultdict[tuple[int, Week], int](int)
    while batch := list(islice(stream, BATCH)):
        _take_batch(run, batch, seen)


def _take_batch(run: Run, rows: list[Row], seen: dict[tuple[int, Week], int]) -> None:
    keyed = {}
    for row in rows:
        person = run.refer("weekly_reports", row, "person_code", "people")
        if person is None:
            continue
        key = person, row["week"]
        if seen[key]:
            reason = _("Row %(row)d already says something about %(label)s.")
            label = f"{row['person_code']} {row['week']}"
            names = {"row": seen[key], "label": quoted(label)}
            run.problem("weekly_reports", row.number, "week", reason % names)
            continue
        seen[key] = row.number
        keyed[key] = row
    held = _on_record({person for person, _week in keyed}, {week.year for _p, week in keyed})
    new = []
    for (person, week), row in keyed.items():
        if (report := held.get((person, week))) is not None:
            _compare(run, row, report)
        else:
            new.append(_made(person, week, row))
    if not run.failed:
        WeeklyReport.objects.bulk_create(new, batch_size=500)
        run.journal.made(new, ("version",))
        ReportStep.objects.bulk_create([_imported(report) for report in new], batch_size=500)
        run.tallies["weekly_reports"].created += len(new)


def release(keys: list[int]) -> None:
    """Their rows of history go with reports whose import is taken back."""
    ReportStep.objects.filter(weekly_report__in=keys, name=IMPORTED).delete()


def _on_record(people: set[int], years: set[int]) -> dict[tuple[int, Week], WeeklyReport]:
    rows = WeeklyReport.objects.filter(person__in=people, year__in=years).order_by()
    return {(row.person_id, row.week): row for row in rows}


def _made(person: int, week: Week, row: Row) -> WeeklyReport:
    return WeeklyReport(
        person_id=person,
        year=week.year,
        number=week.number,
        submitted_at=row["submitted_at"],
        moved_at=row["submitted_at"],
        state=WeeklyState.SUBMITTED,
        version=1,
        **{name: row[name] for name in _TEXTS if row.has(name)},
    )


def _imported(report: WeeklyReport) -> ReportStep:
    """Its one row of history: nobody here took the step that handed it in."""
    return ReportStep(
        weekly_report=report,
        number=report.version,
        name=IMPORTED,
        before="",
        after=report.state,
        at=report.moved_at,  # type: ignore[misc]  # an imported one has been handed in
    )


def _compare(run: Run, row: Row, report: WeeklyReport) -> None:
    """The same content is no change; other content is refused, both contents named."""
    there: dict[str, Any] = {"submitted_at": report.submitted_at}
    if report.submitted_at:  # a draft is its author's own
        there |= {name: clean_lines(getattr(report, name)) for name in _TEXTS}
    differing = [
        _("%(column)s is “%(there)s” on record and “%(here)s” here")
        % {"column": name, "there": run.on_record(name, value), "here": quoted(str(row[name]))}
        for name, value in there.items()
        if row.has(name) and row[name] != value
    ]
    if not differing:
        run.tallies["weekly_reports"].unchanged += 1
        return
    reason = _("The report of %(week)s exists with other content: %(differences)s.")
    names = {"week": row["week"], "differences": "; ".join(differing)}
    run.problem("weekly_reports", row.number, "week", reason % names)


def _give() -> Iterator[tuple[Any, ...]]:
    names = ("submitted_at", *_TEXTS)
    rows = WeeklyReport.objects.filter(submitted_at__isnull=False).annotate(code=F("person__code"))
    found = rows.order_by().values_list("code", "year", "number", *names)
    for code, year, number, *rest in sorted(found, key=lambda row: row[:3]):
        yield (code, Week(year, number), *rest)


WEEKLY_REPORTS = Table(
    "weekly_reports",
    (
        Column("person_code", CODE),
        Column("week", Kind(_read_week)),
        Column("submitted_at", INSTANT),
        *(Column(name, lines(8000), optional=True, empty="") for name in _TEXTS),
    ),
    _take,
    _give,
    holds_papers=True,
)
WORDS = Words(
    gettext_lazy("Weekly reports"),
    {
        "person_code": Word(gettext_lazy("Code of the person"), "CB001"),
        "week": Word(gettext_lazy("Week"), "2018-W21", gettext_lazy("Year and ISO week")),
        "submitted_at": Word(gettext_lazy("Handed in at"), "2018-05-25T16:30"),
        "results": Word(gettext_lazy("Results"), "Đã làm việc với Huyện đoàn Sóc Sơn"),
        "difficulties": Word(gettext_lazy("Difficulties")),
        "proposals": Word(gettext_lazy("Proposals")),
    },
    gettext_lazy("History that is taken over; a report that is on record is never overwritten."),
)
