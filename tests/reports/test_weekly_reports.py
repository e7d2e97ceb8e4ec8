"""Weekly reports: their path, who may, what is frozen, who is told (R12)."""

from datetime import date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.interchange.importing import import_tables
from fieldvisits.calendar import HANOI, Week
from fieldvisits.history import contradictions
from reports.actions import writing
from reports.figures import Weekly, cadre_standing
from reports.models import ReportStep, WeeklyReport
from tests.factories import tables
from tests.factories.agency import make_agency
from tests.factories.delegations import delegate
from tests.factories.tables import write_folder
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
W21 = Week(2018, 21)
SAID = {"results": "Đã làm việc với Ban Thường vụ Huyện đoàn Sóc Sơn về đại hội", "proposals": ""}


@pytest.fixture(autouse=True)
def friday():
    with time_machine.travel("2018-05-25 16:30+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency(friday):
    agency = make_agency()
    booked_visit(agency.cadre, "2018-05-21")
    return agency


def written(agency, **said):
    return writing.save_weekly(W21, by=agency.cadre, said=said or SAID)


def submitted(agency):
    report = written(agency)
    writing.submit(report, by=agency.cadre)
    return report


def wrong_reports():
    """The booked visit of these tests has no history of its own."""
    return [sentence for sentence in contradictions() if "_report " in sentence]


def told(person):
    return [item.kind for item in person.inbox_items.all()]


def test_submit_brings_the_report_to_the_superior_and_freezes_it(agency):
    report = submitted(agency)

    report.refresh_from_db()
    assert (report.state, report.superior, report.department) == (
        "submitted", agency.head, agency.rural,
    )  # fmt: skip
    assert report.submitted_at == datetime(2018, 5, 25, 16, 30, tzinfo=HANOI)
    frozen = report.versions.get().content
    assert (frozen["results"], frozen["week"]) == (SAID["results"], "2018-W21")
    assert len(frozen["visits"]) == 1
    assert told(agency.head) == ["to_read"]
    assert wrong_reports() == []


def test_who_stands_in_for_the_head_does_not_read_the_heads_own(agency):
    booked_visit(agency.head, "2018-05-21")
    own = writing.save_weekly(W21, by=agency.head, said=SAID)
    writing.submit(own, by=agency.head)
    theirs = submitted(agency)

    delegate(agency.head, agency.colleague, first=date(2018, 5, 25), last=date(2018, 6, 1))

    assert set(WeeklyReport.objects.visible_to(agency.colleague)) == {theirs}


def test_withdrawn_and_sent_again_keeps_its_first_time(agency, friday):
    report = submitted(agency)
    writing.withdraw(report, by=agency.cadre)
    friday.move_to("2018-05-28 09:00+07:00")

    writing.submit(report, by=agency.cadre)

    report.refresh_from_db()
    assert report.submitted_at == datetime(2018, 5, 25, 16, 30, tzinfo=HANOI)
    assert cadre_standing(agency.cadre, 2018, date(2018, 6, 30)).weekly == Weekly(1, 0, 0)
    assert [step.name for step in report.steps.all()] == ["submit", "withdraw", "submit"]


def test_withdrawn_report_is_still_counted_by_its_first_submission(agency):
    writing.withdraw(submitted(agency), by=agency.cadre)

    assert cadre_standing(agency.cadre, 2018, date(2018, 6, 30)).weekly == Weekly(1, 0, 0)


def test_acknowledged_report_cannot_be_withdrawn(agency):
    report = submitted(agency)
    writing.acknowledge(report, by=agency.head)

    with pytest.raises(ValidationError, match="“Đã tiếp nhận”"):
        writing.withdraw(report, by=agency.cadre)
    assert report.state == "acknowledged"


@pytest.mark.parametrize("role", ["cadre", "colleague", "deputy_secretary", "secretary"])
def test_nobody_but_the_superior_acknowledges(agency, role):
    report = submitted(agency)

    with pytest.raises(PermissionDenied):
        writing.acknowledge(report, by=getattr(agency, role))
    assert report.steps.count() == 1


def test_report_of_the_head_goes_to_the_member_in_charge(agency):
    report = writing.save_weekly(W21, by=agency.head, said=SAID)
    writing.submit(report, by=agency.head)

    assert report.superior == agency.deputy_secretary
    writing.acknowledge(report, by=agency.deputy_secretary)


def test_empty_report_is_refused_and_nothing_to_report_is_valid(agency):
    with pytest.raises(ValidationError):
        writing.submit(written(agency, results="Tốt"), by=agency.cadre)

    with pytest.raises(ValidationError):
        writing.report_nothing(W21, by=agency.cadre, revision=1)
    assert not WeeklyReport.objects.get().has_nothing

    step = writing.report_nothing(Week(2018, 20), by=agency.cadre)

    assert step.after == "submitted"
    assert step.weekly_report.has_nothing


def test_week_that_has_not_begun_cannot_be_reported(agency):
    report = writing.save_weekly(Week(2018, 22), by=agency.cadre, said=SAID)

    with pytest.raises(ValidationError, match="28/05/2018"):
        writing.submit(report, by=agency.cadre)


def test_draft_changed_in_two_windows_is_not_overwritten(agency):
    report = written(agency)
    writing.save_weekly(W21, by=agency.cadre, said={"results": "Một"}, revision=report.revision)

    with pytest.raises(ValidationError) as refused:
        writing.save_weekly(W21, by=agency.cadre, said={"results": "Hai"}, revision=report.revision)
    assert refused.value.code == "stale"
    assert WeeklyReport.objects.get().results == "Một"


def test_draft_sent_twice_is_written_once(agency):
    assert written(agency).pk == written(agency).pk
    assert WeeklyReport.objects.get().revision == 1


def test_submitted_report_is_not_changed_any_more(agency):
    submitted(agency)

    with pytest.raises(ValidationError) as refused:
        writing.save_weekly(W21, by=agency.cadre, said={"results": "Khác"}, revision=1)
    assert refused.value.code == "moved_on"


def test_somebody_without_an_office_writes_no_report(agency):
    agency.cadre.appointments.update(ends_on=date(2018, 5, 1))
    agency.cadre.__dict__.pop("_offices", None)

    with pytest.raises(PermissionDenied):
        written(agency)


@pytest.mark.parametrize(
    ("role", "draft", "filed"),
    [
        ("cadre", True, True), ("head", False, True), ("member", False, True),
        ("colleague", False, False), ("coordinator", False, False), ("stranger", False, False),
    ],
)  # fmt: skip
def test_report_is_seen_by_author_head_and_committee(agency, role, draft, filed):
    person, report = getattr(agency, role), written(agency)
    assert WeeklyReport.objects.visible_to(person).exists() is draft

    writing.submit(report, by=agency.cadre)

    assert WeeklyReport.objects.visible_to(person).exists() is filed


def test_many_are_acknowledged_each_by_itself(agency):
    mine = submitted(agency)
    other = writing.save_weekly(W21, by=agency.head, said=SAID)
    writing.submit(other, by=agency.head)

    results = writing.acknowledge_all([mine, other], by=agency.head)

    assert [bool(problem) for _report, problem in results] == [False, True]
    assert [report.state for report, _ in results] == ["acknowledged", "submitted"]


def test_imported_report_has_one_row_of_history(tmp_path):
    import_tables(write_folder(tmp_path, tables.agency(weekly_reports=[tables.WEEKLY_REPORTS[0]])))

    report = WeeklyReport.objects.get()
    assert [(step.name, step.before, step.after) for step in report.steps.all()] == [
        ("imported", "", "submitted")
    ]
    assert (report.version, report.superior) == (1, None)
    assert list(contradictions()) == []


def test_history_of_reports_is_append_only(agency):
    submitted(agency)

    for change in ({"comment": "khác"}, {"after": "draft"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ReportStep.objects.update(**change)
    assert connection.vendor in ("sqlite", "postgresql")


def test_report_moved_past_its_history_is_named(agency):
    WeeklyReport.objects.filter(pk=submitted(agency).pk).update(state="acknowledged")

    assert any("weekly_report" in sentence for sentence in contradictions())
