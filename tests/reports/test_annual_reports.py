"""The annual report of a department: its path, what is frozen, who is late, who is told (R11)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from fieldvisits.actions import confirmations
from fieldvisits.history import contradictions
from fieldvisits.models import Visit
from reports.actions import annual_reports
from reports.choices import WeekState
from reports.documents import annual
from reports.models import AnnualReport, ReportStep
from reports.overview.annual_reports import annual_list
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import inspector_of_agency, make_agency, representative
from tests.factories.delegations import delegate
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
SAID = {
    "results": "Ban đã đi 12 xã, giải quyết vốn vay cho bốn tổ hợp tác",
    "lessons": "Đi theo tổ, hẹn đơn vị trước một tuần",
}


@pytest.fixture(autouse=True)
def october():
    with time_machine.travel("2018-10-24 23:30+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency(october):
    agency = make_agency()
    booked_visit(agency.cadre, "2018-07-03", "2018-07-04")
    booked_visit(agency.cadre, "2018-11-05", state="approved")
    return agency


def written(agency, by=None, **said):
    return annual_reports.save(agency.rural, 2018, by=by or agency.head, said={**SAID, **said})


def submitted(agency):
    report = written(agency)
    annual_reports.submit(report, by=agency.head)
    return report


def before_committee(agency):
    report = submitted(agency)
    annual_reports.put_before(report, by=agency.coordinator)
    return report


def fresh(person):
    person.__dict__.pop("_offices", None)
    return person


def told(person):
    return [item.kind for item in person.inbox_items.order_by("pk")]


def standing(agency, viewer="coordinator"):
    listed = annual_list(getattr(agency, viewer), 2018, timezone.localdate())
    return {row.code: row.standing for row in listed.rows}


def test_path_from_the_department_to_the_standing_committee(agency):
    report = before_committee(agency)
    annual_reports.receive(report, by=agency.member)

    assert [step.after for step in report.steps.all()] == [
        "with_coordination", "before_committee", "received",
    ]  # fmt: skip
    assert told(agency.coordinator) == ["to_decide", "decided"]
    assert told(agency.member) == ["to_decide"]
    assert told(agency.head) == ["decided", "decided"]
    assert [one for one in contradictions() if "annual_report" in one] == []


def test_submit_freezes_the_figures_with_the_days_still_ahead(agency, october):
    report = submitted(agency)
    booked_visit(agency.cadre, "2018-08-01")

    frozen = report.versions.get().content
    [row] = frozen["summary"]["departments"]
    assert (frozen["summary"]["as_of"], row["accepted"], row["ahead"]) == ("2018-10-24", 4, 2)
    assert frozen["issues"] == {"raised": 0, "answered": 0}
    assert report.steps.get().content_hash == report.versions.get().content_hash


def test_returned_report_keeps_the_day_of_its_first_submission(agency, october):
    report = before_committee(agency)
    first = report.submitted_at
    october.move_to("2018-11-10 09:00+07:00")

    annual_reports.send_back(report, by=agency.secretary, comment="Bổ sung bài học")
    revised = annual_reports.save(
        agency.rural, 2018, by=agency.head, said={"proposals": "Không"}, revision=report.revision
    )
    annual_reports.submit(revised, by=agency.head)

    assert (revised.state, revised.submitted_at) == ("with_coordination", first)
    assert standing(agency)["NT"] == WeekState.ON_TIME
    assert told(agency.head) == ["decided", "returned"]


@pytest.mark.parametrize(
    ("at", "expected"),
    [("2018-10-24 23:59+07:00", WeekState.ON_TIME), ("2018-10-25 00:00+07:00", WeekState.LATE)],
)
def test_last_moment_on_time_is_the_end_of_the_24th_in_hanoi(agency, october, at, expected):
    october.move_to(at)
    submitted(agency)
    october.move_to("2018-10-25 09:00+07:00")

    assert standing(agency) == {
        "NT": expected, "TCKT": WeekState.MISSING, "VP": WeekState.MISSING,
    }  # fmt: skip


def test_recalled_report_can_be_changed_until_it_is_put_forward(agency):
    report = submitted(agency)
    annual_reports.recall(report, by=agency.head)
    assert report.state == "compiling"

    annual_reports.submit(report, by=agency.head)
    annual_reports.put_before(report, by=agency.coordinator)
    with pytest.raises(ValidationError):
        annual_reports.recall(report, by=agency.head)
    with pytest.raises(ValidationError):
        written(agency, results="Khác")


def test_report_says_all_that_is_missing_at_once(agency):
    report = annual_reports.save(agency.rural, 2018, by=agency.head, said={"results": "Tốt"})

    with pytest.raises(ValidationError) as refused:
        annual_reports.submit(report, by=agency.head)
    assert [error.code for error in refused.value.error_list] == ["field-results", "field-lessons"]
    assert report.steps.count() == 0


def test_deputy_writes_and_the_head_submits(agency):
    deputy = PersonFactory()
    appoint(deputy, department=agency.rural, office="deputy")

    report = written(agency, by=deputy)

    with pytest.raises(PermissionDenied):
        annual_reports.submit(report, by=deputy)
    annual_reports.submit(report, by=agency.head)
    with pytest.raises(PermissionDenied):
        annual_reports.save(agency.rural, 2018, by=agency.cadre, said=SAID)


def test_draft_changed_elsewhere_is_not_written_over(agency):
    written(agency)

    with pytest.raises(ValidationError, match="nơi khác"):
        annual_reports.save(agency.rural, 2018, by=agency.head, said={"results": "Khác"})


def test_coordinating_department_relays_its_own_and_a_member_does_not_receive_their_own(agency):
    own = annual_reports.save(agency.coordination, 2018, by=agency.coordinator, said=SAID)
    annual_reports.submit(own, by=agency.coordinator)
    annual_reports.put_before(own, by=agency.coordinator)
    appoint(agency.coordinator, body="standing_committee", office="member")

    with pytest.raises(PermissionDenied):
        annual_reports.receive(own, by=fresh(agency.coordinator))
    annual_reports.receive(own, by=agency.member)


def test_who_stands_in_for_the_head_submits_and_both_names_are_on_record(agency):
    delegate(agency.head, agency.cadre, first=date(2018, 10, 24))

    report = written(agency, by=agency.cadre)
    annual_reports.submit(report, by=agency.cadre)

    step = report.steps.get()
    assert (step.by, step.on_behalf_of) == (agency.cadre, agency.head)


@pytest.mark.parametrize("role", ["coordinator", "head", "cadre", "office_head"])
def test_nobody_but_the_committee_receives(agency, role):
    report = before_committee(agency)

    with pytest.raises(PermissionDenied):
        annual_reports.receive(report, by=getattr(agency, role))


def test_addendum_stands_beside_the_figures_that_were_received(agency, october):
    report = before_committee(agency)
    annual_reports.receive(report, by=agency.member)
    with pytest.raises(ValidationError):
        annual_reports.add(report, by=agency.head)  # nothing has changed

    october.move_to("2019-01-05 09:00+07:00")
    booked_visit(agency.cadre, "2018-12-03")
    annual_reports.add(report, by=agency.head)

    summaries = [row.content["summary"] for row in report.versions.order_by("number")]
    assert [one["as_of"] for one in summaries] == ["2018-10-24", "2018-12-31"]
    assert [one["departments"][0]["accepted"] for one in summaries] == [4, 6]
    assert (report.state, told(agency.member)) == ("received", ["to_decide", "decided"])


def test_no_upheld_after_the_receipt_stands_in_the_addendum_alone(agency):
    """R14: the figures received stay as they were."""
    report = before_committee(agency)
    annual_reports.receive(report, by=agency.member)
    visit = Visit.objects.get(cadre=agency.cadre, state="accepted")
    ubkt, person = inspector_of_agency(), representative(visit.unit)
    asked = confirmations.ask(visit, by=ubkt)
    confirmations.answer(asked, "dispute", by=person, remark="Không có đoàn nào đến")
    confirmations.reply(asked, by=agency.cadre, text="Không có giấy tờ gì thêm")
    confirmations.uphold(asked, by=ubkt)

    annual_reports.add(report, by=agency.head)

    summaries = [row.content["summary"] for row in report.versions.order_by("number")]
    assert [one["departments"][0]["accepted"] for one in summaries] == [4, 0]


@pytest.mark.parametrize(
    ("state", "roles"),
    [
        ("compiling", {"head"}),
        ("with_coordination", {"head", "coordinator"}),
        ("before_committee", {"head", "coordinator", "secretary", "member"}),
    ],
)
def test_report_is_seen_by_those_it_has_come_to(agency, state, roles):
    report = written(agency)
    for step, by in (("submit", agency.head), ("put_before", agency.coordinator)):
        if report.state != state:
            getattr(annual_reports, step)(report, by=by)

    asked = ("head", "cadre", "coordinator", "secretary", "member", "office_head", "stranger")
    found = {
        role for role in asked
        if AnnualReport.objects.visible_to(fresh(getattr(agency, role))).exists()
    }  # fmt: skip
    assert found == roles


def test_agency_report_names_the_departments_that_have_not_submitted(agency, october):
    submitted(agency)
    october.move_to("2018-10-26 09:00+07:00")
    day = timezone.localdate().replace(day=24)

    summary = annual.freeze(2018, day)

    assert summary["missing"] == ["Ban Tổ chức - Kiểm tra", "Văn phòng"]
    assert "chưa gửi báo cáo năm: Ban Tổ chức - Kiểm tra; Văn phòng" in annual.html(summary)
    assert annual.freeze(2018, day.replace(day=23))["missing"] == []
    assert annual.freeze(2018, day, "NT")["missing"] == []


def test_list_of_a_year_asks_the_same_whatever_is_in_it(agency, django_assert_num_queries):
    viewer = agency.coordinator
    viewer.offices(timezone.localdate())
    # The regulation, names, reports, those seen, departments taken over; the last is kept.
    with django_assert_num_queries(5):
        annual_list(viewer, 2018, timezone.localdate())
    before_committee(agency)
    with django_assert_num_queries(4):
        assert len(annual_list(viewer, 2018, timezone.localdate()).rows) == 3


def test_history_of_a_report_cannot_be_rewritten(agency):
    submitted(agency)

    with pytest.raises(Exception, match="append-only"):
        ReportStep.objects.update(comment="Khác")
