"""Rights end with the appointment, at the next request: what one could do yesterday is refused.

For every step of every path and every role of the table whose right comes from an office held:
it goes through in office, and not once the office ended yesterday. What rests on no office is
one's own papers, and those of the clock.
"""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Appointment, Person, Portfolio
from fieldvisits import permissions, workflow
from tests.factories.papers import NOW, make_papers
from tests.flows.everywhere import body_of
from tests.flows.permission_table import SIGHT, STEP, rows
from tests.flows.test_permission_table import STATES, may, outcome, put_into, without_checks

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
__all__ = ["without_checks"]
# The cadre's own papers stay the cadre's; some steps follow one of the visit, whoever took that.
NO_OFFICE = {"cadre", "gone", "gone_head", "colleague", "outsider"}
FOLLOW = {
    (path, name)
    for path, steps in workflow.PATHS.items()
    for name, step in steps.items()
    if step.who is permissions.follows_visit
}
OF_ALL = {f"{path}.{name}" for path, name in FOLLOW}
ROLES = {role for code, row in rows(STEP).items() if code not in OF_ALL for role in row.roles}
ROLES -= NO_OFFICE


@pytest.fixture(autouse=True)
def december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def papers(december):
    return make_papers()


def leave(person):
    """All offices and portfolios ended yesterday; the next request reads the person anew."""
    yesterday = timezone.localdate() - timedelta(days=1)
    for held in (Appointment, Portfolio):
        held.objects.filter(person=person).update(ends_on=yesterday)
    return Person.objects.get(pk=person.pk)


def steps_of(role):
    """Every cell of the table in which the role may take a step from a state."""
    for path, steps in workflow.PATHS.items():
        for name, step in steps.items():
            for state in STATES[path]:
                held = role in may(path, name, state) and (path, name) not in FOLLOW
                if held and state in step.sources:
                    yield path, name, state


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_step_of_an_office_is_refused_once_it_ended(papers, without_checks, role):
    person, before, after = papers.people[role], [], []
    cells = list(steps_of(role))
    for path, name, state in cells:
        put_into(papers.example(path), state)
        before.append(outcome(papers.example(path), name, person))
    person = leave(person)
    for path, name, state in cells:
        put_into(papers.example(path), state)
        after.append(outcome(papers.example(path), name, person))

    assert all(before), "the control: in office each of them goes through"
    assert [cell for cell, went in zip(cells, after, strict=True) if went] == []


# One paper per role that is seen by right of office alone, and stands in the list of its kind.
SEEN_IN_OFFICE = {
    "head": "plan submitted",
    "coordinator": "sitting open",
    "secretary": "request endorsed",
    "in_charge": "request endorsed",
    "member": "sitting open",
    "inspector": "confirmation asked",
    "unit": "unitnotice sent",
}


@pytest.mark.parametrize("role", SEEN_IN_OFFICE)
def test_an_open_session_sees_the_papers_of_an_office_no_more(papers, role):
    line = SEEN_IN_OFFICE[role]
    kind, name = line.split()
    many = {"plan": papers.plans, "sitting": papers.sittings, "request": papers.requests,
            "unitnotice": papers.notices, "confirmation": papers.confirmations}[kind]  # fmt: skip
    route = f"fieldvisits:{kind.removeprefix('unit')}"
    address, listing = reverse(f"{route}-detail", args=[many[name].pk]), reverse(f"{route}-list")
    browser = Client()
    browser.force_login(papers.people[role])

    assert role in rows(SIGHT)[line].roles
    assert browser.get(address).status_code == 200
    assert f'href="{address}"' in body_of(browser.get(listing))
    leave(papers.people[role])
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value  # the same session
    assert browser.get(address).status_code == 404
    answer = browser.get(listing)
    assert answer.status_code in (200, 403, 404)
    assert f'href="{address}"' not in body_of(answer)
