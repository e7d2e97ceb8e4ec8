"""Quarterly reports: their path, plan against done, frozen numbers, who is told (R10)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from fieldvisits.calendar import Quarter
from fieldvisits.choices import COUNTING_KINDS
from fieldvisits.history import contradictions
from fieldvisits.ledger.totals import totals
from reports.actions import writing
from reports.figures.days import Days
from reports.figures.quarterly import quarter_figures
from reports.models import QuarterlyReport
from tests.factories.agency import make_agency
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
Q3 = Quarter(2018, 3)
SAID = {
    "results": "Đã đi 12 ngày, khảo sát nhu cầu vay vốn tại bốn xã của huyện Sóc Sơn",
    "self_assessment": "Thực hiện đủ kế hoạch",
}


@pytest.fixture(autouse=True)
def october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency(october):
    agency = make_agency()
    booked_visit(agency.cadre, "2018-07-03", "2018-07-04")
    booked_visit(agency.cadre, "2018-09-29", "2018-10-02", state="approved")
    booked_visit(agency.cadre, "2018-08-06", state="proposed", kind="working_session")
    booked_visit(agency.cadre, "2018-08-07", kind="thematic", product="owed", session="morning")
    booked_visit(agency.cadre, "2018-08-08", kind="event_attendance")
    return agency


def written(agency):
    return writing.save_quarterly(Q3, by=agency.cadre, said=SAID)


def submitted(agency):
    report = written(agency)
    writing.submit(report, by=agency.cadre)
    return report


def told(person):
    return [item.kind for item in person.inbox_items.order_by("pk")]


def test_plan_against_done_counts_by_date_on_each_side_of_the_end(agency):
    found = quarter_figures(agency.cadre, Q3, date(2018, 10, 2)).total

    assert found.half_days == {"planned": 11, "approved": 9, "carried_out": 5, "accepted": 4}
    assert found.visits == {"planned": 4, "approved": 3, "carried_out": 2, "accepted": 1}


@pytest.mark.parametrize("as_of", [date(2018, 7, 3), date(2018, 9, 30), date(2018, 12, 31)])
def test_plan_against_done_agrees_with_the_totals(agency, as_of):
    booked_visit(agency.cadre, "2018-07-03", shared=True, kind="joint_activity")
    found = quarter_figures(agency.cadre, Q3, as_of)

    kept = Days.of(totals(Q3.first_day, Q3.last_day, as_of, cadre_ids=[agency.cadre.pk]).values())
    assert found.total.half_days == {name: getattr(kept, name) for name in found.total.half_days}
    accepted = {line.kind: line.half_days["accepted"] for line in found.kinds}
    assert accepted == kept.kinds
    assert set(accepted) == set(COUNTING_KINDS)


def test_submit_freezes_the_content_with_its_numbers(agency, october):
    report = submitted(agency)
    booked_visit(agency.cadre, "2018-09-03")

    frozen = report.versions.get().content
    assert frozen["total"]["accepted"] == 2
    assert frozen["total"]["carried_out"] == 2.5
    assert len(frozen["visits"]) == 4  # not what is only planned
    assert (report.superior, told(agency.head)) == (agency.head, ["to_decide"])
    assert [one for one in contradictions() if "_report " in one] == []


def test_path_returned_submitted_again_and_accepted(agency):
    report = submitted(agency)
    writing.send_back(report, by=agency.head, comment="Ghi rõ sản phẩm")
    assert report.state == "returned"
    writing.save_quarterly(
        Q3, by=agency.cadre, said={"proposals": "Không"}, revision=report.revision
    )
    writing.submit(report, by=agency.cadre)
    writing.accept(report, by=agency.head)

    assert [step.after for step in report.steps.all()] == [
        "submitted", "returned", "submitted", "accepted",
    ]  # fmt: skip
    assert told(agency.cadre) == ["returned", "decided"]
    with pytest.raises(ValidationError):
        writing.withdraw(report, by=agency.cadre)


def test_withdrawn_report_is_a_draft_with_its_first_time(agency, october):
    report = submitted(agency)
    first = report.submitted_at
    october.move_to("2018-10-20 09:00+07:00")

    writing.withdraw(report, by=agency.cadre)
    writing.submit(report, by=agency.cadre)

    assert (report.state, report.submitted_at) == ("submitted", first)


def test_return_needs_a_reason(agency):
    with pytest.raises(ValidationError):
        writing.send_back(submitted(agency), by=agency.head, comment=" ")


@pytest.mark.parametrize("role", ["cadre", "colleague", "secretary", "deputy_secretary"])
def test_nobody_but_the_superior_accepts(agency, role):
    report = submitted(agency)

    with pytest.raises(PermissionDenied):
        writing.accept(report, by=getattr(agency, role))


def test_quarter_that_is_not_over_cannot_be_reported(agency, october):
    october.move_to("2018-09-29 09:00+07:00")

    with pytest.raises(ValidationError, match="30/09/2018"):
        writing.submit(written(agency), by=agency.cadre)


def test_report_says_all_that_is_missing_at_once(agency):
    report = writing.save_quarterly(Q3, by=agency.cadre, said={"results": "Tốt"})

    with pytest.raises(ValidationError) as refused:
        writing.submit(report, by=agency.cadre)
    codes = [error.code for error in refused.value.error_list]
    assert codes == ["field-results", "field-self_assessment"]


@pytest.mark.parametrize(
    ("role", "filed"),
    [
        ("cadre", True), ("head", True), ("secretary", True), ("colleague", False),
        ("coordinator", False), ("stranger", False),
    ],
)  # fmt: skip
def test_report_is_seen_by_author_head_and_committee(agency, role, filed):
    submitted(agency)

    assert QuarterlyReport.objects.visible_to(getattr(agency, role)).exists() is filed
