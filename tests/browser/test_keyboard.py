"""Without a mouse, and without scripts: the same work can be done."""

from datetime import date

import pytest
from playwright.sync_api import expect

from accounts.choices import Body, Office
from fieldvisits.actions import sittings
from fieldvisits.calendar import Quarter
from fieldvisits.models import Visit
from tests.browser.people import PASSWORD, Somebody
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import bring_before, make_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Q4 = Quarter(2018, 4)


def test_row_is_filed_by_keyboard_alone(agency, chromium, live_server):
    plan = make_plan(agency, Q4)
    cadre = Somebody(chromium, live_server.url, agency.cadre).go(plan.get_absolute_url())
    keyboard = cadre.page.keyboard
    cadre.type("Thư điện tử", agency.cadre.email).type("Mật khẩu", PASSWORD)
    keyboard.press("Enter")
    cadre.tab_to(cadre.main().get_by_role("link", name="Thêm chuyến")).page.keyboard.press("Enter")
    box = cadre.main().locator("#id_unit-ts-control")
    # Nobody who types waits for the list, and the list takes nobody's focus back.
    cadre.tab_to(box).page.keyboard.type("dong da")
    keyboard.press("Enter")
    cadre.type("Nội dung thuộc loại", "Làm việc").type("Từ ngày", "16/10/2018")
    cadre.type("Nội dung cụ thể", "Làm việc với Ban Thường vụ", pace=20)
    expect(cadre.field("Nội dung cụ thể")).to_have_value("Làm việc với Ban Thường vụ")
    cadre.tab_to(cadre.main().get_by_role("button", name="Lưu chuyến này"))
    keyboard.press("Enter")

    cadre.reads("Quận đoàn Đống Đa", "16/10")
    cadre.leave()
    assert plan.visits.get().starts_on == date(2018, 10, 16)


def test_row_is_added_by_keyboard_and_what_was_typed_stays(agency, chromium, live_server):
    person = PersonFactory(full_name="Quản Trị")
    appoint(person, body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR)
    by = Somebody(chromium, live_server.url, person).sign_in()
    by.go(f"/organisation/departments/{agency.rural.pk}/end/")
    by.write("Số quyết định", "12-QĐ")
    by.tab_to(by.main().get_by_role("button", name="Thêm một dòng"))
    keyboard = by.page.keyboard
    keyboard.press("Enter")
    expect(by.main().locator("#id_rows-2-heir-ts-control")).to_be_focused()
    keyboard.type("van phong")
    keyboard.press("Enter")

    expect(by.main().locator("#id_rows-2-heir")).to_have_value(str(agency.office.pk))
    expect(by.field("Số quyết định")).to_have_value("12-QĐ")
    by.leave()


@pytest.fixture
def member(agency, chromium, live_server):
    """A member of the committee before a sitting of two lines."""
    bring_before(agency, make_plan(agency, Q4, days=(date(2018, 10, 9), date(2018, 10, 11))))
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 2))
    member = Somebody(chromium, live_server.url, agency.member).sign_in()
    yield member.go(sitting.get_absolute_url())
    member.leave()


def test_decision_keys_act_only_in_their_panel(member):
    keyboard = member.page.keyboard
    member.page.get_by_role("searchbox").first.focus()
    keyboard.press("k")
    keyboard.press("Tab")
    keyboard.press("k")
    expect(member.field("Lý do")).to_have_count(0)

    member.tab_to(member.main().get_by_role("link", name="Điều chỉnh"))
    keyboard.press("k")
    member.type("Lý do", "Đơn vị đang chuẩn bị đại hội")
    member.tab_to(member.main().get_by_role("button", name="Không đồng ý"))
    keyboard.press("Enter")
    member.reads("Không đồng ý")
    member.tab_to(member.main().get_by_role("link", name="Điều chỉnh"))
    keyboard.press("d")

    member.reads("2 trong 2 dòng")


def test_row_is_filed_and_submitted_without_scripts(agency, chromium, live_server):
    plan = make_plan(agency, Q4)
    cadre = Somebody(chromium, live_server.url, agency.cadre, java_script_enabled=False)
    cadre.sign_in().go(plan.get_absolute_url()).click("Thêm chuyến")
    cadre.pick("Đơn vị", "Quận đoàn Đống Đa").pick("Nội dung thuộc loại", "Làm việc, tập huấn")
    cadre.write("Từ ngày", date(2018, 10, 16)).write(
        "Nội dung cụ thể", "Làm việc với Ban Thường vụ"
    )
    cadre.click("Lưu chuyến này").reads("16/10").click("Kiểm tra và gửi").click("Gửi")

    cadre.reads("Chờ thống nhất")
    cadre.leave()
    assert Visit.objects.filter(plan=plan, plan__state="submitted").exists()
