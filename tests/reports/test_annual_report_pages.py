"""Pages of the departments' annual reports: the list of a year, writing, one to read."""

import pytest
import time_machine
from django.urls import reverse

from reports.actions import annual_reports
from reports.models import AnnualReport
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import make_agency
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
LIST = reverse("reports:annual-reports")
WRITE = reverse("reports:annual-report-write", args=["NT", 2018])
SAID = {
    "results": "Ban đã đi 12 xã, giải quyết vốn vay cho bốn tổ hợp tác",
    "lessons": "Đi theo tổ, hẹn đơn vị trước một tuần",
}


@pytest.fixture
def agency():
    with time_machine.travel("2018-10-20 09:00+07:00", tick=False):
        agency = make_agency()
        booked_visit(agency.cadre, "2018-07-03", "2018-07-04")
        yield agency


def page(client, person, url):
    client.force_login(person)
    return client.get(url)


def test_head_writes_and_goes_on_to_the_question(client, agency):
    assert "Trần Thu Hà" in page(client, agency.head, WRITE).content.decode()

    answer = client.post(WRITE, {**SAID, "then": "submit"})

    report = AnnualReport.objects.get()
    assert answer.url == reverse("reports:annual-report-step", args=[report.pk, "submit"])
    assert "2,0" in client.get(report.get_absolute_url()).content.decode()
    assert client.post(answer.url, {"version": 0}).status_code == 302
    assert client.post(WRITE, {**SAID, "revision": 1}).status_code in (302, 409)
    assert client.post(WRITE, {"results": "Khác", "revision": 1}).status_code == 409


def test_deputy_writes_without_the_figures_of_persons_and_cannot_submit(client, agency):
    deputy = PersonFactory()
    appoint(deputy, department=agency.rural, office="deputy")

    shown = page(client, deputy, WRITE).content.decode()
    answer = client.post(WRITE, {**SAID, "then": "submit"})

    assert "Trần Thu Hà" not in shown
    assert answer.url == AnnualReport.objects.get().get_absolute_url()


def test_stale_draft_keeps_what_was_typed(client, agency):
    annual_reports.save(agency.rural, 2018, by=agency.head, said=SAID)
    client.force_login(agency.head)

    answer = client.post(WRITE, {"results": "Chữ của tôi", "revision": ""})

    assert answer.status_code == 409
    assert "Chữ của tôi" in answer.content.decode()
    assert AnnualReport.objects.get().results == SAID["results"]


def test_list_names_every_department_to_tckt_and_the_own_one_to_a_head(client, agency):
    both = page(client, agency.coordinator, LIST).content.decode()
    own = page(client, agency.head, LIST).content.decode()
    file = b"".join(page(client, agency.secretary, f"{LIST}?format=csv")).decode()

    assert "Văn phòng" in both
    assert "Ban Thanh niên Nông thôn" in own
    assert "Văn phòng" not in own.partition('id="departments"')[2]
    assert file.count("\r\n") == 4


@pytest.mark.parametrize("role", ["cadre", "stranger"])
def test_pages_are_not_found_by_others(client, agency, role):
    report = annual_reports.save(agency.rural, 2018, by=agency.head, said=SAID)

    found = {page(client, getattr(agency, role), url).status_code
             for url in (LIST, WRITE, report.get_absolute_url())}  # fmt: skip
    assert found == {404}


def test_desk_says_what_waits_for_head_tckt_and_committee(client, agency):
    def desk(role):
        return page(client, getattr(agency, role), "/").content.decode()

    assert "Báo cáo năm 2018 của ban" in desk("head")
    report = annual_reports.save(agency.rural, 2018, by=agency.head, said=SAID)
    annual_reports.submit(report, by=agency.head)
    assert "Báo cáo năm 2018 của ban" not in desk("head")
    assert "Trình Thường trực 1 báo cáo năm" in desk("coordinator")
    annual_reports.put_before(report, by=agency.coordinator)
    assert "Tiếp nhận 1 báo cáo năm của ban" in desk("member")
    annual_reports.send_back(report, by=agency.member, comment="Bổ sung")
    assert "Sửa báo cáo năm bị trả lại" in desk("head")
