"""After any sequence of steps the figures still equal a plain recount of the tables."""

import csv
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from accounts.interchange.exporting import export_tables
from tests.fieldvisits.test_histories import HISTORIES, SEED, Histories
from tests.reports.test_recount_property import compare

pytestmark = pytest.mark.django_db
SEQUENCES = max(10, HISTORIES // 12)


def tables_now():
    """Every table of the interchange, as it would be given out now."""
    with tempfile.TemporaryDirectory() as folder:
        export_tables(Path(folder))
        found = {}
        for path in Path(folder).glob("*.csv"):
            with path.open(encoding="utf-8-sig", newline="") as file:
                found[path.stem] = list(csv.DictReader(file))
    return found


class Counted(Histories):
    """Random histories that are counted twice when they are over."""

    def teardown(self):
        tables = tables_now()
        for as_of in {self.day, date(2018, 12, 31)}:
            assert compare(tables, 2018, as_of) == [], as_of
        super().teardown()


def test_figures_equal_a_recount_after_random_steps():
    run_state_machine_as_test(
        seed(SEED)(type("Seeded", (Counted,), {})) if SEED else Counted,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=16,
            deadline=None,
            derandomize=not SEED,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_visit_missing_in_the_tables_is_noticed():
    """A control of the comparison."""
    history = Histories()
    try:
        history.writes_a_row("cadre", 8, 1, "full", "working_session")
        tables = tables_now()
        assert compare(tables, 2018, date(2018, 12, 31)) == []

        tables["visits"].pop()

        assert compare(tables, 2018, date(2018, 12, 31)) != []
    finally:
        history.teardown()
