"""Weekly reports taken in as history."""

from datetime import UTC, datetime

import pytest

from accounts.interchange.importing import Refused, import_tables
from reports.models import WeeklyReport
from tests.factories import tables
from tests.factories.tables import agency, write_folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path):
    def take(*reports):
        return import_tables(write_folder(tmp_path, agency(weekly_reports=reports)))

    return take


def report(**changes):
    return tables.WEEKLY_REPORTS[0] | changes


def test_report_is_submitted_at_its_local_time(take):
    take(report())

    made = WeeklyReport.objects.get()
    assert (str(made.week), made.state) == ("2018-W21", "submitted")
    assert made.submitted_at == datetime(2018, 5, 25, 9, 30, tzinfo=UTC)
    assert made.proposals == "- Đề xuất một\n- Đề xuất hai"


@pytest.mark.parametrize(
    "moment",
    ["2018-05-25T16:30", "2018-05-25 16:30:00", "2018-05-25T09:30Z", "25/05/2018 16:30"],
)
def test_same_report_is_unchanged_however_its_moment_is_written(take, moment):
    take(report())

    assert take(report(submitted_at=moment)).is_idle


def test_other_content_is_refused_naming_both(take):
    take(report())

    with pytest.raises(Refused, match=r"2018-W21.*Khác") as refused:
        take(report(results="Khác"))

    assert [(p.table, p.row, p.column) for p in refused.value.problems] == [
        ("weekly_reports", 2, "week")
    ]


def test_week_that_stands_twice_is_refused(take):
    with pytest.raises(Refused) as refused:
        take(report(), report())

    assert [(p.row, p.column) for p in refused.value.problems] == [(3, "week")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("week", "2018-W53"), ("week", "W21"), ("week", "2018-W+1"), ("week", "0000-W01"),
        ("submitted_at", "hôm qua"), ("submitted_at", "9999-12-31T23:59"), ("submitted_at", ""),
        ("person_code", "P9"), ("results", "x" * 8001),
    ],
)  # fmt: skip
def test_value_that_cannot_be_is_named(take, column, value):
    with pytest.raises(Refused) as refused:
        take(report(**{column: value}))

    assert [(p.row, p.column) for p in refused.value.problems] == [(2, column)]
