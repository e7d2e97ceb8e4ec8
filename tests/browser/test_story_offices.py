"""What each office does for the others, told short: one story for every actor of the regime."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from accounts.choices import Body, Office
from fieldvisits.actions import closing, dossiers, plans, sittings
from fieldvisits.calendar import Quarter
from fieldvisits.models import AdHocRequest, Dossier, Plan, Regulation, Visit
from tests.browser import steps
from tests.browser.people import Somebody
from tests.factories.accounts import PersonFactory, appoint, make_administrator
from tests.factories.agency import (
    approved_visit,
    bring_before,
    inspector_of_agency,
    make_plan,
    representative,
)
from tests.factories.requests import endorsed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Q4 = Quarter(2018, 4)
CONTENT = "Làm việc với Ban Thường vụ về nhân sự đại hội"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


@pytest.fixture
def enter(chromium, live_server):
    """People come in one after the other; all leave at the end, and nobody's page complained."""
    came: list[Somebody] = []

    def enter(person, **options):
        came.append(Somebody(chromium, live_server.url, person, **options))
        return came[-1].enter()

    yield enter
    for somebody in came:
        somebody.leave()


def test_deputy_stands_in_for_a_head_who_is_away(agency, enter):
    deputy = PersonFactory(full_name="Lê Quốc Bảo")
    appoint(deputy, department=agency.rural, office=Office.DEPUTY)
    plan = make_plan(agency, Q4, days=(date(2018, 10, 16),))
    plans.submit(plan, by=agency.cadre)
    head = enter(agency.head).go("/me/delegations/")
    head.pick("Người được ủy quyền", deputy.full_name).write("Từ ngày", date(2018, 10, 2))
    head.write("Đến hết ngày", date(2018, 10, 12)).write("Lý do", "Đi công tác nước ngoài")
    head.click("Ủy quyền").reads(deputy.full_name, "12/10/2018")

    steps.agree(enter(deputy), agency.cadre.full_name)

    assert Plan.objects.get(pk=plan.pk).state == "agreed"
    reader = enter(agency.cadre).go(plan.get_absolute_url())
    reader.reads("Lê Quốc Bảo", "Phạm Đức Long", "Đã thống nhất")


def test_inspector_asks_and_the_unit_confirms_on_a_phone(agency, enter):
    person = representative(agency.unit)
    inspector = enter(inspector_of_agency()).menu("Xác nhận của đơn vị")
    visit = inspector.main().get_by_role("row").filter(has_text=agency.cadre.full_name)
    inspector.click(re.compile("^Đề nghị"), within=visit)
    inspector.reads("Đã đề nghị")

    unit = enter(person, **PHONE).click("Xác nhận 1 chuyến đi")
    unit.choose("Có, nhưng khác ngày hoặc khác buổi")
    expect(unit.field("Thực tế từ ngày")).to_be_visible()
    unit.choose("Có, đúng như đã ghi")
    expect(unit.field("Thực tế từ ngày")).to_be_hidden()
    unit.click("Gửi trả lời")
    unit.page.get_by_role("button", name="Hoàn tác").click()
    unit.reads("Đơn vị trả lời trước hết ngày").click("Trả lời")
    unit.choose("Có, đúng như đã ghi").click("Gửi trả lời")
    unit.reads("Đã xác nhận")

    inspector.go("/confirmations/").reads("Đã xác nhận")
    assert Visit.objects.get(cadre=agency.cadre).confirmation == "confirmed"


def test_member_in_charge_decides_between_sittings(agency, enter):
    asked = endorsed(agency, date(2018, 10, 12))
    member = enter(agency.deputy_secretary).menu("Đi đột xuất").click("12/10/2018")
    member.reads("Đơn vị đề nghị đột xuất để gỡ khó về nhân sự")
    member.click("Duyệt").write("Ghi chú", "Đi trong ngày").click("Duyệt")
    member.reads("Được đồng ý", "Đồng chí Lưu Gia Khánh quyết định giữa hai phiên họp")

    assert AdHocRequest.objects.get(pk=asked.pk).state == "approved"
    enter(agency.cadre).menu("Chuyến đi").reads("12/10/2018", "Được duyệt")


