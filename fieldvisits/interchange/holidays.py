"""Days off and Saturdays worked to make up for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from accounts.interchange.tables import Column, Row, Table
from accounts.interchange.upserts import Wanted, count, refuse_repeated, upsert
from accounts.interchange.values import DAY, choice, line
from fieldvisits.choices import HolidayKind
from fieldvisits.models import Holiday

if TYPE_CHECKING:
    from accounts.interchange.run import Run


def _take(run: Run, rows: Iterable[Row]) -> None:
    wanted = [
        Wanted(
            row,
            str(row["date"]),
            {"date": row["date"]},
            {"kind": row["kind"], "name": row["name"]},
        )
        for row in rows
    ]
    refuse_repeated(run, "holidays", "date", wanted)
    if run.failed:
        return
    upsert(run, Holiday, wanted, {(row.date,): row for row in Holiday.objects.all()})
    count(run, "holidays", wanted)


def _give() -> Iterator[tuple[Any, ...]]:
    yield from Holiday.objects.order_by("date").values_list("date", "kind", "name")


HOLIDAYS = Table(
    "holidays",
    (Column("date", DAY), Column("kind", choice(HolidayKind)), Column("name", line(200))),
    _take,
    _give,
)
