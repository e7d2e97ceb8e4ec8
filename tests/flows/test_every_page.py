"""One walk per role over every route, with every object, by GET and by POST.

Compared with docs/permissions.csv: its part "trang" says who gets through which route, for the
papers of a cadre; its part "xem" who finds which paper at all. On the way every page is looked
over for texts of others, markup that came from a text, missing headers and written rows.
"""

import re
from dataclasses import dataclass, field

import pytest
from django.contrib.messages import ERROR
from django.db import transaction
from django.urls import Resolver404, resolve

from tests.factories.papers import make_papers
from tests.flows.everywhere import (
    OPEN_TO_STRANGERS,
    addresses,
    body_of,
    examples,
    state_of_database,
    version_at,
)
from tests.flows.forms import FORMS, filled, numbered
from tests.flows.permission_table import PAGE, ROLES, SEEN_BY, STEP, rows
from tests.flows.readable import may_read

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
ATTACK = '"><img src=x onerror=alert(1)>'
LISTS = [
    "/search/?q=kin", "/inbox/?show=all", "/visits/?waiting=me", "/visits/?whose=mine",
    "/visits/?format=csv", "/units/?format=csv", "/reports/people/?format=csv",
    "/programme/?format=csv", "/administration/messages/?format=csv",
    "/reports/annual/departments/?format=csv", "/reports/issues/?format=csv",
    "/plans/?format=csv", "/dossiers/?format=csv", "/sittings/?format=csv",
    "/quarter/NT/2018-1/?format=csv", "/quarter/NT/2018-4/?format=csv",
    "/reports/written/weekly/received/?format=csv",
    "/reports/written/quarterly/received/?format=csv",
]  # fmt: skip
ENDS_THE_SESSION = {"account_logout", "account_change_password", "account_set_password"}
# What the office's table says of an answer.
THROUGH, REFUSED, HIDDEN = "x", "-", ""
MARKS = {
    500: "!",
    200: THROUGH,
    302: THROUGH,
    409: THROUGH,
    422: THROUGH,
    403: REFUSED,
    404: HIDDEN,
}


@pytest.fixture
def papers(december):
    return make_papers(around=ATTACK)


def good_forms(papers):
    """What is sent to each address that takes a form: a refusal is then one of the person."""
    return {
        filled(papers, address): numbered(papers, fields)
        for _role, address, fields in FORMS.values()
    }


@dataclass
class Found:
    """What a walk met that it should not have."""

    failed: list = field(default_factory=list)  # an error of ours
    seen: list = field(default_factory=list)  # a paper of somebody else's
    foreign: dict = field(default_factory=dict)  # a text of somebody else's
    markup: list = field(default_factory=list)  # a text that became part of the page
    unguarded: list = field(default_factory=list)  # without the headers
    marks: dict = field(default_factory=dict)  # what each route answered
    texts: set = field(default_factory=set)  # that were met, for the controls


def owners(papers):
    """Of each paper of the table: who may find it, by the beginning of its addresses."""
    found = {}
    for line, seen_by in SEEN_BY.items():
        kind, name = line.split()
        kept, start = {
            "unitnotice": ("notices", "/notices/"),
            "activity": ("activities", "/programme/"),
            "annual": ("annual", "/reports/annual/departments/"),
            "issue": ("issues", "/reports/issues/"),
            "weekly": ("weekly", "/reports/written/weekly/"),
            "quarterly": ("quarterly", "/reports/written/quarterly/"),
        }.get(kind, (f"{kind}s", f"/{kind}s/"))
        if kind == "notice":  # read, and numbered, by more than the sitting it stands below
            found[f"/sittings/{papers.sittings[name].pk}/notice/"] = seen_by
            numbering = SEEN_BY[f"sitting {name}"] | rows(STEP)["sitting.number"].roles
            found[f"/sittings/{papers.sittings[name].pk}/number/"] = numbering
        elif kind not in ("job", "days"):
            found[f"{start}{getattr(papers, kept)[name].pk}/"] = seen_by
    return found


def hidden_from(role, address, owned):
    start = address if address in owned else re.sub(r"(?<=\d/).*", "", address)
    return start in owned and role not in owned[start]


def look_over(answer, address, found):
    body = body_of(answer)
    if answer.status_code >= 500:
        found.failed.append(address)
    found.texts |= (texts := set(re.findall(r"KIN-[\w-]+?-KIN", body)))
    found.foreign |= dict.fromkeys(texts, address)
    if "html" in answer.headers.get("Content-Type", "") and "<img src=x" in body:
        found.markup.append(address)
    if not is_guarded(answer.headers):
        found.unguarded.append(address)


