"""An agency in which nobody has entered anything yet: every page opens and says what to do."""

import re

import pytest
from django.test import Client

from accounts.choices import Body, Office
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint
from tests.flows.everywhere import body_of, routes

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
ALONE = {
    "administrator": (Body.ADMINISTRATION, Office.ADMINISTRATOR),
    "cadre": (Body.DEPARTMENT, Office.CADRE),
}
ELSEWHERE = {"account_logout", "health"}


@pytest.fixture(params=ALONE)
def browser(request):
    body, office = ALONE[request.param]
    person, client = PersonFactory(), Client()
    department = DepartmentFactory() if body == Body.DEPARTMENT else None
    appoint(person, body=body, office=office, department=department)
    client.force_login(person)
    return client


def is_blank(page):
    """A heading and nothing below it; parts that another page fetches have no heading."""
    heading, _end, rest = page.partition("</h1>")
    words = re.sub(r"<[^>]*>", " ", rest.partition("</main>")[0]).split()
    return "<html" in heading and not words


def test_every_page_opens_and_none_is_blank(browser):
    wrong, opened = [], 0
    for name, pattern in routes().items():
        if "<" in pattern or "(?P" in pattern or name in ELSEWHERE:
            continue
        answer = browser.get(f"/{pattern}")
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            opened += 1
            if is_blank(body_of(answer)):
                wrong.append((name, "blank"))
        elif answer.status_code not in (200, 302, 403, 404, 405):
            wrong.append((name, answer.status_code))
        if answer.streaming:
            body_of(answer)

    assert wrong == []
    assert opened > 10


def test_page_with_nothing_but_a_heading_is_blank():
    assert is_blank("<html><main><h1>Đơn vị</h1><p></p></main>Chân trang của cơ quan</html>")
