"""Opening the first quarter: whoever travels hears of it, once."""

import pytest
import time_machine
from django.urls import reverse

from accounts.models import InboxItem
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint, make_administrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = make_administrator(in_scope=False)
    client.force_login(person)
    return person


@pytest.mark.parametrize(
    ("moment", "quarter"),
    [("2026-03-11 09:00+07:00", "2026-1"), ("2026-03-12 09:00+07:00", "2026-2")],
)
def test_whoever_travels_hears_once_of_the_quarter_that_is_open(
    client, administrator, moment, quarter
):
    with time_machine.travel(moment, tick=False):
        cadre, unscoped = PersonFactory(), PersonFactory(in_scope=False)
        for person in (cadre, unscoped):
            appoint(person, department=DepartmentFactory())

        for _press in range(2):
            assert client.post(reverse("fieldvisits:start-quarter")).status_code == 302

        told = InboxItem.objects.values_list("recipient", "key")
        assert list(told) == [(cadre.pk, f"quarter-open:{quarter}")]


def test_nobody_to_tell_is_said_and_offers_no_button(client, administrator):
    page = client.get(reverse("fieldvisits:start-quarter")).content.decode()

    assert 'class="empty"' in page
    assert reverse("accounts:start") in page
