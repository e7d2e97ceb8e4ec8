"""Random agencies: every figure agrees with a plain recount of the tables, key by key.

More agencies on demand: RECOUNT_EXAMPLES=200 pytest tests/reports/test_recount_property.py
"""

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db.models import Count, F, Q

import fieldvisits
from accounts.models import Person, Unit
from fieldvisits.choices import DayReason
from fieldvisits.ledger import conditions
from fieldvisits.ledger.checking import disagreements
from fieldvisits.ledger.keeping import rebook
from fieldvisits.models import LedgerEntry, MonthTotal, Regulation
from reports.figures import day_rows, unit_days, year_figures
from tests.reports.loading import load
from tests.reports.random_tables import Draw, random_tables
from tests.reports.recount import Recount, Rules

EXAMPLES = int(os.environ.get("RECOUNT_EXAMPLES", "12"))
YEARS = (2018, 2025, 2020, 2026)
HOLIDAYS = Path(fieldvisits.__file__).parent / "data" / "vn_holidays.csv"

pytestmark = pytest.mark.django_db


def rules(**changes) -> Rules:
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        holidays = {date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(file)}
    return Rules(holidays=holidays, **changes)


def days_to_ask(seed: int, year: int) -> list[date]:
    draw = Draw(seed, year)
    fixed = [
        date(year, 1, 1),
        date(year, 6, 30),
        date(year, 10, 24),
        date(year, 12, 31),
        date(year - 1, 12, 20),
        date(year + 1, 1, 20),
    ]
    return [*draw.sample(fixed, 2), draw.day(), date(year, 1, 1) + timedelta(draw.randrange(365))]


def differences(here: object, there: object, path: str = "") -> list[str]:
    """Name every key at which two exports differ."""
    if isinstance(here, dict) and isinstance(there, dict) and set(here) == set(there):
        return [
            line for key in here for line in differences(here[key], there[key], f"{path}/{key}")
        ]
    if isinstance(here, list) and isinstance(there, list):
        of_here, of_there = ({row["code"]: row for row in rows} for rows in (here, there))
        if list(of_here) == list(of_there):
            return differences(of_here, of_there, path)
        return [f"{path}: {list(of_here)} here, {list(of_there)} recounted"]
    return [] if here == there else [f"{path}: {here!r} here, {there!r} recounted"]


def compare(tables, year, as_of, **changes) -> list[str]:
    told = year_figures(year, as_of=as_of).as_json()
    return differences(told, Recount(tables, year, as_of, rules(**changes)).export())


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_export_agrees_with_recount(seed, tmp_path):
    year = YEARS[seed % len(YEARS)]
    tables = random_tables(seed, year)
    load(tables, tmp_path)

    for as_of in days_to_ask(seed, year):
        assert compare(tables, year, as_of) == [], as_of
    assert list(disagreements()) == []


@pytest.mark.parametrize("seed", range(2))
def test_export_agrees_after_appointments_have_changed(seed, tmp_path):
    """What was booked under one department is booked anew when the term there ends earlier."""
    tables = random_tables(seed, 2018)
    load(tables, tmp_path)
    for row in tables["appointments"]:
        middle = date(2018, 5, 1)
        if row["from"] < middle.isoformat() and not "" < row["to"] < middle.isoformat():
            row["to"] = middle.isoformat()
    load({"appointments": tables["appointments"]}, tmp_path / "changed")

    assert compare(tables, 2018, date(2018, 10, 24)) == []
    assert list(disagreements()) == []


@pytest.mark.parametrize("seed", range(2))
def test_export_agrees_with_recount_under_another_regulation(seed, tmp_path):
    """Thirty days from 25 October to 24 October, lowered by exemptions."""
    Regulation.objects.update(target_days=30, window_month=10, window_day=25, pro_rates=True)
    tables = random_tables(seed, 2018)
    load(tables, tmp_path)

    for as_of in (date(2017, 12, 30), date(2018, 7, 2), date(2018, 10, 24)):
        found = compare(tables, 2018, as_of, target_days=30, begins=(10, 25), pro_rates=True)
        assert found == [], as_of


