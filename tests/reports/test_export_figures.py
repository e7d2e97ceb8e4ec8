"""The command export_figures: its keys, its choices, its refusals."""

import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db

SPLITS = ["not_counted", "by_quarter", "by_kind"]
DAYS = ["planned", "approved", "ahead", "unreported",
        "carried_out", "accepted", "provisional", "confirmed"]  # fmt: skip
OF_CADRE = ["code", "department", "target", *DAYS, "forecast", "pace", "standing", *SPLITS,
            "gap", "met", "weekly"]  # fmt: skip
OF_AGENCY = ["cadres", "met", "target", "gap", *DAYS, *SPLITS, "weekly"]


def export(**options):
    out = StringIO()
    call_command("export_figures", stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture
def cadre():
    person = PersonFactory(code="CB-Đ")
    appoint(person, department=DepartmentFactory(code="TCKT"))
    return person


def test_every_key_is_there_and_no_other(cadre):
    told = export(year="2018")

    assert list(told) == ["year", "as_of", "target_days", "cadres", "departments", "agency"]
    assert list(told["cadres"][0]) == OF_CADRE
    assert list(told["departments"][0]) == ["code", *OF_AGENCY]
    assert list(told["agency"]) == OF_AGENCY
    assert list(told["agency"]["not_counted"]) == ["event_attendance", "denied"]
    assert list(told["agency"]["by_quarter"]) == ["1", "2", "3", "4"]
    assert list(told["agency"]["weekly"]) == ["owed", "on_time", "late", "missing"]
    assert list(told["agency"]["by_kind"]) == [
        "thematic", "joint_activity", "inspection",
        "congress_guidance", "session_attendance", "working_session",
    ]  # fmt: skip


def test_days_have_at_most_one_decimal_place(cadre):
    booked_visit(cadre, "2018-05-21")
    booked_visit(cadre, "2018-05-22", session="morning")

    row = export(year="2018", as_of="2018-10-24")["cadres"][0]

    assert (row["accepted"], row["target"], row["gap"]) == (1.5, 60, 58.5)
    assert json.dumps(row["target"]) == "60"


def test_cadres_stand_in_order_of_their_codes(cadre):
    for code in ("b", "A", "Z"):
        appoint(PersonFactory(code=code), department=DepartmentFactory())

    assert [row["code"] for row in export(year="2018")["cadres"]] == ["A", "CB-Đ", "Z", "b"]


def test_one_department_leaves_the_agency_whole(cadre):
    appoint(PersonFactory(code="X"), department=DepartmentFactory(code="VP"))

    told = export(year="2018", department="VP")

    assert [row["code"] for row in told["cadres"]] == ["X"]
    assert [row["code"] for row in told["departments"]] == ["VP"]
    assert told["agency"]["cadres"] == 2


def test_committee_can_be_asked_for_even_when_empty(cadre):
    told = export(year="2018", department="THUONG_TRUC")

    assert [(row["code"], row["cadres"]) for row in told["departments"]] == [("THUONG_TRUC", 0)]


@pytest.mark.parametrize(
    ("now", "year", "expected"),
    [
        ("2018-10-24T23:59+07:00", "2018", "2018-10-24"),
        ("2018-10-24T17:01+00:00", "2018", "2018-10-25"),  # already tomorrow in Hà Nội
        ("2019-03-01T08:00+07:00", "2018", "2018-12-31"),
    ],
)
def test_as_of_is_today_or_the_end_of_the_window(now, year, expected):
    with time_machine.travel(now, tick=False):
        assert export(year=year)["as_of"] == expected


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"year": "20x8"}, "'20x8' is no year from 1900 to 2200."),
        ({"year": "1066"}, "'1066' is no year from 1900 to 2200."),
        ({"year": "2018", "as_of": "24/10/2018"}, "'24/10/2018' is no day"),
        ({"year": "2018", "as_of": "2018-W43-3"}, "'2018-W43-3' is no day"),
        ({"year": "2018", "as_of": "2018-02-30"}, "'2018-02-30' is no day"),
        ({"year": "2018", "department": "KHONG"}, "no department with the code 'KHONG'"),
    ],
)
def test_what_cannot_be_read_is_refused(options, sentence):
    with pytest.raises(CommandError, match=sentence):
        export(**options)


def test_freshly_migrated_database_has_figures():
    told = export(year="2018", as_of="2018-10-24")

    assert (told["target_days"], told["cadres"], told["agency"]["planned"]) == (60, [], 0)


def test_as_of_day_is_printed_as_given(cadre):
    assert export(year="2018", as_of="2018-01-01")["as_of"] == date(2018, 1, 1).isoformat()
