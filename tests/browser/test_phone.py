"""On a telephone: a pad of digits, and a session that ends while a form is being filled in."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from fieldvisits.calendar import Quarter
from tests.browser.people import PASSWORD, Somebody
from tests.factories.agency import make_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
CONTENT = "Làm việc với Ban Thường vụ"


def test_day_is_typed_with_digits_and_comes_back_after_the_session_ended(
    agency, chromium, live_server
):
    plan = make_plan(agency, Quarter(2018, 4))
    cadre = Somebody(chromium, live_server.url, agency.cadre, **PHONE).enter()
    cadre.go(f"{plan.get_absolute_url()}visits/add/")
    cadre.field("Từ ngày").press_sequentially("16102018")
    expect(cadre.field("Từ ngày")).to_have_value("16/10/2018")
    cadre.tick("Buổi", "Chiều").write("Nội dung cụ thể", CONTENT)
    Session.objects.all().delete()

    cadre.click("Lưu chuyến này").reads("nội dung sẽ hiện lại")
    cadre.write("Thư điện tử", agency.cadre.email).write("Mật khẩu", PASSWORD).click("Đăng nhập")

    cadre.reads("đã hiện lại, nhưng chưa được lưu")
    expect(cadre.field("Nội dung cụ thể")).to_have_value(CONTENT)
    expect(cadre.field("Từ ngày")).to_have_value("16/10/2018")
    expect(cadre.main().get_by_role("radio", name=re.compile("Chiều"))).to_be_checked()
    assert not plan.visits.exists()
    cadre.context.close()


def test_what_somebody_typed_is_not_shown_to_who_signs_in_after_them(agency, chromium, live_server):
    cadre = Somebody(chromium, live_server.url, agency.cadre, **PHONE).enter().go("/requests/new/")
    cadre.write("Nội dung cụ thể", CONTENT)
    Session.objects.all().delete()
    cadre.click("Xem lại trước khi gửi").reads("nội dung sẽ hiện lại")

    cadre.write("Thư điện tử", agency.colleague.email).write("Mật khẩu", PASSWORD)
    cadre.click("Đăng nhập").reads("Đề nghị đi đột xuất")

    expect(cadre.field("Nội dung cụ thể")).to_have_value("")
    cadre.context.close()
