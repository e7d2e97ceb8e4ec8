"""The page of annual summaries."""

import re
import threading
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from reports.actions import annual
from reports.choices import JobState
from reports.models import ReportJob
from reports.tasks import build_queued_reports
from tests.factories.agency import make_agency

URL = "/reports/annual/"
AS_OF = date(2018, 10, 24)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel("2018-11-20 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def woken(monkeypatch):
    """How often a worker was woken."""
    calls = []
    monkeypatch.setattr(build_queued_reports, "apply_async", lambda **kw: calls.append(kw))
    return calls


def asked(agency, *, day=AS_OF, department=None):
    return annual.ask(year=2018, as_of=day, department=department, by=agency.coordinator)


def sent(**changed):
    return {"year": "2018", "as_of": "24/10/2018", "department": "", "form_key": uuid4(), **changed}


def test_form_offers_today_and_the_whole_agency(client, agency):
    client.force_login(agency.secretary)

    page = client.get(URL).content.decode()

    assert 'value="20/11/2018"' in page
    assert re.findall(r"<option[^>]*>([^<]+)", page)[1:] == [
        "Ban Thanh niên Nông thôn", "Ban Tổ chức - Kiểm tra", "Văn phòng"
    ]  # fmt: skip


def test_form_of_a_head_offers_the_own_department_only(client, agency):
    client.force_login(agency.head)

    page = client.get(URL).content.decode()

    assert re.findall(r"<option[^>]*>([^<]+)", page) == ["Ban Thanh niên Nông thôn"]


def test_post_queues_wakes_a_worker_and_leads_back(
    client, agency, woken, django_capture_on_commit_callbacks
):
    client.force_login(agency.head)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(URL, sent(department=agency.rural.pk))

    assert (response.status_code, response["Location"], len(woken)) == (302, URL, 1)
    job = ReportJob.objects.get()
    assert (job.year, job.as_of, job.department, job.asked_by, job.state) == (
        2018, AS_OF, agency.rural, agency.head, JobState.QUEUED
    )  # fmt: skip


def test_post_without_a_broker_is_queued_all_the_same(
    client, agency, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(**_kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(build_queued_reports, "apply_async", refuse)
    client.force_login(agency.secretary)

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(URL, sent()).status_code == 302

    assert ReportJob.objects.get().state == JobState.QUEUED


def test_post_does_not_wait_for_a_broker_that_hangs(
    client, agency, monkeypatch, django_capture_on_commit_callbacks
):
    answered = threading.Event()
    monkeypatch.setattr(build_queued_reports, "apply_async", lambda **_: answered.wait(60))
    monkeypatch.setattr("accounts.waking.PATIENCE", 0.01)
    client.force_login(agency.secretary)

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(URL, sent()).status_code == 302

    assert not answered.is_set()
    answered.set()


def test_post_twice_makes_one_report(client, agency, woken):
    client.force_login(agency.secretary)
    form = sent()

    client.post(URL, form)
    client.post(URL, form)
    client.post(URL, sent())

    assert ReportJob.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("", date(2018, 11, 20)), ("24/10/2018", AS_OF), ("24-10-2018", AS_OF),
        ("2018-10-24", AS_OF), (" 1/1/2018 ", date(2018, 1, 1)),
    ],
)  # fmt: skip
def test_day_is_understood_as_an_office_writes_it(client, agency, woken, given, meant):
    client.force_login(agency.secretary)

    client.post(URL, sent(as_of=given))

    assert ReportJob.objects.get().as_of == meant


def test_empty_day_of_a_past_year_is_its_last(client, agency, woken):
    client.force_login(agency.secretary)

    client.post(URL, sent(as_of="", year="2017"))

    assert ReportJob.objects.get().as_of == date(2017, 12, 31)


@pytest.mark.parametrize(
    "wrong",
    [
        {"as_of": "31/02/2018"}, {"as_of": "24/10/2017"}, {"as_of": "21/11/2018"},
        {"as_of": "\0"}, {"as_of": "1" * 10_000}, {"year": "0"}, {"year": "9999"}, {"year": ""},
        {"year": "hai"}, {"year": "\0"}, {"year": "2019", "as_of": ""}, {"department": "999"},
        {"department": "x\0"}, {"year": "9" * 5_000},
    ],
)  # fmt: skip
def test_wrong_input_is_answered_at_its_field_and_kept(client, agency, wrong):
    client.force_login(agency.secretary)

    response = client.post(URL, sent(**wrong))

    field = "as_of" if "as_of" in wrong else next(iter(wrong))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert f'href="#id_{field}"' in response.content.decode()
    assert ReportJob.objects.count() == 0


@pytest.mark.parametrize("key", ["", "x", "\0", "9" * 5_000])
def test_form_key_that_is_none_is_no_obstacle(client, agency, woken, key):
    client.force_login(agency.secretary)

    assert client.post(URL, sent(form_key=key)).status_code in {200, 302}


def test_head_who_names_another_department_gets_nothing(client, agency):
    client.force_login(agency.head)

    for department in (agency.office.pk, "", "0"):
        client.post(URL, sent(department=department))

    assert ReportJob.objects.count() == 0


@pytest.mark.parametrize("role", ["cadre", "stranger"])
def test_page_is_not_found_by_others(client, agency, role):
    client.force_login(getattr(agency, role))

    assert client.get(URL).status_code == 404
    assert client.post(URL, sent()).status_code == 404
    assert ReportJob.objects.count() == 0


def test_page_asks_strangers_to_sign_in(client):
    assert client.get(URL)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("part", ["progress", "file"])
def test_report_of_others_is_not_there(client, agency, part):
    job = asked(agency)
    build_queued_reports()

    for role in ("head", "cadre", "stranger", "office_head"):
        client.force_login(getattr(agency, role))
        assert client.get(f"{URL}{job.pk}/{part}/").status_code == 404


def test_file_is_handed_out_under_its_name_and_kept_nowhere(client, agency):
    job = asked(agency, department=agency.rural)
    build_queued_reports()
    client.force_login(agency.head)

    response = client.get(f"{URL}{job.pk}/file/")

    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["Content-Disposition"] == (
        'attachment; filename="bao-cao-2018-NT-den-24-10-2018.pdf"'
    )
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"


def test_file_that_is_not_ready_or_gone_is_a_404(client, agency):
    job = asked(agency)
    client.force_login(agency.secretary)
    assert client.get(f"{URL}{job.pk}/file/").status_code == 404

    build_queued_reports()
    job.refresh_from_db()
    job.file.storage.delete(job.file.name)

    assert client.get(f"{URL}{job.pk}/file/").status_code == 404


def test_progress_asks_again_until_there_is_a_file(client, agency):
    job = asked(agency)
    client.force_login(agency.secretary)

    before = client.get(f"{URL}{job.pk}/progress/").content.decode()
    build_queued_reports()
    after = client.get(f"{URL}{job.pk}/progress/").content.decode()

    assert f'hx-get="{URL}{job.pk}/progress/"' in before
    assert "hx-get" not in after
    assert f'href="{URL}{job.pk}/file/"' in after


def test_looking_changes_nothing(client, agency):
    job = asked(agency)
    before = ReportJob.objects.values().get()
    client.force_login(agency.secretary)

    for address in (URL, f"{URL}{job.pk}/progress/", f"{URL}{job.pk}/file/"):
        client.get(address)

    assert ReportJob.objects.values().get() == before


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count_does_not_grow(client, agency, count, django_assert_num_queries):
    for number in range(count):
        asked(agency, day=date(2018, 10, 1 + number), department=agency.rural)
    client.force_login(agency.secretary)

    # session, person, unread messages, appointments, portfolios, regulation (form), reports,
    # versions of their departments, departments offered, their versions
    with django_assert_num_queries(10):
        page = client.get(URL).content.decode()

    assert page.count('<tr role="row">') == 1 + count


def test_failed_report_names_the_way_out(client, agency, monkeypatch):
    job = asked(agency)
    monkeypatch.setattr("reports.documents.annual.html", lambda _: 1 / 0)
    annual.build_queued(now=timezone.now())
    client.force_login(agency.secretary)

    page = client.get(f"{URL}{job.pk}/progress/").content.decode()

    assert "ZeroDivisionError" not in page
    assert "hx-get" not in page
