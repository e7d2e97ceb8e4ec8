"""The world of the walks: one of everything, on a winter's day."""

import pytest
import time_machine
from django.test import Client

from tests.factories.papers import NOW, make_papers


@pytest.fixture
def december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def papers(december):
    return make_papers()


@pytest.fixture
def browser_of(as_served):
    """Sign in as a role."""

    def signed_in(papers, role, **options):
        browser = Client(**options)
        if role != "anonymous":
            browser.force_login(papers.people[role])
        return browser

    return signed_in
