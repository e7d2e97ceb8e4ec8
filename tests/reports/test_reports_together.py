"""R11, R12: several people act on one report, or one issue, at the same moment."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from accounts.models import Person
from fieldvisits.actions import door
from fieldvisits.calendar import Week
from fieldvisits.history import contradictions
from reports.actions import annual_reports, issues, writing
from reports.models import AnnualReport, Issue, WeeklyReport
from tests.factories.agency import make_agency
from tests.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 6
WEEK = {"results": "Đã khảo sát 104 phiếu tại ba xã", "proposals": "Cấp thêm tài liệu"}
YEAR = {"results": "Đã đi 12 xã, tháo gỡ vốn vay", "lessons": "Hẹn đơn vị trước một tuần"}


@pytest.fixture
def agency(transactional_db):
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield make_agency()


def weekly(agency):
    report = writing.save_weekly(Week(2018, 40), by=agency.cadre, said=WEEK)
    writing.submit(report, by=agency.cadre)
    return [(writing.acknowledge, agency.head), (writing.withdraw, agency.cadre)]


def annual(agency):
    report = annual_reports.save(agency.rural, 2018, by=agency.head, said=YEAR)
    annual_reports.submit(report, by=agency.head)
    annual_reports.put_before(report, by=agency.coordinator)
    return [
        (annual_reports.receive, agency.member),
        (annual_reports.send_back, agency.secretary),
        (annual_reports.take_back, agency.coordinator),
    ]


def issue(agency):
    report = writing.save_weekly(Week(2018, 40), by=agency.cadre, said=WEEK)
    writing.submit(report, by=agency.cadre)
    raised = issues.open_issue(
        report, by=agency.head, text="Hỗ trợ tài liệu", owner=agency.colleague,
        due_on=date(2018, 10, 12),
    )  # fmt: skip
    issues.answer(raised, by=agency.colleague, comment="Đã cấp 200 bộ")
    return [(issues.close, agency.head), (issues.reopen, agency.cadre)]


def press(model, ways, number):
    act, person = ways[number % len(ways)]
    return act(model.objects.get(), by=Person.objects.get(pk=person.pk), comment="Lý do rõ ràng")


CASES = {WeeklyReport: weekly, AnnualReport: annual, Issue: issue}


@pytest.mark.parametrize("model", CASES, ids=lambda model: model.__name__)
def test_one_of_many_different_steps_at_once_goes_through(agency, model):
    ways = CASES[model](agency)
    before = model.objects.get().steps.count()

    answers = all_at_once(PEOPLE, lambda number: press(model, ways, number))

    refused = [one for one in answers if isinstance(one, ValidationError | PermissionDenied)]
    paper = model.objects.get()
    # An issue that was closed may be opened again at once, by who raised it: two right steps.
    went = 2 if model is Issue and len(refused) == PEOPLE - 2 else 1
    assert len(refused) == PEOPLE - went
    assert paper.steps.count() == before + went
    assert list(contradictions()) == []


def test_report_read_six_times_at_once_puts_one_issue_into_the_register(agency):
    weekly(agency)

    all_at_once(PEOPLE, lambda number: press(WeeklyReport, [(writing.acknowledge, agency.head)], 0))

    assert Issue.objects.count() == 1
    assert WeeklyReport.objects.get().steps.filter(name="acknowledge").count() == 1


def test_control_without_the_guard_the_history_would_be_written_twice(agency, monkeypatch):
    """Compare-and-set taken away: only the database's own constraint is left, and shows."""
    ways = annual(agency)
    monkeypatch.setattr(door, "hold", lambda _paper: None)
    monkeypatch.setattr(door, "_unmoved", lambda paper: AnnualReport.objects.filter(pk=paper.pk))
    report, first = AnnualReport.objects.get(), AnnualReport.objects.get()
    annual_reports.receive(first, by=ways[0][1])

    with pytest.raises(IntegrityError):
        annual_reports.send_back(report, by=ways[1][1], comment="Bổ sung")
