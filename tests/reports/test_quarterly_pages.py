"""Pages of quarterly reports: the list, writing, reading, what waits on the desk (R10)."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from fieldvisits.calendar import Quarter
from reports.actions import writing
from reports.models import QuarterlyReport
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import make_agency
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
Q3 = Quarter(2018, 3)
SAID = {
    "results": "Đã đi 12 ngày, khảo sát nhu cầu vay vốn tại bốn xã của huyện Sóc Sơn",
    "self_assessment": "Thực hiện đủ kế hoạch",
}
WRITE = reverse("reports:quarterly-write", args=[Q3])
RECEIVED = reverse("reports:quarterly-received")


@pytest.fixture(autouse=True)
def october():
    with time_machine.travel("2018-10-04 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency(october):
    agency = make_agency()
    booked_visit(agency.cadre, "2018-07-03", "2018-07-04", result="Khảo sát xong")
    return agency


def page_of(client, person, url):
    client.force_login(person)
    return client.get(url)


def sent(person):
    report = writing.save_quarterly(Q3, by=person, said=SAID)
    writing.submit(report, by=person)
    return report


def test_writing_shows_the_numbers_and_begins_with_the_results(client, agency):
    answer = page_of(client, agency.cadre, WRITE)

    assert answer.context["page"]["total"].half_days == [4, 4, 4, 4]
    assert "Khảo sát xong" in answer.context["form"].initial["results"]
    assert not QuarterlyReport.objects.exists()


def test_report_is_written_asked_and_submitted(client, agency):
    client.force_login(agency.cadre)

    asked = client.post(WRITE, {**SAID, "then": "submit"})
    assert client.get(asked.url).status_code == 200
    client.post(asked.url, {"version": 0})

    assert QuarterlyReport.objects.get().state == "submitted"


def test_page_keeps_the_frozen_numbers(client, agency):
    report = sent(agency.cadre)
    booked_visit(agency.cadre, "2018-09-03")

    page = page_of(client, agency.head, report.get_absolute_url()).context["page"]

    assert page.total.half_days == [4, 4, 4, 4]
    assert [step.name for step in page.buttons] == ["accept", "return"]


def test_returned_report_says_why_and_is_written_again(client, agency):
    report = sent(agency.cadre)
    client.force_login(agency.head)
    url = reverse("reports:quarterly-step", args=[report.pk, "return"])
    client.post(url, {"version": 1, "comment": "Ghi rõ sản phẩm"})

    assert (
        "Ghi rõ sản phẩm"
        in page_of(client, agency.cadre, report.get_absolute_url()).content.decode()
    )
    assert page_of(client, agency.cadre, WRITE).status_code == 200


@pytest.mark.parametrize("quarter", ["2018-5", "x", "2018-0", "9999-1", "1999-1"])
def test_quarter_that_does_not_exist_is_not_found(client, agency, quarter):
    url = f"/reports/written/quarters/{quarter}/"
    assert page_of(client, agency.cadre, url).status_code == 404


@pytest.mark.parametrize(
    ("at", "standing"),
    [("2018-10-05 23:59+07:00", "on_time"), ("2018-10-06 00:00+07:00", "late")],
)
def test_report_is_on_time_until_the_end_of_the_fifth(client, agency, october, at, standing):
    october.move_to(at)
    sent(agency.cadre)

    lines = page_of(client, agency.cadre, reverse("reports:written")).context["quarters"]

    assert [(line.about, line.standing) for line in lines] == [(Q3, standing)]


def test_quarter_nobody_reported_is_missing_from_the_sixth(client, agency, october):
    list_ = reverse("reports:written")
    assert page_of(client, agency.cadre, list_).context["quarters"][0].standing is None

    october.move_to("2018-10-06 09:00+07:00")

    [line] = page_of(client, agency.cadre, list_).context["quarters"]
    assert (line.standing, line.due_on) == ("missing", date(2018, 10, 5))


@pytest.mark.parametrize("count", [1, 3])
def test_received_list_takes_as_many_queries_with_more_reports(
    client, agency, count, django_assert_num_queries
):
    for _ in range(count):
        person = PersonFactory()
        appoint(person, department=agency.rural)
        sent(person)
    client.force_login(agency.head)

    # session, person, offices, departments, reports, superiors 2, menu
    with django_assert_num_queries(8):
        assert len(client.get(RECEIVED).context["lines"]) == count


def todos(client, person):
    return [todo.url for todo in page_of(client, person, "/").context["desk"].todos]


def test_desk_asks_for_the_report_and_the_superior_to_read_it(client, agency):
    assert WRITE in todos(client, agency.cadre)

    report = sent(agency.cadre)

    assert WRITE not in todos(client, agency.cadre)
    assert report.get_absolute_url() in todos(client, agency.head)


def test_desk_asks_nobody_without_a_visit_in_the_quarter(client, agency):
    assert WRITE not in todos(client, agency.colleague)


def test_report_left_unread_is_shown_to_the_superiors_superior(client, agency, october):
    sent(agency.cadre)
    october.move_to("2018-10-12 09:00+07:00")
    url = f"{RECEIVED}?waiting=unread"

    [line] = page_of(client, agency.deputy_secretary, url).context["lines"]

    assert line.report.person == agency.cadre
    assert url in todos(client, agency.deputy_secretary)
