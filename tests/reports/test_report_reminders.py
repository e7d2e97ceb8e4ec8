"""Reminders of weekly, quarterly and annual reports (R10, R11, R12)."""

from datetime import date, datetime

import pytest
import time_machine

from accounts.desk import Asker, read_desk
from fieldvisits import reminding
from fieldvisits.calendar import HANOI, Quarter, Week
from reports.actions import annual_reports, writing
from reports.actions.reminders import KINDS
from reports.models import ReportJob
from tests.factories.agency import make_agency
from tests.factories.delegations import delegate
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
WEEKLY, QUARTERLY, ANNUAL, ISSUE = KINDS
SAID = {
    "results": "Đã làm việc với Ban Thường vụ Huyện đoàn Sóc Sơn về đại hội",
}


@pytest.fixture
def agency():
    with time_machine.travel("2018-05-25 09:00+07:00", tick=False):
        yield make_agency()


def remind(text, kind):
    reminding.remind(now=datetime.fromisoformat(text).replace(tzinfo=HANOI), kinds=[kind])


def told(person):
    return list(person.inbox_items.order_by("pk").values_list("key", flat=True))


def test_week_is_reminded_of_before_on_and_after_its_friday(agency):
    booked_visit(agency.cadre, "2018-05-21")
    for day in range(21, 32):
        remind(f"2018-05-{day}T07:30", WEEKLY)

    assert told(agency.cadre) == [f"weekly-due:2018-W21:2018-05-25:{n}" for n in (-3, -1, 0, 1)]
    assert told(agency.head) == [f"weekly-late:2018-W21:2018-05-25:{agency.cadre.pk}"]


@pytest.mark.parametrize(("at", "word"), [("07:30", "đến hạn"), ("17:30", "quá hạn")])
def test_words_on_the_day_itself_go_by_the_hour(agency, at, word):
    booked_visit(agency.cadre, "2018-05-21")

    remind(f"2018-05-25T{at}", WEEKLY)

    [item] = agency.cadre.inbox_items.all()
    assert word in item.subject.lower()
    assert "17:00 25/05/2018" in item.subject


def test_week_with_a_sunday_is_due_on_monday_noon(agency):
    booked_visit(agency.cadre, "2018-05-27")

    remind("2018-05-28T07:30", WEEKLY)

    [item] = agency.cadre.inbox_items.all()
    assert item.key == "weekly-due:2018-W21:2018-05-28:0"
    assert "12:00 28/05/2018" in item.subject


def test_submitted_week_is_not_reminded_of_and_a_withdrawn_one_is(agency):
    booked_visit(agency.cadre, "2018-05-21")
    report = writing.save_weekly(Week(2018, 21), by=agency.cadre, said=SAID)
    writing.submit(report, by=agency.cadre)
    remind("2018-05-25T07:30", WEEKLY)
    assert told(agency.cadre) == []

    writing.withdraw(report, by=agency.cadre)
    remind("2018-05-25T07:30", WEEKLY)

    assert told(agency.cadre) == ["weekly-due:2018-W21:2018-05-25:0"]


def test_week_across_the_years_end_is_reminded_of_once(agency):
    booked_visit(agency.cadre, "2018-12-31")  # 2019-W01, due on Friday 4 January

    remind("2019-01-04T07:30", WEEKLY)

    assert told(agency.cadre) == ["weekly-due:2019-W01:2019-01-04:0"]


def test_quarter_is_reminded_of_until_it_is_reported(agency):
    booked_visit(agency.cadre, "2018-02-21")
    for day in range(1, 12):
        remind(f"2018-04-{day:02d}T07:30", QUARTERLY)

    assert told(agency.cadre) == [f"quarterly-due:2018-1:2018-04-05:{n}" for n in (-3, -1, 0, 1)]
    assert told(agency.colleague) == []
    assert told(agency.head) == [f"quarterly-late:2018-1:2018-04-05:{agency.cadre.pk}"]


def test_submitted_quarter_is_not_reminded_of_and_a_returned_one_is(agency):
    booked_visit(agency.cadre, "2018-02-21")
    said = {**SAID, "self_assessment": "Đủ kế hoạch"}
    report = writing.save_quarterly(Quarter(2018, 1), by=agency.cadre, said=said)
    writing.submit(report, by=agency.cadre)
    remind("2018-04-05T07:30", QUARTERLY)
    assert told(agency.cadre) == []

    writing.send_back(report, by=agency.head, comment="Ghi rõ")
    remind("2018-04-06T07:30", QUARTERLY)

    assert "quarterly-due:2018-1:2018-04-05:1" in told(agency.cadre)


def test_annual_report_is_reminded_of_to_heads_before_the_25th(agency):
    for day in range(20, 26):
        remind(f"2018-10-{day}T07:30", ANNUAL)

    expected = [f"annual-due:2018:2018-10-24:{n}" for n in (-3, -1, 0, 1)]
    assert [told(person) for person in (agency.head, agency.coordinator)] == [expected] * 2
    assert told(agency.cadre) == []


def test_annual_report_is_asked_of_who_stands_in_for_the_head(agency):
    """An absent head only reads (R25): neither the clock nor the desk asks them for it."""
    with time_machine.travel("2018-10-20 09:00+07:00", tick=False):
        row = delegate(agency.head, agency.colleague, first=date(2018, 10, 20))
        remind("2018-10-28T07:30", ANNUAL)

        wanted = [
            [todo.url for todo in read_desk(Asker(person, date(2018, 10, 20))).todos].count(
                "/reports/annual/departments/"
            )
            for person in (agency.head, agency.colleague)
        ]

    assert told(agency.head) == [f"delegation:{row.pk}:made"]
    assert told(agency.colleague)[1:] == ["annual-due:2018:2018-10-24:1"]
    assert f"annual-late:2018:2018-10-24:{agency.colleague.pk}" in told(agency.deputy_secretary)
    assert wanted == [0, 1]


def test_department_whose_report_is_with_tckt_is_not_reminded_any_more(agency):
    said = {**SAID, "lessons": "Hẹn đơn vị trước một tuần"}
    with time_machine.travel("2018-10-20 09:00+07:00", tick=False):
        report = annual_reports.save(agency.rural, 2018, by=agency.head, said=said)
        annual_reports.submit(report, by=agency.head)

        remind("2018-10-24T07:30", ANNUAL)
        assert (told(agency.head), len(told(agency.office_head))) == ([], 1)

        annual_reports.send_back(report, by=agency.coordinator, comment="Bổ sung")
    remind("2018-10-24T07:30", ANNUAL)
    assert told(agency.head)[1:] == ["annual-due:2018:2018-10-24:0"]


def test_coordinating_department_answers_for_the_agency_after_its_own(agency):
    said = {**SAID, "lessons": "Hẹn đơn vị trước một tuần"}
    with time_machine.travel("2018-10-20 09:00+07:00", tick=False):
        report = annual_reports.save(agency.coordination, 2018, by=agency.coordinator, said=said)
        annual_reports.submit(report, by=agency.coordinator)
    remind("2018-10-24T07:30", ANNUAL)
    assert told(agency.coordinator) == ["annual-due:2018-agency:2018-10-24:0"]

    ReportJob.objects.create(
        year=2018, as_of=date(2018, 10, 24), asked_by=agency.coordinator, state="ready",
        asked_at=datetime(2018, 10, 24, 9, tzinfo=HANOI), content_hash="0", file="reports/x.pdf",
    )  # fmt: skip
    remind("2018-10-25T07:30", ANNUAL)
    assert len(told(agency.coordinator)) == 1
