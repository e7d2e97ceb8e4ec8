"""Pages of weekly reports: the list, writing, nothing to report, reading many."""

import pytest
import time_machine
from django.urls import reverse

from fieldvisits.calendar import Week
from reports.actions import writing
from reports.models import WeeklyReport
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import make_agency
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
W21 = Week(2018, 21)
SAID = {"results": "Đã làm việc với Ban Thường vụ Huyện đoàn Sóc Sơn về đại hội"}
WRITE = reverse("reports:weekly-write", args=[W21])
NOTHING = reverse("reports:weekly-nothing", args=[W21])
RECEIVED = reverse("reports:weekly-received")


@pytest.fixture(autouse=True)
def friday():
    with time_machine.travel("2018-05-25 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency(friday):
    agency = make_agency()
    booked_visit(agency.cadre, "2018-05-21", result="Gặp 40 đoàn viên")
    return agency


def page_of(client, person, url):
    client.force_login(person)
    return client.get(url)


def sent(agency, person=None, week=W21):
    person = person or agency.cadre
    report = writing.save_weekly(week, by=person, said=SAID)
    writing.submit(report, by=person)
    return report


def test_writing_begins_with_the_weeks_visits(client, agency):
    answer = page_of(client, agency.cadre, WRITE)

    assert "Gặp 40 đoàn viên" in answer.context["form"].initial["results"]
    assert not WeeklyReport.objects.exists()


def test_draft_is_saved_and_goes_on_to_the_question(client, agency):
    client.force_login(agency.cadre)

    answer = client.post(WRITE, {**SAID, "then": "submit"})

    report = WeeklyReport.objects.get()
    assert answer.url == reverse("reports:weekly-step", args=[report.pk, "submit"])
    assert client.post(answer.url, {"version": 0}).status_code == 302
    report.refresh_from_db()
    assert report.state == "submitted"


def test_nothing_to_report_is_asked_once_and_sent(client, agency):
    assert page_of(client, agency.cadre, NOTHING).status_code == 200
    assert not WeeklyReport.objects.exists()

    assert client.post(NOTHING).status_code == 302

    report = WeeklyReport.objects.get()
    assert (report.state, report.has_nothing) == ("submitted", True)
    assert client.post(NOTHING).status_code == 409


def test_stale_draft_keeps_what_was_typed(client, agency):
    writing.save_weekly(W21, by=agency.cadre, said={"results": "Một"})
    client.force_login(agency.cadre)

    answer = client.post(WRITE, {"results": "Hai mươi", "revision": "0"})

    assert answer.status_code == 409
    assert "Hai mươi" in answer.content.decode()
    assert client.post(WRITE, {"results": "Hai mươi", "revision": "1"}).status_code == 302


@pytest.mark.parametrize("week", ["2018-W53", "2018-W1", "W21", "9999-W01", "2018-W021", "x"])
def test_week_that_does_not_exist_is_not_found(client, agency, week):
    assert page_of(client, agency.cadre, f"/reports/written/weeks/{week}/").status_code == 404


def test_submitted_report_is_not_offered_for_writing(client, agency):
    sent(agency)

    assert page_of(client, agency.cadre, WRITE).status_code == 409


def test_too_long_text_is_refused_at_its_field(client, agency):
    client.force_login(agency.cadre)

    answer = client.post(WRITE, {"results": "x" * 8001})

    assert answer.status_code == 422
    assert "results" in answer.context["form"].errors


def test_list_tells_what_is_owed_on_time_late_and_missing(client, agency, friday):
    for day in ("2018-05-14", "2018-05-07"):
        booked_visit(agency.cadre, day)
    sent(agency, week=Week(2018, 20))

    weeks = page_of(client, agency.cadre, reverse("reports:written")).context["weeks"]

    assert [(line.about.number, line.standing) for line in weeks] == [
        (21, None), (20, "late"), (19, "missing"),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_own_list_takes_as_many_queries_with_more_weeks(
    client, agency, count, django_assert_num_queries
):
    for number in range(count):
        booked_visit(agency.cadre, f"2018-04-{2 + 7 * number:02d}")
    client.force_login(agency.cadre)

    # session, person, offices, regulation, holidays, reports, slots, submitted;
    # quarters: reports, days; menu
    with django_assert_num_queries(11):
        client.get(reverse("reports:written"))


@pytest.mark.parametrize("count", [1, 3])
def test_received_list_takes_as_many_queries_with_more_reports(
    client, agency, count, django_assert_num_queries
):
    for _ in range(count):
        person = PersonFactory()
        appoint(person, department=agency.rural)
        sent(agency, person)
    client.force_login(agency.head)

    # session, person, offices, departments, reports, superiors 2, menu
    with django_assert_num_queries(8):
        assert len(client.get(RECEIVED).context["lines"]) == count


def test_ticked_reports_are_acknowledged_at_once(client, agency):
    first, second = sent(agency), sent(agency, agency.colleague)
    client.force_login(agency.head)

    client.post(
        reverse("reports:weekly-acknowledge-all"), {"report": [first.pk, second.pk, "x", "-1"]}
    )

    assert set(WeeklyReport.objects.values_list("state", flat=True)) == {"acknowledged"}


def test_reports_of_others_cannot_be_ticked(client, agency):
    report = sent(agency, agency.head)
    client.force_login(agency.colleague)

    client.post(reverse("reports:weekly-acknowledge-all"), {"report": [report.pk]})

    report.refresh_from_db()
    assert report.state == "submitted"


def test_cadre_has_no_list_of_received_reports(client, agency):
    assert page_of(client, agency.cadre, RECEIVED).status_code == 404


def test_export_has_the_rows_of_the_filter(client, agency):
    sent(agency), sent(agency, agency.colleague)
    url = f"{RECEIVED}?format=csv&person=thu+ha"

    lines = b"".join(page_of(client, agency.head, url).streaming_content).decode().splitlines()

    assert len(lines) == 2
    assert "Trần Thu Hà" in lines[1]
    assert "Sóc Sơn" in lines[1]


def todos(client, person):
    return [str(todo.title) for todo in page_of(client, person, "/").context["desk"].todos]


def test_desk_says_until_when_today(client, agency):
    page = page_of(client, agency.cadre, "/")

    [todo] = [todo for todo in page.context["desk"].todos if "21" in str(todo.title)]
    assert "17:00" in str(todo.when)
    assert WRITE in page.content.decode()
    sent(agency)
    assert not any("21" in title for title in todos(client, agency.cadre))


def test_desk_of_the_superior_counts_what_waits(client, agency):
    sent(agency), sent(agency, agency.colleague)

    asker = page_of(client, agency.head, "/").context["request"].asker

    assert asker.queue("to_read").count == 2


def unread(client, person):
    rows = page_of(client, person, f"{RECEIVED}?waiting=unread").context["lines"]
    return [line.report.person for line in rows]


def test_report_unread_for_seven_days_is_shown_to_the_superiors_superior(client, agency, friday):
    sent(agency)
    friday.move_to("2018-06-01 08:59+07:00")
    assert unread(client, agency.deputy_secretary) == []

    friday.move_to("2018-06-01 09:01+07:00")

    assert unread(client, agency.deputy_secretary) == [agency.cadre]
    assert [unread(client, getattr(agency, role)) for role in ("secretary", "member")] == [[], []]
    assert any("7" in title for title in todos(client, agency.deputy_secretary))
    assert WeeklyReport.objects.get().state == "submitted"


def test_report_of_a_head_left_unread_is_shown_to_the_secretary(client, agency, friday):
    sent(agency, agency.head)
    friday.move_to("2018-06-03 09:00+07:00")

    assert unread(client, agency.secretary) == [agency.head]
    assert unread(client, agency.deputy_secretary) == []


def test_report_with_the_secretary_is_shown_to_the_first_deputy(client, agency, friday):
    sent(agency, agency.deputy_secretary)
    friday.move_to("2018-06-03 09:00+07:00")

    assert unread(client, agency.deputy_secretary) == []  # it is one's own
    sent(agency, agency.member)
    friday.move_to("2018-06-13 09:00+07:00")
    assert unread(client, agency.deputy_secretary) == [agency.member]
