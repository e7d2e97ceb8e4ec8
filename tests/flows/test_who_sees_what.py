"""Who sees what (docs/permissions.csv): one table of roles and papers, everything else 404."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fieldvisits.actions.steps import STEPS
from tests.factories.papers import NOW, make_papers
from tests.flows.everywhere import addresses, body_of
from tests.flows.permission_table import SIGHT, rows

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
AGENCY = {
    "cadre", "colleague", "deputy", "head", "outsider", "other_head", "coordinator", "member",
    "in_charge", "secretary", "office_head", "inspector", "administrator",
}  # fmt: skip
OUTSIDE = {"unit", "other_unit", "gone", "gone_head"}
COMMITTEE = {"member", "in_charge", "secretary"}
RURAL = {"cadre", "colleague", "deputy", "head"}
FORWARDED = RURAL | {"coordinator"}
BEFORE_COMMITTEE = FORWARDED | COMMITTEE
READ_REMARKS = {"head", "unit", "inspector"} | COMMITTEE  # not passed on to the cadre
READ_RESULTS = {"cadre", "head"} | COMMITTEE
TAKE_PART = COMMITTEE | {"coordinator", "office_head"}

# The office's table: docs/permissions.csv. A superior gone keeps sight of what they acted on.
SEEN_BY = {code: row.roles for code, row in rows(SIGHT).items()}
PUBLIC_VISITS = ("approved", "reported", "accepted")
PUBLIC_TEXTS = {"KIN-sitting-closed-direction-KIN", "KIN-sitting-closed-reason-KIN",
                "KIN-sitting-closed-absence-KIN"}  # fmt: skip


EXPORTS = ["/visits/?format=csv", "/units/?format=csv", "/reports/people/?format=csv",
           "/plans/?format=csv", "/dossiers/?format=csv", "/sittings/?format=csv",
           "/quarter/NT/2018-1/?format=csv", "/quarter/NT/2018-4/?format=csv",
           "/reports/written/weekly/received/?format=csv",
           "/reports/written/quarterly/received/?format=csv",
           "/reports/annual/departments/?format=csv", "/reports/issues/?format=csv"]  # fmt: skip
LISTS = ["/search/?q=kin", "/inbox/?show=all", "/visits/?waiting=me", "/visits/?whose=mine"]
WRITTEN = ("results", "difficulties", "proposals")
PLANNED = ("content", "expected_result", "role", "inspection_programme")


@pytest.fixture(autouse=True)
def december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def papers(december):
    return make_papers()


def browser_of(papers, role):
    browser = Client()
    browser.force_login(papers.people[role])
    return browser


def pages(papers):
    """The page of each line of the table."""
    found = {}
    for kind, name in (line.split() for line in SEEN_BY):
        by_name = {
            "plan": papers.plans, "dossier": papers.dossiers, "visit": papers.visits,
            "request": papers.requests,
            "sitting": papers.sittings, "notice": papers.sittings,
            "job": {"rural": papers.jobs["job_rural"], "agency": papers.jobs["job_agency"]},
            "days": papers.people, "product": papers.products, "unitnotice": papers.notices,
            "confirmation": papers.confirmations,
            "weekly": papers.weekly, "quarterly": papers.quarterly, "annual": papers.annual,
            "issue": papers.issues,
        }[kind]  # fmt: skip
        route = {
            "notice": "fieldvisits:sitting-notice",
            "unitnotice": "fieldvisits:notice-detail",
            "job": "reports:annual-file",
            "days": "reports:person-days",
            "weekly": "reports:weekly-detail",
            "quarterly": "reports:quarterly-detail",
            "annual": "reports:annual-report-detail",
            "issue": "reports:issue-detail",
        }.get(kind, f"fieldvisits:{kind}-detail")
        found[f"{kind} {name}"] = reverse(route, args=[by_name[name].pk])
    return found


@pytest.mark.parametrize("role", sorted(AGENCY | OUTSIDE))
def test_a_paper_is_found_by_those_of_the_table_alone(papers, role):
    browser, expected, found = browser_of(papers, role), {}, {}
    for line, address in pages(papers).items():
        answer = browser.get(address)
        body_of(answer)
        expected[line] = role in SEEN_BY[line]
        found[line] = answer.status_code in (200, 302)
        assert answer.status_code in (200, 302, 404), (line, answer.status_code)

    assert found == expected


FORMS = {"product": ["write/"], "notice": ["answer/"], "confirmation": ["answer/", "reply/"]}


def below(papers, kind, name):
    """Every route of one paper but its page."""
    kind = kind.removeprefix("unit")
    if kind in ("weekly", "quarterly"):
        paper = getattr(papers, kind)[name]
        steps = [step for path, step in STEPS if path == f"{kind}_report"]
        return [f"/reports/written/{kind}/{paper.pk}/steps/{step}/" for step in steps]
    if kind == "issue":
        steps = [f"steps/{step}" for path, step in STEPS if path == "issue"]
        return [f"/reports/issues/{papers.issues[name].pk}/{rest}/" for rest in [*steps, "assign"]]
    if kind == "annual":
        steps = [step for path, step in STEPS if path == "annual_report"]
        pk = papers.annual[name].pk
        return [f"/reports/annual/departments/{pk}/steps/{step}/" for step in steps]
    paper = getattr(papers, f"{kind}s")[name]
    more = [f"steps/{step}/" for path, step in STEPS if path.removeprefix("unit_") == kind]
    more += FORMS.get(kind, [])
    if kind == "product":
        files = [f"files/{row.pk}/" for row in paper.files.all()]
        more += [*files, *(f"{row}remove/" for row in files)]
    if kind == "plan":
        rows = [f"visits/{row.pk}/" for row in paper.visits.all()]
        more += ["copy/", "visits/add/", "standing/", *rows, *(f"{row}remove/" for row in rows)]
        more += [f"{row}{below}/" for row in rows for below in ("repeat", "team")]
    if kind == "visit":
        more += ["report/", "amend/", "wish/", "kind/"]
    if kind == "request":
        more += ["edit/"]
    if kind == "sitting":
        more += ["reported/"]
        rows = [f"lines/{row.pk}/" for row in paper.lines.all()]
        drops = [f"directions/{row.pk}/drop/" for row in paper.directions.all()]
        more += ["presence/", "directions/", "close/", "lines/agree/", *rows, *drops]
    return [f"/{kind}s/{paper.pk}/{rest}" for rest in more]


@pytest.mark.parametrize("role", ["outsider", "coordinator", "gone_head"])
def test_every_route_of_an_unseen_paper_is_not_found(papers, role):
    browser, wrong = browser_of(papers, role), []
    for line, seen_by in SEEN_BY.items():
        kind, name = line.split()
        if role in seen_by or kind in ("notice", "job", "days"):
            continue
        for address in below(papers, kind, name):
            answers = (browser.get(address), browser.post(address, {"comment": "Một câu"}))
            said = {answer.status_code for answer in answers}
            if not said <= {404, 405}:
                wrong.append((address, said))

    assert wrong == []


def may_read(papers, role):
    """The texts this role may come across anywhere."""
    readable = {f"KIN-inbox-{role}-{name}-KIN" for name in ("subject", "body")}
    readable |= PUBLIC_TEXTS if role in AGENCY else set()
    readable |= {"KIN-remark-text-KIN"} if role in READ_REMARKS else set()
    if role in {"head", "deputy", "administrator"}:  # the two it is between
        readable.add("KIN-delegation-reason-KIN")
    for line, seen_by in SEEN_BY.items():
        kind, name = line.split()
        if role not in seen_by:
            continue
        texts = {
            "plan": ["comment", *PLANNED],
            "dossier": ["present", "conclusions", "missing_reason", "comment"],
            "sitting": ["direction", "reason", "absence"],
            "request": [*PLANNED, "reason", "endorsement", "result"],
            "job": ["file"],
            "product": ["title", "summary"],
            "unitnotice": ["remark"],
            "confirmation": ["question", "remark", "cadre_answer"],
            "weekly": [*WRITTEN, "comment"],
            "quarterly": [*WRITTEN, "self_assessment", "comment"],
            "annual": [*WRITTEN, "lessons", "comment"],
            "issue": ["text", "answer", "comment"],
        }.get(kind, [])
        asked = role == "inspector" and name in ("reported", "accepted")
        if kind == "visit" and (
            name not in PUBLIC_VISITS or role in BEFORE_COMMITTEE | {"unit"} or asked
        ):
            texts = list(PLANNED)
        if kind == "visit" and (role in READ_RESULTS or asked):
            texts = [*texts, "result", "comment"]
        about = {"plan": name, "visit": name, "job": f"job_{name}"}.get(kind, f"{kind}-{name}")
        readable |= {f"KIN-{about}-{text}-KIN" for text in texts}
    return readable


def everything_read(browser, found):
    """All texts of ours on every page, export and search of this browser."""
    more = [*EXPORTS, *LISTS]
    read = {}
    for address in [one for some in found.values() for one in some] + more:
        if "logout" in address:
            continue
        answer = browser.get(address)
        for text in re.findall(r"KIN-[\w-]+?-KIN", body_of(answer)):
            read.setdefault(text, address)
    return read


@pytest.mark.parametrize(
    "role",
    [
        "cadre",
        "colleague",
        "head",
        "outsider",
        "coordinator",
        "member",
        "unit",
        "other_unit",
        "inspector",
        "gone_head",
    ],
)
def test_no_foreign_text_shows_anywhere(papers, role):
    read = everything_read(browser_of(papers, role), addresses(papers, 5))
    allowed = may_read(papers, role)
    if role == "gone_head":  # the settled plan, with its rows as far as they were planned
        allowed |= {f"KIN-{name}-{text}-KIN" for name in PUBLIC_VISITS for text in PLANNED}

    assert {text: where for text, where in read.items() if text not in allowed} == {}
    assert role not in {"cadre", "head", "coordinator", "member"} or len(read) > 20  # a control


def test_a_session_of_somebody_disabled_is_over(papers):
    browser = browser_of(papers, "disabled")
    person = papers.people["cadre"]
    kept = browser_of(papers, "cadre")
    person.is_active = False
    person.save()

    for one in (browser, kept):
        assert one.get("/").url.startswith("/accounts/login/")
        assert one.post("/plans/open/", {"quarter": "2018-4"}).url.startswith("/accounts/login/")


@pytest.mark.parametrize("role", ["outsider", "unit", "gone", "inspector", "administrator"])
def test_lists_for_those_who_lead_are_not_found_by_others(papers, role):
    browser = browser_of(papers, role)
    sees_figures = role == "inspector"
    found = {
        address: browser.get(address).status_code
        for address in ("/dossiers/", "/quarter/NT/2018-3/", "/sittings/convene/",
                        "/reports/dashboard/", "/reports/people/", "/reports/panels/weekly/")
    }  # fmt: skip
    expected = {
        address: 200 if sees_figures and address.startswith("/reports/") else 404
        for address in found
    }
    assert found == expected
