"""The last import taken back: everything as it was, or a refusal that says what was built."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from accounts.choices import ImportState
from accounts.imports import asking
from accounts.interchange.exporting import texts_of
from accounts.interchange.tables import tables
from accounts.models import Department, Person, Unit
from fieldvisits.models import LedgerEntry, MonthTotal, Step, Visit
from reports.models import WeeklyReport
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.imports import administrator, as_zip, taken_in, uploaded
from tests.factories.tables import (
    APPOINTMENTS,
    DEPARTMENTS,
    HOLIDAYS,
    PEOPLE,
    UNITS,
    WEEKLY_REPORTS,
    agency,
    visit,
)

pytestmark = pytest.mark.django_db


def everything():
    return {table.name: list(texts_of(table)) for table in tables()}


def refusal(job):
    with pytest.raises(ValidationError) as refused:
        asking.undo(job, by=job.asked_by)
    return " ".join(refused.value.messages)


def test_import_of_everything_is_taken_back_to_nothing():
    by = administrator()
    before = everything()
    rows = agency(visits=[visit(), visit("H2", product="owed", confirmation="asked")])
    job = taken_in(as_zip(rows), by)
    file, storage = job.file.name, job.file.storage
    assert (job.state, Visit.objects.count()) == (ImportState.DONE, 2)

    asking.undo(job, by=by)

    assert everything() == before
    assert (LedgerEntry.objects.count(), MonthTotal.objects.count(), Step.objects.count()) == (
        0, 0, 0,
    )  # fmt: skip
    job.refresh_from_db()
    assert (job.state, job.undone_by, job.journal) == (ImportState.UNDONE, by, None)
    assert storage.exists(file)  # until the transaction has ended


def test_changes_are_put_back_and_removed_versions_return():
    by = administrator()
    taken_in(as_zip(agency()), by)
    before = everything()
    renamed = [
        DEPARTMENTS[0] | {"valid_to": "2019-12-31"},
        DEPARTMENTS[0] | {"name": "Ban Tổ chức", "valid_from": "2020-01-01"},
    ]
    replaced = [UNITS[0] | {"valid_from": "2010-01-01", "lat": 20.5}]
    people = [PEOPLE[0] | {"email": ""}, PEOPLE[1] | {"email": PEOPLE[0]["email"]}]
    moved = [
        APPOINTMENTS[0] | {"to": "2017-12-31"},
        APPOINTMENTS[0] | {"body": "VP", "from": "2018-01-01"},
    ]
    more = {"departments": renamed, "units": replaced, "people": people, "appointments": moved}
    job = taken_in(as_zip(more | {"holidays": [HOLIDAYS[0] | {"name": "Nghỉ bù"}]}), by)
    assert (job.state, job.removed) == (ImportState.DONE, 1)
    assert LedgerEntry.objects.first().department.code == "VP"

    asking.undo(job, by=by)

    assert everything() == before
    assert LedgerEntry.objects.first().department.code == "TCKT"
    call_command("check_ledger")
    call_command("check_history")


def test_row_that_was_changed_since_is_named():
    job = taken_in(as_zip({"people": PEOPLE}), administrator())
    Person.objects.filter(code="P1").update(full_name="Đã Sửa")

    assert "Đã Sửa" in refusal(job)
    assert Person.objects.filter(code="P2").exists()


def test_row_that_something_refers_to_is_named():
    job = taken_in(as_zip({"people": PEOPLE, "departments": DEPARTMENTS}), administrator())
    department = Department.objects.get(code="VP")
    appoint(PersonFactory(), department=department)

    assert "1 “" in refusal(job)
    assert Department.objects.filter(code="VP").exists()


def test_visit_that_went_on_is_not_taken_back():
    job = taken_in(as_zip(agency()), administrator())
    Visit.objects.update(version=2)

    assert "H1" in refusal(job)
    assert (Visit.objects.count(), LedgerEntry.objects.exists()) == (1, True)


def test_history_of_people_keeps_a_visit():
    job = taken_in(as_zip(agency()), administrator())
    found = Visit.objects.get()
    Step.objects.create(visit=found, name="reopen", after="reported", number=2, at=timezone.now())

    assert refusal(job)
    assert Step.objects.filter(visit=found).count() == 2


def test_import_under_a_later_one_is_not_taken_back():
    by = administrator()
    first = taken_in(as_zip({"departments": DEPARTMENTS}), by)
    taken_in(as_zip({"people": PEOPLE}), by, "sau.zip")

    assert "sau.zip" in refusal(first)


def test_import_taken_back_makes_the_one_before_the_last():
    by = administrator()
    first = taken_in(as_zip({"departments": DEPARTMENTS}), by)
    second = taken_in(as_zip({"people": PEOPLE}), by)
    asking.undo(second, by=by)
    asking.undo(first, by=by)

    assert not Department.objects.exists()


def test_only_what_was_taken_in_once_is_taken_back_once():
    by = administrator()
    refusal(uploaded(as_zip({"people": PEOPLE}), by))
    job = taken_in(as_zip({"people": PEOPLE}), by)
    asking.undo(job, by=by)

    assert refusal(job)


def test_import_whose_record_was_cleared_away_is_not_taken_back():
    job = taken_in(as_zip({"people": PEOPLE}), administrator())
    asking.forget_old(now=timezone.now() + timedelta(days=100), kept=timedelta(days=90))
    job.refresh_from_db()

    assert refusal(job)
    assert Person.objects.filter(code="P1").exists()


def test_trial_says_what_forbids_it_and_changes_nothing():
    job = taken_in(as_zip(agency()), administrator())

    assert asking.stands_in_the_way(job, by=job.asked_by) == []
    assert (job.state, Visit.objects.count()) == (ImportState.DONE, 1)


def test_weekly_reports_go_with_their_history():
    by = administrator()
    taken_in(as_zip({"people": PEOPLE}), by)
    job = taken_in(as_zip({"weekly_reports": WEEKLY_REPORTS}), by)
    asking.undo(job, by=by)

    assert (WeeklyReport.objects.count(), Unit.objects.count()) == (0, 0)