@pytest.mark.parametrize(("seed", "year"), [(1, 2018), (2, 2025)])
def test_units_agree_with_recount(seed, year, tmp_path):
    tables = random_tables(seed, year)
    load(tables, tmp_path)
    units = {unit.pk: unit.code for unit in Unit.objects.all()}
    as_of = date(year, 11, 3)

    counts = unit_days(Unit.objects.all(), date(year, 1, 1), date(year, 12, 31), as_of)

    assert Recount(tables, year, as_of, rules()).unit_days() == {
        units[pk]: (found.half_days / 2, found.visits, found.people)
        for pk, found in sorted(counts.items(), key=lambda item: units[item[0]])
        if found.covered
    }


def test_day_rows_say_counted_once_for_each_official_half_day(tmp_path):
    tables = random_tables(3, 2018)
    load(tables, tmp_path)
    as_of = date(2018, 10, 24)

    for cadre in year_figures(2018, as_of=as_of).cadres:
        rows = day_rows(Person.objects.get(pk=cadre.person_id), 2018, as_of)
        counted = [(row.date, row.half) for row in rows if row.counted]
        outstanding = {
            (row.date, row.half) for row in rows if row.reason == DayReason.PRODUCT_OUTSTANDING
        }
        assert len(counted) == len(set(counted)) == cadre.days.accepted
        assert len(outstanding - set(counted)) == cadre.days.provisional


# --- Controls: each switches something off and the comparison has to notice ----------

CONTROL_DAY = date(2018, 10, 22)
BEFORE_MUCH = date(2018, 6, 29)


def test_one_wrong_ledger_entry_is_seen(tmp_path):
    tables = random_tables(0, 2018)
    load(tables, tmp_path)
    listed = [cadre.person_id for cadre in year_figures(2018, as_of=CONTROL_DAY).cadres]
    in_the_month = LedgerEntry.objects.filter(
        conditions.CARRIED_OUT, date__range=(date(2018, 10, 1), CONTROL_DAY), cadre__in=listed
    )
    alone = in_the_month.alias(
        claims=Count(
            "cadre__ledger", Q(cadre__ledger__date=F("date"), cadre__ledger__half=F("half"))
        )
    ).filter(claims=1)
    LedgerEntry.objects.filter(pk=alone.first().pk).update(state="cancelled")

    assert compare(tables, 2018, CONTROL_DAY)
    assert list(disagreements())


def test_one_wrong_monthly_total_is_seen(tmp_path):
    tables = random_tables(0, 2018)
    load(tables, tmp_path)
    listed = [cadre.person_id for cadre in year_figures(2018, as_of=CONTROL_DAY).cadres]
    total = MonthTotal.objects.filter(
        month=date(2018, 3, 1), carried_out__gt=0, cadre__in=listed
    ).first()
    MonthTotal.objects.filter(pk=total.pk).update(carried_out=F("carried_out") - 1)

    assert compare(tables, 2018, CONTROL_DAY)
    assert list(disagreements())


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("PLANNED", "APPROVED"),
        ("APPROVED", "CARRIED_OUT"),
        ("STANDING", "APPROVED"),
        ("AWAITING", "STANDING"),
        ("CARRIED_OUT", "APPROVED"),
        ("ACCEPTED", "CARRIED_OUT"),
        ("PROVISIONAL", "ACCEPTED"),
        ("CONFIRMED", "ACCEPTED"),
        ("DENIED", "EVENT_ATTENDANCE"),
        ("EVENT_ATTENDANCE", "DENIED"),
        ("OWES_REPORT", "PLANNED"),
    ],
)
def test_one_wrong_condition_is_seen(name, instead, monkeypatch, tmp_path):
    tables = random_tables(0, 2018)
    load(tables, tmp_path)
    assert compare(tables, 2018, BEFORE_MUCH) == []

    monkeypatch.setattr(conditions, name, getattr(conditions, instead))
    rebook(Person.objects.values_list("pk", flat=True))

    assert compare(tables, 2018, BEFORE_MUCH)
