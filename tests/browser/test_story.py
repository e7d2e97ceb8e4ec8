"""Two cadres' plans the whole way, in a real Chromium, by clicking and typing."""

import json
import re
import subprocess
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from reports.tasks import build_queued_reports
from tests.browser import steps
from tests.browser.people import Somebody
from tests.browser.steps import Row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HA, CHIEN = "Trần Thu Hà", "Đặng Hữu Chiến"
PLAN_OF_HA = (
    Row(
        "ba vi",
        "Huyện đoàn Ba Vì",
        date(2018, 10, 15),
        "Khảo sát vốn vay tại bốn xã",
        date(2018, 10, 16),
    ),
    Row("ba vi", "Huyện đoàn Ba Vì", date(2018, 10, 18), "Tập huấn cán bộ Đoàn các xã"),
    Row("dong da", "Quận đoàn Đống Đa", date(2018, 10, 23), "Làm việc về mô hình hợp tác"),
)
PLAN_OF_CHIEN = (
    Row(
        "dong da",
        "Quận đoàn Đống Đa",
        date(2018, 10, 17),
        "Nắm tình hình thanh niên",
        session="Sáng",
    ),
    Row("ba vi", "Huyện đoàn Ba Vì", date(2018, 10, 25), "Sơ kết phong trào quý III"),
)


@pytest.fixture
def people(agency, chromium, live_server):
    """Who takes part, each signed in with a browser of their own."""
    roles = ("cadre", "colleague", "head", "coordinator", "secretary", "member")
    signed_in = {
        role: Somebody(chromium, live_server.url, getattr(agency, role)).sign_in() for role in roles
    }
    yield signed_in
    for somebody in signed_in.values():
        somebody.leave()


def test_two_plans_go_the_whole_way(people, clock, tmp_path):
    plan_until_the_committee(people)
    first_sitting(people)
    days_later(people, clock, "2018-10-11")
    second_sitting(people)
    days_later(people, clock, "2018-10-26")
    report_and_accept(people)
    look_at_the_days(people)
    text = annual_report(people["secretary"], tmp_path)

    figures = {row["code"]: row["accepted"] for row in exported(2018)["cadres"]}
    found = {
        name: figures[people[role].person.code]
        for name, role in ((HA, "cadre"), (CHIEN, "colleague"))
    }
    assert found == {HA: 41.5, CHIEN: 1.5}
    for name, total in found.items():
        assert f" {total:.1f} ".replace(".", ",") in row_of(text, name)


def days_later(people, clock, day):
    """Sessions have ended; everybody comes back with a new one."""
    clock.move_to(f"{day} 09:00+07:00")
    for somebody in people.values():
        somebody.enter()


def plan_until_the_committee(people):
    cadre, colleague, head = people["cadre"], people["colleague"], people["head"]
    steps.file_plan(cadre, "Quý IV/2018", *PLAN_OF_HA)
    steps.file_plan(colleague, "Quý IV/2018", *PLAN_OF_CHIEN)
    steps.return_plan(head, CHIEN, "Ghi rõ nội dung sơ kết")
    steps.agree(head, HA)
    steps.mend(
        colleague, "Ghi rõ nội dung sơ kết", "25.10", content="Sơ kết phong trào ba xung kích"
    )
    steps.agree(head, CHIEN)
    steps.meet_and_forward(head, date(2018, 10, 2))
    steps.put_before(people["coordinator"], "Ban Thanh niên Nông thôn")


def first_sitting(people):
    chair = people["secretary"]
    steps.convene(chair, date(2018, 10, 2))
    steps.approve(chair, "15–16/10/2018")
    steps.adjust(
        chair, "18/10/2018", to=date(2018, 10, 19), session="Sáng", reason="Trùng ngày họp giao ban"
    )
    steps.decline(chair, "23/10/2018", "Đơn vị đang chuẩn bị đại hội")
    steps.approve(chair, "17/10/2018")
    steps.defer(chair, "25/10/2018")
    steps.close(chair, "78-TB/TĐTN-TCKT")
    chair.reads("18/10/2018", "19/10/2018 sáng", "Điều chỉnh: Trùng ngày họp giao ban")
    chair.reads("Không đồng ý: Đơn vị đang chuẩn bị đại hội", "Để lại phiên sau", "BÍ THƯ")


def second_sitting(people):
    """What was deferred comes by itself; the other member decides, the secretary closes."""
    chair = people["secretary"]
    steps.convene(chair, date(2018, 10, 11))
    steps.approve(chair, "25/10/2018")
    steps.close(chair, "80-TB/TĐTN-TCKT")
    chair.reads("đồng ý 1 chuyến", "25/10/2018", "Huyện đoàn Ba Vì")


def report_and_accept(people):
    cadre, colleague, head = people["cadre"], people["colleague"], people["head"]
    steps.report(cadre, "15–16/10/2018", "Khảo sát 104 phiếu tại bốn xã")
    steps.report(cadre, "19/10/2018", "Tập huấn 62 cán bộ Đoàn")
    steps.report(colleague, "17/10/2018", "Nắm tình hình ba chi đoàn")
    steps.report(colleague, "25/10/2018", "Sơ kết, khen thưởng 12 đoàn viên")
    steps.accept(head, HA)
    steps.accept(head, CHIEN)


def look_at_the_days(people):
    """On the committee's board, on the cadre's desk, and each half-day with its reason."""
    people["secretary"].menu("Toàn cơ quan").reads("43,0")
    cadre = people["cadre"].menu("Bàn làm việc").reads("41,5")
    cadre.click("Từng ngày được tính thế nào").reads("19/10/2018", "Được tính chính thức.")
    cadre.reads("Thường trực Thành đoàn không thống nhất chuyến đi này.")


def annual_report(secretary, tmp_path):
    """Asked for on its page, built by the worker, read back from the paper."""
    secretary.menu("Tổng hợp năm").click("Lập báo cáo")
    expect(secretary.main().get_by_role("progressbar")).to_be_visible()
    build_queued_reports()
    with secretary.page.expect_download() as download:
        secretary.click(re.compile("^Tải về PDF"))
    path = tmp_path / "annual.pdf"
    download.value.save_as(path)
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True
    ).stdout


def exported(year):
    out = StringIO()
    call_command("export_figures", year=str(year), stdout=out)
    return json.loads(out.getvalue())


def row_of(text, name):
    rows = [f"{' '.join(line.split())} " for line in text.splitlines()]
    return next(row for row in rows if name in row and "60,0" in row)
