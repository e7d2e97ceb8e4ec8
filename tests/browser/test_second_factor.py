"""Passkeys and codes in a real browser, with a device that Chromium plays."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import axe_violations, sideways_overflow
from tests.browser.people import PASSWORD, Somebody
from tests.factories.accounts import PersonFactory
from tests.factories.sign_in import code_now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = "/accounts/second-factor/"


@pytest.fixture
def person(chromium, live_server):
    person = PersonFactory(full_name="Trần Thu Hà")
    somebody = Somebody(chromium, live_server.url, person)
    yield somebody
    somebody.leave()


def put_in_a_device(page):
    """A fingerprint reader that says yes to everything."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return device


def sign_out(somebody):
    somebody.go("/me/").click("Đăng xuất")
    expect(somebody.page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def looks_well(somebody):
    assert axe_violations(somebody.page) == []
    assert sideways_overflow(somebody.page) == 0


def test_passkey_is_made_and_signs_in_without_the_password(person):
    put_in_a_device(person.page)
    person.sign_in().go(HOME).click("Thêm khóa truy cập")
    person.write("Mật khẩu", PASSWORD).click("Tiếp tục")
    looks_well(person)
    person.write("Tên khóa", "Máy cơ quan").click("Tạo khóa truy cập")
    person.reads("Mã khôi phục", "Còn 10 mã")
    looks_well(person)
    person.click("Tôi đã lưu lại").reads("Máy cơ quan")
    sign_out(person)

    person.go("/accounts/login/?next=/me/devices/").click("Đăng nhập bằng khóa truy cập")

    expect(person.page.get_by_role("heading", level=1)).to_have_text("Thiết bị đăng nhập")


def test_passkey_is_the_second_step_after_the_password(person):
    device = put_in_a_device(person.page)
    person.sign_in().go(HOME).click("Thêm khóa truy cập")
    person.write("Mật khẩu", PASSWORD).click("Tiếp tục")
    person.main().get_by_label("Đăng nhập chỉ bằng khóa này").uncheck()
    person.click("Tạo khóa truy cập").reads("Còn 10 mã")
    sign_out(person)
    person.write("Thư điện tử", person.person.email).write("Mật khẩu", PASSWORD)
    person.click("Đăng nhập").reads("Mật khẩu đã đúng")
    looks_well(person)

    person.click("Dùng khóa truy cập")

    expect(person.page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")
    device.detach()


def test_code_of_an_app_signs_in(person):
    person.sign_in().go(HOME).click("Thiết lập ứng dụng")
    person.write("Mật khẩu", PASSWORD).click("Tiếp tục")
    secret = person.page.locator("code.secret").inner_text()
    looks_well(person)
    person.write("Mã đang hiện trên ứng dụng", code_now(secret)).click("Bật")
    person.reads("Còn 10 mã")
    sign_out(person)
    person.write("Thư điện tử", person.person.email).write("Mật khẩu", PASSWORD)
    person.click("Đăng nhập").reads("Mật khẩu đã đúng")

    person.write("Mã trên ứng dụng, hoặc một mã khôi phục", code_now(secret)).click("Đăng nhập")

    expect(person.page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")
