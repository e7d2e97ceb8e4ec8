"""docs/permissions.csv against the application: every route and every step, as every actor.

The table is the office's; what it says is written by hand after "who sees what" of
docs/regulation.md. A route or a step that is missing in it fails here.
"""

import dataclasses

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client

from accounts.permissions import ALLOWED
from fieldvisits import checks, workflow
from fieldvisits.actions.door import take
from tests.factories.papers import NOW, YESTERDAY, make_papers
from tests.flows.everywhere import OPEN_TO_STRANGERS, addresses, body_of
from tests.flows.permission_table import PAGE, ROLES, STEP, rows

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
AT_MOST = 4  # objects tried per route, from the first to the last


@pytest.fixture(autouse=True)
def december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def papers(december):
    return make_papers()


def mark_of(statuses):
    """What the table says of a route: opens, refused with a reason, or not there."""
    if statuses & {200, 302, 400, 409, 422}:
        return "x"
    return "–" if 403 in statuses else ""


def asked(browser, address, method):
    with transaction.atomic():
        answer = getattr(browser, method)(address)
        body_of(answer)
        transaction.set_rollback(True)
    return answer.status_code


def mark_of_route(browser, found):
    """As it opens; a route that only takes forms: as it answers one that is empty."""
    opened = {asked(browser, address, "get") for address in found}
    if opened <= {404, 405} and 405 in opened:
        opened = {asked(browser, address, "post") for address in found}
    return mark_of(opened)


@pytest.mark.parametrize("role", ROLES)
def test_every_route_opens_for_those_of_the_table_alone(papers, role):
    browser, found = Client(), {}
    for name, some in addresses(papers, AT_MOST).items():
        if name not in OPEN_TO_STRANGERS and not name.startswith(("account_", "mfa_")):
            browser.force_login(papers.people[role])
            found[name] = mark_of_route(browser, some)

    assert found == {code: row.marks[role] for code, row in rows(PAGE).items()}


STATES = {
    path: sorted(
        {state for step in steps.values() for state in (*step.sources, step.target) if state}
    )
    for path, steps in workflow.PATHS.items()
}
CELLS = [(path, name) for path, steps in workflow.PATHS.items() for name in steps]


def test_every_step_stands_in_the_table():
    """A step whose actors depend on the state has a row for that state besides."""
    known = {code.partition("@")[0] for code in rows(STEP)}
    assert known == {f"{path}.{name}" for path, name in CELLS}


def may(path, name, state):
    table = rows(STEP)
    row = table.get(f"{path}.{name}@{state}") or table[f"{path}.{name}"]
    return row.roles


def outcome(paper, name, by):
    """Whether a step goes through, and nothing is kept of it."""
    try:
        with transaction.atomic():
            take(paper, name, by=by, comment="Một câu")
            transaction.set_rollback(True)
    except (PermissionDenied, ValidationError):
        return False
    return True


def put_into(paper, state):
    type(paper).objects.filter(pk=paper.pk).update(state=state)
    paper.refresh_from_db()


@pytest.fixture
def without_checks(monkeypatch):
    """Content has its own tests: here it is always good enough."""
    for path, steps in workflow.PATHS.items():
        for name, step in steps.items():
            bare = dataclasses.replace(step, check=checks.nothing, freezes=False)
            monkeypatch.setitem(workflow.PATHS[path], name, bare)


@pytest.mark.parametrize("path", workflow.PATHS)
def test_exactly_the_steps_of_the_table_go_through(papers, without_checks, path):
    paper, wrong = papers.example(path), []
    for name, step in workflow.PATHS[path].items():
        for state in STATES[path]:
            put_into(paper, state)
            allowed = may(path, name, state)
            for role in ROLES:
                goes = state in step.sources and role in allowed
                if outcome(paper, name, papers.people[role]) != goes:
                    wrong.append((name, state, role, "should go" if goes else "should not"))

    assert wrong == []


def test_a_step_without_its_guard_is_noticed(papers, without_checks, monkeypatch):
    """A control: with "who" switched off, roles beyond the table's get through."""
    agree = workflow.PATHS["plan"]["agree"]
    open_to_all = dataclasses.replace(agree, who=lambda _by, _paper: ALLOWED)
    monkeypatch.setitem(workflow.PATHS["plan"], "agree", open_to_all)
    plan = papers.plans["submitted"]
    beyond = [role for role in ROLES if outcome(plan, "agree", papers.people[role])]

    assert set(beyond) - rows(STEP)["plan.agree"].roles


@pytest.mark.parametrize("role", ["head", "coordinator", "member", "inspector", "administrator"])
def test_rights_end_with_the_appointment_at_the_next_request(papers, role):
    browser, person = Client(), papers.people[role]
    browser.force_login(person)
    mine = {code for code, row in rows(PAGE).items() if row.marks[role] == "x"}
    common = {code for code, row in rows(PAGE).items() if row.marks["gone"] == "x"}
    lost = {
        name: some for name, some in addresses(papers, AT_MOST).items() if name in mine - common
    }
    assert lost, "an office without a page of its own proves nothing"

    person.appointments.update(ends_on=YESTERDAY)
    person.portfolios.update(ends_on=YESTERDAY)

    acted_on = {"plan", "dossier", "visit", "sitting", "department", "line"}  # stays in sight
    for name, some in lost.items():
        if name.partition(":")[2].partition("-")[0] not in acted_on:
            assert mark_of_route(browser, some) != "x", name
