"""From the invitation in the mail to the desk, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import axe_violations, sideways_overflow
from tests.browser.people import Somebody
from tests.factories.accounts import appoint, make_administrator
from tests.factories.links import PASSWORD, mailed_link, newcomer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def test_invitation_leads_from_the_mail_to_the_desk(agency, chromium, live_server, settings):
    settings.SITE_URL = live_server.url
    person = newcomer(full_name="Lê Thị Diệp")
    appoint(person, department=agency.rural)
    office = Somebody(chromium, live_server.url, make_administrator()).enter()
    office.menu("Lời mời").click("Mời 1 đồng chí chưa có tài khoản")
    office.reads("Lê Thị Diệp").click("Gửi lời mời").reads("Đã mời 1 đồng chí")

    phone = Somebody(chromium, live_server.url, person, **PHONE)
    phone.page.goto(mailed_link(person.email))
    phone.reads("Chào đồng chí Lê Thị Diệp")
    assert (axe_violations(phone.page), sideways_overflow(phone.page)) == ([], 0)
    phone.write("Mật khẩu của đồng chí", PASSWORD).write("Nhập lại mật khẩu", PASSWORD)
    phone.click("Lưu mật khẩu và tiếp tục")

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")
    office.menu("Lời mời").reads("đã nhận lời mời 02/10/2018")
    for somebody in (phone, office):
        somebody.leave()
