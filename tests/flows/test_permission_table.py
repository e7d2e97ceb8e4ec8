"""docs/permissions.csv against the application: every step from every state, as every actor.

The table is the office's; what it says is written by hand after "who sees what" of
docs/regulation.md. A step that is missing in it fails here;
"who sees what" of it is walked in ``test_who_sees_what``.
"""

import dataclasses

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.permissions import ALLOWED
from fieldvisits import checks, workflow
from fieldvisits.actions.door import take
from tests.factories.papers import NOW, make_papers
from tests.flows.permission_table import ROLES, STEP, rows

pytestmark = [pytest.mark.django_db, pytest.mark.pages]


@pytest.fixture(autouse=True)
def december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def papers(december):
    return make_papers()


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
