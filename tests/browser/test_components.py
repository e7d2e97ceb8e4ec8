"""Every component in a real browser: readable for all, nothing sideways, usable by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import axe_violations, sideways_overflow

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.gallery_urls"),
]


@pytest.fixture
def gallery(page, live_server):
    page.goto(f"{live_server.url}/gallery/", wait_until="networkidle")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gallery_has_no_violation_and_does_not_scroll_sideways(gallery, scheme):
    gallery.emulate_media(color_scheme=scheme)
    found = {}
    for width in (320, 360, 768, 1440):
        gallery.set_viewport_size({"width": width, "height": 800})
        found[width] = (axe_violations(gallery), sideways_overflow(gallery))

    assert set(map(str, found.values())) == {"([], 0)"}, found


def test_error_summary_has_the_focus_and_leads_to_the_field(gallery):
    assert gallery.evaluate("document.activeElement.className") == "errors"

    gallery.locator(".errors a").nth(1).click()

    assert gallery.evaluate("document.activeElement.name") == "starts_on"


def test_long_list_is_searched_without_diacritics(gallery):
    gallery.locator("#id_unit-ts-control").focus()
    gallery.keyboard.type("dong da")

    options = gallery.locator(".ts-dropdown .option")
    expect(options).to_have_count(1)
    assert options.all_text_contents() == ["Quận đoàn Đống Đa"]
    assert axe_violations(gallery) == []
    gallery.keyboard.press("Enter")
    assert gallery.evaluate("document.getElementById('id_unit').value") == "2"


def test_menus_open_on_a_phone(gallery):
    gallery.set_viewport_size({"width": 360, "height": 740})
    gallery.locator(".bar-menu").click()
    gallery.locator("#side").wait_for(state="visible")
    assert axe_violations(gallery) == []

    gallery.keyboard.press("Escape")
    gallery.locator(".bar-who").click()

    gallery.locator("#my-menu").wait_for(state="visible")
    assert axe_violations(gallery) == []


def test_key_acts_only_while_its_panel_has_the_focus(gallery):
    gallery.evaluate(
        """() => {
          document.querySelector("main").insertAdjacentHTML("beforeend",
            '<div id="panel" data-keys tabindex="0"><button data-key="Đ">Đồng ý</button></div>');
          window.pressed = 0;
          document.querySelector("#panel button").addEventListener("click", () => window.pressed++);
        }"""
    )
    gallery.keyboard.press("d")
    assert gallery.evaluate("window.pressed") == 0

    gallery.locator("#panel").focus()
    gallery.keyboard.press("d")
    assert gallery.evaluate("window.pressed") == 1


def test_page_without_scripts_still_has_its_select(chromium, live_server):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/gallery/")

    assert page.locator("select#id_unit").is_visible()
    context.close()