def is_guarded(headers):
    policy = headers.get("Content-Security-Policy", "")
    return (
        "unsafe" not in policy
        and "default-src 'self'" in policy
        and "frame-ancestors 'none'" in policy
        and headers.get("X-Content-Type-Options") == "nosniff"
        and headers.get("Referrer-Policy") == "same-origin"
        and headers.get("Cache-Control") == "no-store"
    )


def walk(browser, papers, role):
    """GET every address; POST to the examples and to what is hidden, and undo it at once."""
    found, owned = Found(), owners(papers)
    one_of_each, forms = examples(papers), good_forms(papers)
    shown = set(one_of_each.values())
    for name, some in [*addresses(papers).items(), ("", LISTS)]:
        for address in dict.fromkeys([*some, one_of_each.get(name, some[0])]):
            if name in ENDS_THE_SESSION:
                continue
            hidden = hidden_from(role, address, owned)
            methods = {"get": {}}
            if name not in OPEN_TO_STRANGERS and (hidden or address in shown):
                form = forms.get(address, {"comment": "Một câu"})
                methods["post"] = form | {"version": version_at(address, papers)}
            for method, sent in methods.items():
                answer = look_at(browser, method, address, found, sent)
                if hidden and answer.status_code not in (404, 405):
                    found.seen.append((method, address, answer.status_code))
                if address in shown and answer.status_code != 405:
                    found.marks[f"{method.upper()} {name}"] = mark_of(answer)
    return found


def look_at(browser, method, address, found, sent=None):
    with transaction.atomic():
        answer = getattr(browser, method)(address, sent)
        look_over(answer, address, found)
        if method == "post":
            transaction.set_rollback(True)
    return answer


def mark_of(answer):
    """What the table says of an answer; sent on with a message of refusal is refused, too."""
    said = getattr(answer.wsgi_request, "_messages", ())
    if any(message.level >= ERROR for message in getattr(said, "_queued_messages", ())):
        return REFUSED
    return MARKS[answer.status_code]


# Who between them open every page: they walk on PostgreSQL, too.
OPEN_THE_MOST = ("head", "coordinator", "secretary", "inspector", "administrator", "unit")


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=[pytest.mark.walk] if role in OPEN_THE_MOST else [])
        for role in ROLES
    ],
)
def test_every_page_is_as_the_table_says_and_shows_nothing_foreign(papers, browser_of, role):
    browser = browser_of(papers, role, raise_request_exception=False)
    before = state_of_database()

    found = walk(browser, papers, role)

    allowed = may_read(role)
    foreign = {text: where for text, where in found.foreign.items() if text not in allowed}
    after = state_of_database()
    assert {name for name, value in after.items() if value != before[name]} == set()
    assert (found.failed, found.seen, found.markup, found.unguarded) == ([], [], [], [])
    assert foreign == {}
    assert differences(found.marks, role) == {}
    if role in ("cadre", "head", "coordinator", "member"):  # a control: there are texts to meet
        assert len(found.texts) > 20


def test_pages_for_strangers_and_missing_ones_are_guarded(papers, browser_of):
    browser, found = browser_of(papers, "anonymous"), Found()
    for address in [*examples(papers).values(), "/nothing-here/"]:
        look_over(browser.get(address), address, found)

    assert (found.failed, found.markup, found.unguarded, found.texts) == ([], [], [], set())


def test_a_page_without_its_headers_or_with_markup_is_noticed(papers, browser_of):
    """A control of the looking."""
    answer = browser_of(papers, "cadre").get("/me/")
    answer.content += f"<p>KIN-x-y-KIN{ATTACK}".encode()
    del answer.headers["Content-Security-Policy"]
    found = Found()

    look_over(answer, "/me/", found)

    assert (found.markup, found.unguarded) == (["/me/"], ["/me/"])
    assert "KIN-x-y-KIN" in found.foreign


def differences(marks, role):
    """Routes that answer otherwise than the table says; one that it does not have, too."""
    table = {code: row.marks[role] for code, row in rows(PAGE).items()}
    met = {code: mark for code, mark in marks.items() if ":" in code}  # sign-in is the same for all
    return {
        code: f"answers {met.get(code)!r}, the table says {table.get(code)!r}"
        for code in met.keys() | table.keys()
        if met.get(code) != table.get(code)
    }


def test_a_page_that_opens_to_more_than_the_table_says_is_noticed(papers, browser_of):
    """A control: what the Inspection Committee opens is held against a cadre's column."""
    name, browser = "GET fieldvisits:confirmation-list", browser_of(papers, "inspector")

    answer = look_at(browser, "get", "/confirmations/", Found())

    assert "table says ''" in differences({name: mark_of(answer)}, "outsider")[name]


def test_every_address_of_the_walk_is_a_page_of_ours(papers):
    for name, some in addresses(papers).items():
        for address in some:
            try:
                assert resolve(address).view_name == name
            except Resolver404:
                pytest.fail(f"{address} leads nowhere")
