"""Visits and holidays taken in as history, and what the ledger then says."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.interchange.exporting import export_tables
from accounts.interchange.importing import Refused, import_tables
from accounts.models import Department
from fieldvisits.choices import (
    Confirmation,
    Origin,
    ProductState,
    Session,
    VisitKind,
    VisitState,
)
from fieldvisits.models import Holiday, LedgerEntry, Plan, Step, Visit
from tests.factories import tables
from tests.factories.tables import agency, visit, write_folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path):
    """Import the small agency with these visits; ``take.told`` are the warnings."""

    def take(*visits, **some):
        return import_tables(
            write_folder(tmp_path, agency(visits=visits, **some)), tell=take.told.append
        )

    take.told = []
    return take


def nothing_disagrees():
    call_command("check_ledger")
    call_command("check_history")
    return True


def test_visit_is_made_in_its_state_under_a_carrier_plan(take):
    take(visit(state="reported", result="Đã làm việc", team="A"))

    made = Visit.objects.get()
    assert (made.state, made.result, made.team, made.version) == ("reported", "Đã làm việc", "A", 1)
    assert (made.starts_on, made.ends_on) == (date(2018, 5, 22), date(2018, 5, 23))
    plan = made.plan
    assert (plan.is_carrier, plan.state, str(plan.quarter)) == (True, "settled", "2018-2")
    assert plan.department == Department.objects.get(code="TCKT")


def test_visit_has_one_row_of_history_named_imported(take):
    take(visit())

    steps = Visit.objects.get().steps.values_list("name", "before", "after", "by", "number")
    assert list(steps) == [("imported", "", "accepted", None, 1)]
    assert nothing_disagrees()


def test_visits_of_one_quarter_share_their_carrier(take):
    take(
        visit("H1"),
        visit("H2", date_from="2018-06-30", date_to="2018-07-02"),
        visit("H3", date_from="2018-07-04", date_to="2018-07-04"),
    )

    quarters = Plan.objects.order_by("quarter_number").values_list("quarter_number", flat=True)
    assert list(quarters) == [2, 3]


def test_reported_visit_waits_for_whoever_decides_today(take):
    take(visit(state="reported"), visit("H2", state="approved", date_from="2018-05-23"))

    deciders = Visit.objects.order_by("code").values_list("superior__code", flat=True)
    assert list(deciders) == ["P2", None]


def test_same_content_is_unchanged(take):
    take(visit(result="Đã làm việc"))

    outcome = take(visit(date_from="22/05/2018", result=" Đã làm  việc "))

    assert outcome.is_idle
    assert Step.objects.filter(visit__isnull=False).count() == 1


def test_other_content_is_refused_naming_both(take):
    take(visit())

    with pytest.raises(Refused, match=r"accepted.*cancelled") as refused:
        take(visit(state="cancelled"))

    assert [(p.row, p.column) for p in refused.value.problems] == [(2, "code")]
    assert Visit.objects.get().state == "accepted"


def test_code_that_stands_twice_is_refused(take):
    with pytest.raises(Refused) as refused:
        take(visit("H1"), visit("H1", date_from="2018-05-23"))

    assert [(p.row, p.column) for p in refused.value.problems] == [(3, "code")]


def test_code_that_stands_twice_far_apart_is_refused(take, monkeypatch):
    monkeypatch.setattr("fieldvisits.interchange.visits.BATCH", 1)

    with pytest.raises(Refused) as refused:
        take(visit("H1"), visit("H1"))

    assert [(p.row, p.column) for p in refused.value.problems] == [(3, "code")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", "x" * 41), ("code", ""), ("cadre_code", "P9"), ("unit_code", "X9"),
        ("date_to", "2018-05-21"), ("date_to", "2019-06-01"), ("date_from", "30/02/2018"),
        ("session", "evening"), ("kind", "holiday"), ("origin", "x"), ("state", "draft"),
        ("product", "late"), ("confirmation", "maybe"), ("content", ""),
        ("content", "x" * 2001), ("team", "x" * 41),
    ],
)  # fmt: skip
def test_value_that_cannot_be_is_named(take, column, value):
    with pytest.raises(Refused) as refused:
        take(visit("H0"), visit(**{column: value}))

    assert [(p.table, p.row, p.column) for p in refused.value.problems] == [("visits", 3, column)]


def test_overlapping_visits_come_in_shared_by_code(take):
    take(visit("H2"), visit("H10", session="morning"), visit("A", date_to="2018-05-22"))

    shared = dict(Visit.objects.values_list("code", "shared"))
    assert shared == {"A": False, "H10": True, "H2": True}
    assert sum("A" in told and "H10" in told for told in take.told) == 1
    assert LedgerEntry.objects.filter(code="H2", shared=True).count() == 4
    assert nothing_disagrees()


@pytest.mark.parametrize(
    "dead",
    [
        {"state": "declined"},
        {"state": "cancelled"},
        {"confirmation": "denied"},
        {"kind": "event_attendance"},
    ],
)
def test_visits_that_take_no_slot_do_not_overlap(take, dead):
    take(visit("H1", **dead), visit("H2"))

    assert not Visit.objects.filter(shared=True).exists()
    assert take.told == []


def test_morning_and_afternoon_do_not_overlap(take):
    take(visit("H1", session="morning"), visit("H2", session="afternoon"))

    assert not Visit.objects.filter(shared=True).exists()


def test_new_visit_is_shared_beside_one_on_record(take):
    take(visit("H2"))

    take(visit("H2"), visit("H1"))

    assert dict(Visit.objects.values_list("code", "shared")) == {"H1": True, "H2": False}
    assert any("H1" in told and "H2" in told for told in take.told)
    assert nothing_disagrees()


def test_rules_of_planning_are_only_warnings(take):
    take(
        visit("H1", date_from="2025-06-30", date_to="2025-07-01"),
        visit("H2", date_from="2018-06-30", date_to="2018-07-01", unit_code="D1"),
    )

    assert [("H1" in told, "H2" in told) for told in take.told] == [
        (True, False),
        (True, False),
        (False, True),
    ]


def test_days_move_with_an_appointment_that_comes_later(take):
    take(visit())
    ended = [tables.APPOINTMENTS[0] | {"to": "2018-05-22"}, *tables.APPOINTMENTS[1:]]
    moved = {"person_code": "P1", "body": "VP", "office": "cadre", "from": "2018-05-23"}

    take(visit(), appointments=[*ended, moved])

    days = LedgerEntry.objects.order_by("date", "half").values_list("department__code", flat=True)
    assert list(days) == ["TCKT", "TCKT", "VP", "VP"]
    assert nothing_disagrees()


def test_dry_run_leaves_no_visit_and_no_day(tmp_path):
    write_folder(tmp_path, agency())

    call_command("import_tables", tmp_path, "--dry-run")

    assert not Visit.objects.exists()
    assert not LedgerEntry.objects.exists()
    assert not Step.objects.exists()


def test_holidays_are_changed_by_date(take):
    assert Holiday.objects.filter(date="2018-09-03").exists()

    take(visit(), holidays=[{"date": "03/09/2018", "kind": "makeup_work", "name": "Làm bù"}])

    assert Holiday.objects.get(date="2018-09-03").kind == "makeup_work"


def every_kind_of_visit():
    """Each state, kind, product and confirmation, day after day."""
    values = [
        (session, kind, origin, state, product, confirmation)
        for n, kind in enumerate(VisitKind.values)
        for state in VisitState.values
        for session in [Session.values[n % 3]]
        for origin in [Origin.values[n % 2]]
        for product in [ProductState.values[n % 4]]
        for confirmation in Confirmation.values[n % 3 :: 3]
    ]
    names = ("session", "kind", "origin", "state", "product", "confirmation")
    for n, row in enumerate(values):
        day = date.fromordinal(date(2018, 1, 1).toordinal() + n)
        yield visit(
            f"H{n}",
            date_from=day,
            date_to=day,
            content="=a\n\n-b",
            **dict(zip(names, row, strict=True)),
        )


@pytest.mark.parametrize("place", ["out", "out.xlsx"])
def test_export_into_an_empty_agency_is_the_same_again(take, tmp_path, place):
    first, office = tables.DEPARTMENTS
    old = first | {"name": "Ban cũ", "valid_from": "2010-01-01", "valid_to": "2014-12-31"}
    with transaction.atomic():
        take(*every_kind_of_visit(), visit("H999"), departments=[old, first, office])
        export_tables(tmp_path / place)
        export_tables(tmp_path / "before")
        transaction.set_rollback(True)  # an empty agency again
    assert not Visit.objects.exists()

    import_tables(tmp_path / place)
    export_tables(tmp_path / "after")

    assert contents(tmp_path / "before") == contents(tmp_path / "after")
    assert Visit.objects.count() > 80
    assert nothing_disagrees()


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_check_ledger_names_a_row_that_was_tampered_with(take, capsys):
    take(visit())
    LedgerEntry.objects.filter(half="pm", date="2018-05-22").update(state="cancelled")

    with pytest.raises(CommandError):
        call_command("check_ledger")

    assert "H1 2018-05-22 pm" in capsys.readouterr().err


@pytest.mark.parametrize(
    "tampered", [{"state": "reported"}, {"version": 2}], ids=["state", "version"]
)
def test_check_history_names_a_visit_that_was_tampered_with(take, capsys, tampered):
    take(visit())
    Visit.objects.update(**tampered)

    with pytest.raises(CommandError):
        call_command("check_history")

    assert "H1" in capsys.readouterr().err


def test_check_history_names_a_plan_that_was_tampered_with(take, capsys):
    take(visit())
    Plan.objects.update(state="draft")

    with pytest.raises(CommandError):
        call_command("check_history")

    assert f"plan {Plan.objects.get().pk}" in capsys.readouterr().err


def test_many_visits_take_few_queries_each(take, django_assert_max_num_queries):
    """Batches, not rows: the number of queries hardly grows with the visits."""
    many = [
        visit(f"H{n:04d}", date_from=day, date_to=day)
        for n in range(365)
        for day in [date.fromordinal(date(2018, 1, 1).toordinal() + n)]
    ]
    take(visit("A", state="cancelled"))

    with django_assert_max_num_queries(100):
        take(visit("A", state="cancelled"), *many)
