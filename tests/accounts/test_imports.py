"""An import in the browser: looked through, confirmed once, all of it or nothing."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import tokens
from accounts.actions.invitations import new_invitation
from accounts.choices import ImportState, InvitationWay, OrganisationSubject
from accounts.imports import asking, working
from accounts.imports.ready_made import units_of_hanoi
from accounts.models import (
    Delivery,
    Department,
    ImportJob,
    InboxItem,
    Invitation,
    OrganisationEvent,
    Person,
    Unit,
    UnitSuccession,
)
from accounts.models.claimed import LostClaim
from fieldvisits.models import Visit
from tests.factories.accounts import PersonFactory
from tests.factories.imports import (
    administrator,
    as_workbook,
    as_zip,
    taken_in,
    uploaded,
    worked_on,
)
from tests.factories.tables import DEPARTMENTS, PEOPLE, agency, visit

pytestmark = pytest.mark.django_db


def counts(job):
    return (job.created, job.changed, job.removed, job.unchanged, job.wrong)


def test_upload_is_looked_through_and_nothing_is_taken_in():
    job = uploaded(as_zip({"people": PEOPLE}), administrator())

    assert (job.state, counts(job)) == (ImportState.CHECKED, (2, 0, 0, 0, 0))
    assert not Person.objects.filter(code="P1").exists()


def test_confirmed_import_is_taken_in_whole(tmp_path):
    job = taken_in(as_workbook(tmp_path, agency()), administrator(), "cơ quan.xlsx")

    assert (job.state, job.confirmed_by.code) == (ImportState.DONE, "QT")
    assert (Visit.objects.count(), Department.objects.count()) == (1, 2)


def test_one_bad_row_keeps_everything_out_and_is_named():
    bad = agency(visits=[visit(), visit("H2", unit_code="X9")])

    job = uploaded(as_zip(bad), administrator())

    assert (job.state, job.wrong) == (ImportState.REFUSED, 1)
    assert [(p["table"], p["row"], p["column"]) for p in job.found["problems"]] == [
        ("visits", 3, "unit_code")
    ]
    with pytest.raises(ValidationError):
        asking.confirm(job, by=job.asked_by)


def test_change_is_shown_old_beside_new():
    by = administrator()
    taken_in(as_zip({"people": PEOPLE}), by)

    job = uploaded(as_zip({"people": [PEOPLE[0] | {"full_name": "Đỗ Thị Đượng"}]}), by)

    table = job.found["tables"][0]
    assert (table["changed"], table["unchanged"]) == (1, 0)
    assert table["changes"][0]["columns"] == [["full_name", "Đỗ Thị Đường", "Đỗ Thị Đượng"]]


def test_import_that_changes_nothing_cannot_be_confirmed():
    by = administrator()
    taken_in(as_zip({"people": PEOPLE}), by)

    again = uploaded(as_zip({"people": PEOPLE}), by)

    assert counts(again) == (0, 0, 0, 2, 0)
    with pytest.raises(ValidationError, match=r"."):
        asking.confirm(again, by=by)


def test_warnings_do_not_stop_an_import():
    rows = agency(visits=[visit(date_from="2026-05-22", date_to="2026-05-22")])

    job = uploaded(as_zip(rows), administrator())

    assert (job.state, job.found["warning_count"]) == (ImportState.CHECKED, 1)


def test_import_that_would_do_something_else_than_was_confirmed_is_refused():
    by = administrator()
    job = uploaded(as_zip({"people": PEOPLE}), by)
    asking.confirm(job, by=by)
    PersonFactory(code="P1", full_name="Người Khác")

    worked_on(job)

    assert job.state == ImportState.FAILED
    assert not Person.objects.filter(code="P2").exists()
    assert counts(worked_on(asking.look_again(job, by=by))) == (1, 1, 0, 0, 0)


def test_two_who_confirm_get_one_import_and_one_is_told_who():
    first, second = administrator(), administrator("QT2")
    job = uploaded(as_zip({"people": PEOPLE}), first)
    seen_by_second = ImportJob.objects.get()
    asking.confirm(job, by=first)

    with pytest.raises(ValidationError, match="Quản Trị QT"):
        asking.confirm(seen_by_second, by=second)

    assert working.take_up(now=timezone.now()) == 1
    assert working.take_up(now=timezone.now()) == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_and_work_at_once_take_it_in_once():
    people = [administrator(), administrator("QT2")]
    job = uploaded(as_zip({"people": PEOPLE}), people[0])
    meet, told = threading.Barrier(2), []

    def press(person):
        meet.wait()
        try:
            asking.confirm(ImportJob.objects.get(pk=job.pk), by=person)
            told.append("confirmed")
        except ValidationError:
            told.append("told")
        working.take_up(now=timezone.now())
        connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    worked_on(job)

    assert sorted(told) == ["confirmed", "told"]
    assert (job.state, Person.objects.filter(code="P1").count()) == (ImportState.DONE, 1)


def test_worker_that_died_leaves_its_import_to_the_next():
    job = uploaded(as_zip({"people": PEOPLE}), administrator())
    asking.confirm(job, by=job.asked_by)
    long_ago = timezone.now() - timedelta(hours=1)
    ImportJob.objects.update(state=ImportState.IMPORTING, claimed_at=long_ago, claim="dead")

    assert worked_on(job).state == ImportState.DONE


def test_worker_that_was_thought_dead_keeps_nothing(monkeypatch):
    job = uploaded(as_zip({"people": PEOPLE}), administrator())
    asking.confirm(job, by=job.asked_by)

    def take_over(run):
        ImportJob.objects.filter(pk=job.pk).update(claim="another")
        return job.digest

    monkeypatch.setattr(working, "digest_of", take_over)
    worked_on(job)

    assert not Person.objects.filter(code="P1").exists()


def test_failure_of_ours_is_kept_with_the_import_and_takes_nothing_in(monkeypatch):
    def fail(*_anything):
        raise RuntimeError("disk full")

    monkeypatch.setattr(working, "run_import", fail)

    job = uploaded(as_zip({"people": PEOPLE}), administrator())

    assert (job.state, job.error) == (ImportState.FAILED, "RuntimeError: disk full")


def test_more_rows_than_are_taken_are_refused(settings):
    settings.IMPORT_ROWS = 1

    job = uploaded(as_zip({"people": PEOPLE}), administrator())

    assert job.state == ImportState.REFUSED


def test_only_the_administrator_imports():
    with pytest.raises(PermissionDenied):
        uploaded(as_zip({"people": PEOPLE}), PersonFactory())


def test_ready_made_units_are_those_of_the_day():
    by = administrator()
    job = worked_on(asking.ask(units_of_hanoi(timezone.localdate().replace(2026)), by=by))

    assert counts(job) == (126, 0, 0, 0, 0)


def test_ready_made_units_come_with_their_succession():
    job = worked_on(asking.ask(units_of_hanoi(None), by=administrator()))
    asking.confirm(job, by=job.asked_by)
    worked_on(job)

    assert (Unit.objects.count(), UnitSuccession.objects.count()) == (682, 794)


def test_old_imports_lose_file_preview_and_journal_and_keep_their_line(settings):
    job = taken_in(as_zip({"people": PEOPLE}), administrator())
    name, storage = job.file.name, job.file.storage
    later = timezone.now() + settings.IMPORT_KEPT

    assert asking.forget_old(now=later - timedelta(days=1), kept=settings.IMPORT_KEPT) == 0
    after = later + timedelta(days=1)
    assert [asking.forget_old(now=after, kept=settings.IMPORT_KEPT) for _ in range(2)] == [1, 0]
    job.refresh_from_db()
    assert (bool(job.file), job.journal, job.created) == (False, None, 2)
    assert not storage.exists(name)


def test_departments_file_alone_is_no_problem():
    assert uploaded(as_zip({"departments": DEPARTMENTS}), administrator()).created == 2


def told(person):
    rows = InboxItem.objects.filter(recipient=person).order_by("pk")
    return list(rows.values_list("kind", "subject", "url"))


def test_who_uploaded_and_who_confirmed_hear_that_it_was_taken_in(client):
    by, other = administrator(), administrator("QT2")
    job = uploaded(as_zip({"people": PEOPLE}), by)
    assert not InboxItem.objects.exists()  # it waits for somebody, who is looking
    asking.confirm(job, by=other)
    worked_on(job)

    here = job.get_absolute_url()
    said = [("import_ready", "Đã nhập xong: bang.zip", here)]
    assert (told(by), told(other)) == (said, said)
    assert Delivery.objects.count() == 2
    client.force_login(by)
    assert client.get(here).status_code == 200  # seen before the message is opened
    opened = client.get(reverse("accounts:inbox-open", args=[by.inbox_items.get().pk]))
    assert opened.headers["Location"] == here


def test_failure_is_told_each_time_and_of_a_job_that_was_lost_nothing(monkeypatch):
    by = administrator()
    job = uploaded(as_zip({"people": [PEOPLE[0] | {"in_scope": "x"}]}), by)
    asking.look_again(job, by=by)
    worked_on(job)
    assert [kind for kind, _subject, _url in told(by)] == ["import_failed"] * 2

    def lose(_job, _manner):
        raise LostClaim

    asking.look_again(job, by=by)
    monkeypatch.setattr(working, "_run", lose)
    worked_on(job)
    assert len(told(by)) == 2


def recorded(code):
    rows = OrganisationEvent.objects.about(OrganisationSubject.PERSON, code).order_by("pk")
    return [(row.kind, row.by.code, row.details) for row in rows]


def test_office_an_administrator_gives_themselves_by_a_table_stands_on_their_record():
    by = administrator()
    mine = {"person_code": "QT", "body": "TCKT", "office": "head", "from": "2020-01-01", "to": ""}
    office = {"body": "department", "office": "head", "department": "TCKT",
              "name": "Ban Tổ chức - Kiểm tra", "from": "2020-01-01", "to": None}  # fmt: skip
    taken_in(as_zip({"departments": DEPARTMENTS, "appointments": [mine]}), by)
    assert recorded("QT") == [("appointed", "QT", {"after": office})]

    job = taken_in(as_zip({"appointments": [mine | {"office": "cadre"}]}), by)
    changed = office | {"office": "cadre"}
    asking.undo(job, by=by)

    assert recorded("QT")[1:] == [
        ("corrected", "QT", {"before": office, "after": changed}),
        ("corrected", "QT", {"before": changed, "after": office}),
    ]


def test_portfolio_of_a_table_stands_on_the_record_of_the_department():
    by = administrator()
    mine = {"person_code": "QT", "department_code": "TCKT", "from": "2020-01-01", "to": ""}
    job = taken_in(as_zip({"departments": DEPARTMENTS, "portfolios": [mine]}), by)
    asking.undo(job, by=by)

    rows = OrganisationEvent.objects.about(OrganisationSubject.DEPARTMENT, "TCKT").order_by("pk")
    said = {"person": "Quản Trị QT", "from": "2020-01-01", "to": None}
    assert [row.details for row in rows] == [{"after": said}, {"before": said}]


def test_exemption_of_a_table_stands_on_the_record_of_the_person():
    by = administrator()
    row = {"person_code": "QT", "reason": "study", "from": "2020-01-01", "to": "", "note": ""}
    job = taken_in(as_zip({"exemptions": [row]}), by)
    asking.undo(job, by=by)

    said = {"exemption": "study", "note": "", "from": "2020-01-01", "to": None}
    assert recorded("QT") == [
        ("exempted", "QT", {"after": said}), ("withdrawn", "QT", {"before": said}),
    ]  # fmt: skip


def test_address_changed_by_a_table_is_told_to_the_old_one_and_ends_links():
    by = administrator()
    taken_in(as_zip({"people": PEOPLE}), by)
    person = Person.objects.get(code="P1")
    _slip, half = new_invitation(person, by=by, way=InvitationWay.SLIP, now=timezone.now())

    changed = [PEOPLE[0] | {"email": "ke-gian@example.org"}, PEOPLE[1] | {"email": "an@x.org"}]
    job = taken_in(as_zip({"people": changed}), by)

    notes = person.account_events.filter(kind="email_changed").values_list("note", "by__code")
    assert list(notes) == [("duong@example.org → ke-gian@example.org", "QT")]
    told = Delivery.objects.filter(item__key__startswith="email-changed")
    assert set(told.values_list("address", flat=True)) == {
        "duong@example.org", "ke-gian@example.org",
    }  # fmt: skip
    token = tokens.token_of(half, tokens.INVITATION)
    assert Invitation.objects.of_token(token, timezone.now()) is None
    asking.undo(job, by=by)
    assert "ke-gian@example.org → duong@example.org" in notes.values_list("note", flat=True)