def test_office_compiles_the_dossier_of_members_without_a_department(agency, enter):
    plan = make_plan(agency, Q4, cadre=agency.member, days=(date(2018, 10, 17),))
    plans.submit(plan, by=agency.member)
    steps.agree(enter(agency.secretary), agency.member.full_name)

    office = enter(agency.office_head).go("/quarter/THUONG_TRUC/2018-4/")
    office.reads(agency.member.full_name)
    office.write("Ngày họp ban", date(2018, 10, 2)).write("Thành phần dự họp", "Chánh Văn phòng")
    office.write("Lý do gửi thiếu kế hoạch", "Gửi ở hồ sơ bổ sung")
    office.click("Ghi biên bản họp ban")
    office.click("Gửi Ban Tổ chức - Kiểm tra").click("Gửi Ban Tổ chức - Kiểm tra")

    office.reads("Chánh Văn phòng", "Đã gửi Ban Tổ chức - Kiểm tra")
    assert Dossier.objects.get(department=None).state == "with_coordination"


def test_administrator_brings_the_regulation_of_the_next_years(agency, enter):
    administrator = make_administrator(full_name="Ngô Minh Hiếu")
    page = enter(administrator).menu("Quy chế đi cơ sở").click("Phiên bản mới")
    page.write("Số, ký hiệu", "12-KH/TĐTN-TCKT").write("Áp dụng từ năm", "2023")
    page.write("Ngày ban hành", date(2018, 10, 1)).write("Số ngày trong năm", "45")
    page.click("Xem những gì thay đổi").reads("60", "45")
    page.click("Xác nhận").reads("45", "12-KH/TĐTN-TCKT")

    assert Regulation.objects.for_year(2023).target_days == 45
    assert Regulation.objects.for_year(2018).target_days == 60


def test_head_moves_a_visit_to_the_day_the_unit_proposes(agency, enter):
    person = representative(agency.unit)
    visit = approved_visit(agency, date(2018, 10, 9))
    unit = enter(person, **PHONE).click("Trả lời 1 thông báo")
    unit.choose("Đơn vị đề nghị ngày khác")
    unit.write("Ngày đề nghị", date(2018, 10, 11)).write("Ghi chú", "Hôm đó có hội nghị")
    unit.click("Gửi trả lời").reads("11/10/2018")

    head = enter(agency.head).menu("Thông báo đến đơn vị").click("09/10/2018")
    head.reads("11/10/2018", "Hôm đó có hội nghị").click("Về chuyến đi").click(
        "Điều chỉnh chuyến đi"
    )
    head.write("Từ ngày", date(2018, 10, 11)).write("Đến hết ngày", date(2018, 10, 11))
    head.write("Lý do", "Theo đề nghị của đơn vị").click("Xem trước và sau")
    head.reads("09/10/2018", "11/10/2018").click("Điều chỉnh chuyến đi").reads("11/10/2018")

    # The first notice fell with its day; the unit is asked again, about the new one.
    unit.go("/").click("Trả lời 1 thông báo").reads("11/10/2018")
    unit.choose("Đơn vị tiếp được đoàn vào ngày này").click("Gửi trả lời")
    head.menu("Thông báo đến đơn vị").click("11/10/2018").click("Đã thống nhất với đơn vị")
    head.click("Đã thống nhất với đơn vị").reads("Đã giải quyết")

    assert list(visit.unit_notices.values_list("state", flat=True)) == ["settled", "settled"]


def test_coordinator_returns_a_dossier_then_puts_it_before_and_sets_a_kind_right(agency, enter):
    """Organisation and Inspection is the channel: it checks and passes on, and approves nothing."""
    visit = approved_visit(agency, date(2018, 10, 9))
    plan = make_plan(agency, Q4, cadre=agency.colleague, days=(date(2018, 10, 16),))
    dossier = bring_before(agency, plan)
    dossiers.take_back(dossier, by=agency.coordinator)
    page = enter(agency.coordinator).go(dossier.get_absolute_url()).click("Trả lại ban")
    page.write("Lý do", "Thiếu kết luận của cuộc họp ban").click("Trả lại ban")
    page.reads("Đang tổng hợp", "Thiếu kết luận của cuộc họp ban")

    dossiers.forward(dossier, by=agency.head)
    steps.put_before(page, "Ban Thanh niên Nông thôn")
    page.go(dossier.get_absolute_url()).reads("Đã trình Thường trực")

    page.go(visit.get_absolute_url()).click("Đổi loại nội dung")
    page.pick("Loại nội dung", "Dự hoạt động (không tính)")
    page.write("Lý do", "Chỉ dự lễ phát động")
    page.click("Đổi loại nội dung").reads("Dự hoạt động", "Chỉ dự lễ phát động")

    assert Visit.objects.get(pk=visit.pk).kind == "event_attendance"
    assert Dossier.objects.get(pk=dossier.pk).state == "before_committee"


