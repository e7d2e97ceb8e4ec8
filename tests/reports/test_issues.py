"""The issue register: how a proposal comes into it, who owns, answers and closes it (R12)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from fieldvisits import reminding
from fieldvisits.calendar import Quarter, Week
from fieldvisits.history import contradictions
from reports.actions import issues, writing
from reports.actions.reminders import KINDS
from reports.models import Issue
from tests.factories.agency import make_agency

pytestmark = pytest.mark.django_db
FRIDAY = date(2018, 6, 1)
SAID = {
    "results": "Đã làm việc với Ban Thường vụ Huyện đoàn Sóc Sơn về đại hội",
    "proposals": "Đề nghị Thành đoàn hỗ trợ tài liệu\nđại hội điểm",
}
LIST = reverse("reports:issues")
LIST_QUERIES = 7  # session, person, offices (2), departments, issues, what waits (the menu)


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel("2018-05-25 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency(may):
    return make_agency()


def sent(agency, by=None, week=21, **said):
    report = writing.save_weekly(Week(2018, week), by=by or agency.cadre, said={**SAID, **said})
    writing.submit(report, by=by or agency.cadre)
    return report


def opened(agency, owner=None, due_on=FRIDAY):
    """Raised from a report of the cadre, to be answered by the colleague."""
    owner = owner or agency.colleague
    return issues.open_issue(
        sent(agency), by=agency.head, text="Hỗ trợ tài liệu", owner=owner, due_on=due_on
    )


def told(person):
    return [item.kind for item in person.inbox_items.order_by("pk")]


def test_acknowledged_proposal_becomes_one_issue_of_its_reader(agency):
    writing.acknowledge(sent(agency), by=agency.head)

    issue = Issue.objects.get()
    assert (issue.text, issue.raised_by, issue.owner) == (
        SAID["proposals"], agency.cadre, agency.head,
    )  # fmt: skip
    assert (issue.department, issue.due_on, issue.state) == (agency.rural, None, "open")
    assert issue.steps.get().name == "raise"
    assert told(agency.cadre) == ["decided"]


@pytest.mark.parametrize("proposals", ["", "Không.", "không có", " KHÔNG CÓ ĐỀ XUẤT "])
def test_report_that_proposes_nothing_raises_nothing(agency, proposals):
    writing.acknowledge(sent(agency, proposals=proposals), by=agency.head)

    assert not Issue.objects.exists()


def test_what_the_reader_has_raised_already_is_not_raised_again(agency):
    opened(agency)
    report = agency.cadre.weeklyreports.get()

    writing.acknowledge(report, by=agency.head)

    assert Issue.objects.count() == 1


def test_sent_twice_is_one_issue(agency):
    report = sent(agency)
    said = {"by": agency.head, "text": "Hỗ trợ", "owner": agency.head, "due_on": FRIDAY}

    assert issues.open_issue(report, **said) == issues.open_issue(report, **said)


def test_accepted_quarter_goes_into_the_register_and_a_bulk_of_weeks_too(agency, may):
    reports = [sent(agency), sent(agency, week=20)]
    writing.acknowledge_all(reports, by=agency.head)
    may.move_to("2018-07-02 09:00+07:00")
    said = {**SAID, "self_assessment": "Đủ kế hoạch"}
    quarterly = writing.save_quarterly(Quarter(2018, 2), by=agency.cadre, said=said)
    writing.submit(quarterly, by=agency.cadre)
    writing.accept(quarterly, by=agency.head)

    assert Issue.objects.filter(weekly_report=None).count() == 1
    assert Issue.objects.count() == 3


def test_path_from_the_day_named_to_closed(agency):
    writing.acknowledge(sent(agency), by=agency.head)
    issue = Issue.objects.get()
    issues.assign(issue, by=agency.head, owner=agency.office_head, due_on=FRIDAY)
    issues.answer(issue, by=agency.office_head, comment="Đã gửi 50 bộ tài liệu")
    issues.reopen(issue, by=agency.cadre, comment="Còn thiếu băng hình")
    issues.answer(issue, by=agency.office_head, comment="Đã gửi cả băng hình")
    issues.close(issue, by=agency.cadre)

    assert (issue.state, issue.answer) == ("closed", "Đã gửi cả băng hình")
    assert [row.name for row in issue.steps.all()] == [
        "raise", "assign", "answer", "reopen", "answer", "close",
    ]  # fmt: skip
    assert told(agency.office_head) == ["to_decide", "returned", "decided"]
    assert told(agency.head)[1:] == ["decided"] * 2  # after the report itself
    assert [one for one in contradictions() if one.startswith("issue ")] == []


def test_whoever_answers_does_not_close_it(agency):
    issue = opened(agency, owner=agency.head)
    issues.answer(issue, by=agency.head, comment="Đã xong")

    with pytest.raises(PermissionDenied):
        issues.close(issue, by=agency.head)
    issues.close(issue, by=agency.member)


@pytest.mark.parametrize("role", ["cadre", "head", "secretary", "stranger"])
def test_nobody_but_the_owner_answers(agency, role):
    issue = opened(agency)

    with pytest.raises(PermissionDenied):
        issues.answer(issue, by=getattr(agency, role), comment="Đã xong")


def test_only_the_reader_raises_and_not_from_a_draft(agency):
    report = sent(agency)
    said = {"text": "Hỗ trợ", "owner": agency.head, "due_on": FRIDAY}
    for by in (agency.cadre, agency.colleague, agency.secretary):
        with pytest.raises(PermissionDenied):
            issues.open_issue(report, by=by, **said)
    writing.withdraw(report, by=agency.cadre)
    with pytest.raises(ValidationError):
        issues.open_issue(report, by=agency.head, **said)


@pytest.mark.parametrize("due_on", [None, date(2018, 5, 24)])
def test_day_that_is_missing_or_gone_is_refused(agency, due_on):
    issue = opened(agency)

    with pytest.raises(ValidationError):
        issues.assign(issue, by=agency.head, owner=agency.cadre, due_on=due_on)
    with pytest.raises(ValidationError):
        issues.open_issue(
            sent(agency, week=20), by=agency.head, text="Khác", owner=agency.cadre, due_on=due_on
        )
    assert Issue.objects.count() == 1


def test_issue_is_seen_by_who_raised_it_owner_head_and_committee(agency):
    opened(agency)

    seen = {
        role for role in ("cadre", "colleague", "head", "secretary", "member", "coordinator",
                          "office_head", "stranger")
        if Issue.objects.visible_to(getattr(agency, role)).exists()
    }  # fmt: skip
    assert seen == {"cadre", "colleague", "head", "secretary", "member"}


def test_owner_is_reminded_until_answered(agency, may):
    issue = opened(agency)
    for day in (29, 31):
        may.move_to(f"2018-05-{day} 07:30+07:00")
        reminding.remind(now=timezone.now(), kinds=[KINDS[-1]])
    assert told(agency.colleague) == ["to_decide", "issue_due", "issue_due"]

    issues.answer(issue, by=agency.colleague, comment="Đã xong")
    may.move_to("2018-06-01 07:30+07:00")
    reminding.remind(now=timezone.now(), kinds=[KINDS[-1]])
    assert len(told(agency.colleague)) == 3


def test_pages_from_the_report_to_the_closed_issue(client, agency):
    report = sent(agency)
    client.force_login(agency.head)
    url = reverse("reports:weekly-raise", args=[report.pk])
    assert "hỗ trợ tài liệu" in client.get(url).context["form"].initial["text"]
    wrong = client.post(
        url, {"text": "Hỗ trợ", "owner": agency.colleague.pk, "due_on": "24/5/2018"}
    )
    assert wrong.status_code == 422
    said = {"text": "Hỗ trợ", "owner": agency.colleague.pk, "due_on": "1/6/2018"}
    assert client.post(url, said).url == report.get_absolute_url()
    issue = Issue.objects.get()
    assert issue.title in client.get(report.get_absolute_url()).content.decode()
    assign = reverse("reports:issue-assign", args=[issue.pk])
    assert client.get(assign).status_code == 200
    stale = client.post(assign, {**said, "version": 0})
    assert stale.status_code == 409

    client.force_login(agency.colleague)
    assert "Trả lời 1 kiến nghị" in client.get("/").content.decode()
    step = reverse("reports:issue-step", args=[issue.pk, "answer"])
    client.post(step, {"version": 1, "comment": "Đã gửi tài liệu"})
    client.force_login(agency.cadre)
    assert "Đã gửi tài liệu" in client.get(issue.get_absolute_url()).content.decode()


def test_list_is_filtered_and_goes_out_as_a_file(client, agency, may):
    opened(agency)
    may.move_to("2018-06-02 09:00+07:00")
    client.force_login(agency.colleague)

    assert len(client.get(f"{LIST}?whose=owned&state=overdue").context["lines"]) == 1
    assert len(client.get(f"{LIST}?whose=mine").context["lines"]) == 0
    assert "Hỗ trợ tài liệu" in b"".join(client.get(f"{LIST}?format=csv")).decode()
    client.force_login(agency.stranger)
    assert client.get(LIST).context["lines"] == []
    assert client.get(Issue.objects.get().get_absolute_url()).status_code == 404


def test_list_asks_the_same_with_one_issue_and_with_three(
    client, agency, django_assert_num_queries
):
    client.force_login(agency.secretary)
    opened(agency)
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)
    for week in (19, 20):
        writing.acknowledge(sent(agency, week=week), by=agency.head)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(LIST).context["lines"]) == 3
