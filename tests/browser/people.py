"""People before a browser: they sign in on the real page, read labels, click and type."""

from __future__ import annotations

import re
from datetime import date
from typing import Self

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from accounts.models import Person

PASSWORD = "mat-khau"
SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"
PATIENCE = 8_000  # milliseconds
# Chromium says it on its console as well, but not for every directive.
TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));"""


def exactly(words: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(words)}\s*$", re.IGNORECASE)


def watched(context: BrowserContext) -> list[str]:
    """Whatever a page of ``context`` complains of, from now on."""
    complaints: list[str] = []
    context.add_init_script(TELL_VIOLATIONS)
    context.on(
        "console", lambda said: said.type in {"error", "warning"} and complaints.append(said.text)
    )
    context.on("weberror", lambda failed: complaints.append(str(failed.error)))
    context.on(
        "response",
        lambda answer: answer.status >= 400 and complaints.append(f"{answer.status} {answer.url}"),
    )
    return complaints


class Somebody:
    """One person in a browser of their own."""

    def __init__(self, browser: Browser, site: str, person: Person, **options: object) -> None:
        self.site, self.person = site, person
        self.context = browser.new_context(
            locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **options
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.set_default_navigation_timeout(3 * PATIENCE)  # a first page reads templates
        self.complaints = watched(self.context)
        self.page: Page = self.context.new_page()

    def sign_in(self, password: str = PASSWORD) -> Self:
        self.go("/")
        self.write("Thư điện tử", self.person.email)
        self.write("Mật khẩu", password)
        self.click("Đăng nhập")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")
        return self

    def enter(self) -> Self:
        """Come in as somebody who signed in before; the page for that has its own tests."""
        client = Client()
        client.force_login(self.person, backend=SIGN_IN)
        held = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": held, "url": self.site}
        self.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dictionary
        return self.go("/")

    def go(self, path: str) -> Self:
        self.page.goto(f"{self.site}{path}")
        return self

    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def menu(self, name: str) -> Self:
        """An entry of the main navigation; its count does not belong to the name."""
        links = self.page.get_by_role("navigation").get_by_role("link", name=re.compile(f"^{name}"))
        links.first.click()
        return self

    def click(self, name: str | re.Pattern[str], within: Locator | None = None) -> Self:
        """A link or a button of the page by its name."""
        where = within or self.main()
        exact = isinstance(name, str)
        link = where.get_by_role("link", name=name, exact=exact)
        link.or_(where.get_by_role("button", name=name, exact=exact)).first.click()
        return self

    def field(self, label: str) -> Locator:
        """By its label; what may be left out says so in brackets after it."""
        labelled = self.main().get_by_label(re.compile(rf"^\s*{label}\s*(\(|$)"))
        return labelled.and_(self.page.locator("input, textarea, select")).first

    def write(self, label: str, text: str | date) -> Self:
        """Days are typed as everybody types them here."""
        field = self.field(label)
        if isinstance(text, date):
            iso = field.get_attribute("type") == "date"
            text = f"{text:%Y-%m-%d}" if iso else f"{text:%d/%m/%Y}"
        field.fill(text)
        expect(field).to_have_value(text)
        return self

    def pick(self, label: str, option: str) -> Self:
        self.field(label).select_option(label=option)
        return self

    def tick(self, group: str, name: str) -> Self:
        """One of several choices."""
        choices = self.main().get_by_role("group", name=group)
        choices.get_by_role("radio", name=exactly(name)).check()
        return self

    def choose(self, name: str) -> Self:
        """One of the large choices, by touching its words; the whole sheet around them counts."""
        self.main().locator("label").filter(has_text=exactly(name)).click()
        expect(self.main().get_by_role("radio", name=exactly(name))).to_be_checked()
        return self

    def find_in(self, label: str, typed: str, option: str) -> Self:
        """A searchable list: type a few letters, choose by name."""
        boxes = self.main().get_by_role("combobox", name=re.compile(rf"^{label}"))
        box = boxes.and_(self.page.locator("input"))  # until its script has come it is a select
        box.click()
        box.press_sequentially(typed)
        found = self.page.get_by_role("option").first
        expect(found).to_have_text(re.compile(f"^{option}"))
        found.click()
        expect(self.main().locator(".ts-control", has_text=option)).to_be_visible()
        return self

    def tab_to(self, target: Locator, most: int = 80) -> Self:
        """Press Tab until the target has the focus, as somebody without a mouse does."""
        for _step in range(most):
            self.page.keyboard.press("Tab")
            if target.evaluate("node => node === document.activeElement"):
                return self
        raise AssertionError(f"{most} times Tab does not reach {target}")

    def type(self, label: str, text: str, pace: int = 0) -> Self:
        """Reach a field by Tab and type, a key every ``pace`` milliseconds."""
        self.tab_to(self.field(label)).page.keyboard.type(text, delay=pace)
        return self

    def reads(self, *texts: str | re.Pattern[str]) -> Self:
        for text in texts:
            expect(self.main()).to_contain_text(text)
        return self

    def leave(self) -> None:
        self.context.close()
        assert not self.complaints, f"{self.person}: {self.complaints}"