def test_secretary_chairs_a_sitting_on_a_phone_and_looks_at_the_agency(agency, enter):
    """A member is away with a reason; a direction goes out with the notice."""
    plan = make_plan(agency, Q4, days=(date(2018, 10, 16),))
    bring_before(agency, plan)
    chair = enter(agency.secretary, **PHONE).go("/sittings/convene/")
    chair.write("Ngày họp", date(2018, 10, 2)).pick("Chủ trì", agency.secretary.full_name)
    chair.click("Mở phiên họp").page.get_by_text("Ghi đồng chí vắng, đổi chủ trì").click()
    chair.main().get_by_label(f"Đồng chí {agency.member.full_name} vắng").check()
    chair.write(f"Lý do vắng: đồng chí {agency.member.full_name}", "Đi công tác")
    chair.click("Ghi thành phần dự họp").reads("2/3")
    steps.approve(chair, "16/10/2018")
    chair.page.get_by_text("Thêm nội dung chỉ đạo").click()
    chair.write("Nội dung chỉ đạo", "Các ban ưu tiên cơ sở xa").click("Đưa vào Thông báo")
    steps.close(chair, "81-TB/TĐTN-TCKT")
    chair.reads("Các ban ưu tiên cơ sở xa", agency.member.full_name)

    chair.go("/reports/dashboard/").reads("Toàn cơ quan", agency.rural.name_on(date(2018, 10, 2)))
    enter(agency.head).reads("Các ban ưu tiên cơ sở xa")
    assert plan.visits.get().state == "approved"


def test_clerk_numbers_a_notice_closed_without_a_number(agency, enter):
    clerk = PersonFactory(full_name="Tạ Minh Nguyệt")
    appoint(clerk, body=Body.ADMINISTRATION, office=Office.CLERK)
    earlier = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 1))
    closing.close(earlier, by=agency.secretary, notice_number="52-TB/TĐTN-TCKT")
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 2))
    chair = enter(agency.secretary).go(f"{sitting.get_absolute_url()}close/")
    chair.click("Kết thúc phiên họp").reads("(chưa có số)")

    page = enter(clerk).click("Cho số 1 Thông báo của Thường trực")
    expect(page.field("Số, ký hiệu Thông báo")).to_have_value("53-TB/TĐTN-TCKT")
    page.click("Cho số").reads("Số: 53-TB/TĐTN-TCKT")

    page.go("/").reads("Không có việc nào chờ đồng chí")
    enter(agency.cadre).menu("Thông báo của Thường trực").click("53-TB/TĐTN-TCKT")


def test_cadre_asks_for_an_ad_hoc_visit_on_a_phone_and_the_head_endorses(agency, enter):
    cadre = enter(agency.cadre, **PHONE).click("Chuyến đột xuất")
    steps.fill_row(cadre, steps.Row("ba vi", "Huyện đoàn Ba Vì", date(2018, 10, 8), CONTENT))
    cadre.write("Lý do không đưa được vào kế hoạch", "Đơn vị đề nghị gỡ khó về nhân sự")
    cadre.click("Xem lại trước khi gửi").reads(CONTENT).click("Gửi đề nghị")
    cadre.reads("Chờ trưởng ban có ý kiến", agency.head.full_name)

    head = enter(agency.head).click("Cho ý kiến 1 chuyến đột xuất")
    head.click("Đồng ý, trình Thường trực")
    head.write("Báo cáo của đồng chí với Thường trực", "Việc gấp, nên đi")
    head.click("Đồng ý, trình Thường trực").reads("Việc gấp, nên đi")
    head.page.get_by_role("button", name="Hoàn tác").click()
    head.reads("Chờ trưởng ban có ý kiến")

    assert AdHocRequest.objects.get().state == "requested"


def test_bureau_member_reads_what_was_issued_and_decided(agency, enter):
    """Who signs the regulation has read it, and sees what is done under it; decides nothing."""
    member = PersonFactory(full_name="Đặng Thanh Tùng")
    appoint(member, body=Body.EXECUTIVE_BUREAU, office=Office.MEMBER)
    visit = approved_visit(agency, date(2018, 10, 9))
    page = enter(member).menu("Quy chế đi cơ sở").reads("35-KH/TĐTN-TCKT")
    page.click("Tôi đã đọc").reads("02/10/2018")

    page.menu("Thông báo của Thường trực").click(re.compile("-TB"))
    page.reads(agency.cadre.full_name, "Đồng ý")
    page.menu("Chuyến đi").click("09/10/2018").reads(visit.unit.name_on(visit.starts_on))
