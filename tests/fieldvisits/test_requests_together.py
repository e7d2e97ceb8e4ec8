"""R8: several people act on one ad-hoc request at the same moment."""

import os
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import Person
from fieldvisits.actions import closing, requests, sittings
from fieldvisits.choices import Decision
from fieldvisits.history import contradictions
from fieldvisits.ledger.checking import disagreements
from fieldvisits.models import AdHocRequest, Sitting, Visit
from fieldvisits.permissions import requests as may
from tests.factories.agency import make_agency
from tests.factories.requests import draft, endorsed
from tests.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("ROUNDS", "5"))
PEOPLE = 8


@pytest.fixture(autouse=True)
def tenth_of_october():
    with time_machine.travel("2018-10-10 09:00+07:00", tick=False):
        yield


def decide(asked, by, number):
    act = (requests.approve, requests.decline)[number % 2]
    return act(
        AdHocRequest.objects.get(pk=asked.pk),
        by=Person.objects.get(pk=by[number % 2].pk),
        comment="Lý do",
    )


def test_two_members_who_decide_at_once_make_one_decision():
    agency = make_agency()
    both = (agency.secretary, agency.deputy_secretary)
    for number in range(ROUNDS):
        asked = endorsed(agency, date(2018, 10, 15 + number))
        answers = all_at_once(PEOPLE, lambda n, asked=asked: decide(asked, both, n))

        refused = [answer for answer in answers if isinstance(answer, ValidationError)]
        assert len(refused) == PEOPLE - 1
        asked.refresh_from_db()
        assert asked.state == Visit.objects.get(request=asked).state
        assert asked.steps.filter(name__in=("approve", "decline")).count() == 1
    assert (list(disagreements()), list(contradictions())) == ([], [])


def test_member_and_sitting_that_decide_at_once_make_one_decision():
    agency = make_agency()
    asked = endorsed(agency, date(2018, 10, 17))
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 10))

    def press(number):
        if number % 2:
            by = Person.objects.get(pk=agency.secretary.pk)
            return requests.approve(AdHocRequest.objects.get(), by=by)
        line = sitting.lines.select_related("sitting", "visit").get()
        by = Person.objects.get(pk=agency.member.pk)
        sittings.decide(line, Decision.DECLINE, by=by, reason="Trùng đoàn kiểm tra")
        chair = Person.objects.get(pk=agency.secretary.pk)
        return closing.close(Sitting.objects.get(), by=chair, notice_number="1-TB")

    all_at_once(PEOPLE, press)

    asked.refresh_from_db()
    assert asked.state in ("approved", "declined")
    assert asked.state == Visit.objects.get().state
    assert (asked.decided_alone_by is None) == (asked.state == "declined")
    assert (list(disagreements()), list(contradictions())) == ([], [])


def test_withdrawal_and_decision_at_once_leave_one_of_them():
    agency = make_agency()
    asked = endorsed(agency, date(2018, 10, 17))

    def press(number):
        by = Person.objects.get(pk=(agency.cadre, agency.secretary)[number % 2].pk)
        act = (requests.cancel, requests.approve)[number % 2]
        return act(AdHocRequest.objects.get(), by=by)

    answers = all_at_once(PEOPLE, press)

    asked.refresh_from_db()
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
    assert asked.state == Visit.objects.get().state


def test_same_draft_written_eight_times_at_once_is_one():
    agency = make_agency()

    def write(_n):
        cadre = Person.objects.get(pk=agency.cadre.pk)
        return draft(agency, date(2018, 10, 17), cadre=cadre).pk

    assert all_at_once(PEOPLE, write) == [AdHocRequest.objects.get().pk] * PEOPLE


def test_door_alone_lets_one_of_many_decisions_pass(monkeypatch):
    """A control: the question asked first is taken away, compare-and-set still holds."""
    agency = make_agency()
    asked = endorsed(agency, date(2018, 10, 17))
    monkeypatch.setattr(may, "decides_alone", may.is_in_charge)
    monkeypatch.setattr(requests, "_to_decide", lambda asked, **_said: asked.visit)
    answers = all_at_once(
        PEOPLE, lambda n: decide(asked, (agency.secretary, agency.deputy_secretary), n)
    )

    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
