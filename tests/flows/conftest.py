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
def browser_of(settings):
    """Sign in as a role. The menu counts once, as it does for people, not on each page."""
    settings.MENU_REMEMBERED_SECONDS = 60

    def signed_in(papers, role, **options):
        browser = Client(**options)
        if role != "anonymous":
            browser.force_login(papers.people[role])
        return browser

    return signed_in
