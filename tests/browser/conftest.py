"""A real Chromium, and axe in it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import handlers
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import FileResponse
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.factories.accounts import make_unit
from tests.factories.agency import make_agency
from tests.factories.visits import booked_visit

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = next(Path(__file__).parent.glob("vendor/axe-core-*/axe.min.js"))
AXE_SOURCE = AXE.read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    # Playwright keeps an event loop running in this thread; Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    migrated = getattr(connection, "_test_serialized_contents", "[]")
    with sync_playwright() as playwright:
        # In that loop Django has a connection object of its own: it, too, has to know what
        # migrations brought, to bring it back before each test.
        connection._test_serialized_contents = migrated
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


class KeptStaticFiles(handlers.StaticFilesHandler):
    """Style, script and fonts as an office's server sends them: fetched once per browser."""

    def serve(self, request: WSGIRequest) -> FileResponse:
        answer = super().serve(request)
        # Decades, because the date of the answer is that of the frozen clock.
        answer["Cache-Control"] = "max-age=1000000000, immutable"
        return answer


def serve() -> LiveServer:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handlers, "StaticFilesHandler", KeptStaticFiles)
        return LiveServer("localhost")


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    server = serve()
    yield server
    server.stop()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page in Vietnamese; whatever its console complains of fails the test."""
    context = chromium.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda said: said.type in {"error", "warning"} and complaints.append(said.text)
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def clock():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency(clock, transactional_db):
    agency = make_agency()
    make_unit(place="Ba Vì")
    make_unit(place="Đống Đa", kind="Quận")
    booked_visit(agency.cadre, "2018-03-01", "2018-04-08", unit=agency.unit)  # 39 days
    return agency


def axe_violations(page: Page) -> list[list[str]]:
    """What axe finds on the page as it stands, menus and lists open as they are."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SOURCE)
    return page.evaluate(
        "rules => axe.run(document, {runOnly: rules})"
        ".then(found => found.violations.map(v => [v.id, v.nodes[0].target.join(' ')]))",
        RULES,
    )


def sideways_overflow(page: Page) -> int:
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
