"""B2, B4, B5: many people press at once, on SQLite and on PostgreSQL."""

import os
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from accounts.choices import Office
from accounts.models import Delegation, InboxItem, Person
from fieldvisits import checks
from fieldvisits.actions import closing, door, plans, sittings
from fieldvisits.calendar import Quarter
from fieldvisits.ledger import keeping
from fieldvisits.models import AgendaLine, Direction, LedgerEntry, Plan, Sitting, Visit
from tests.factories.accounts import PersonFactory, appoint, make_administrator
from tests.factories.agency import add_visit, bring_before, make_agency, make_plan
from tests.factories.delegations import delegate
from tests.together import all_at_once, rounds_at_once

pytestmark = pytest.mark.django_db(transaction=True)
Q4 = Quarter(2018, 4)
PEOPLE, ROUNDS = 50, int(os.environ.get("ROUNDS", "20"))


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def submitted():
    """Plans of one cadre, one per quarter of coming years, waiting for the head."""
    agency = make_agency()
    found = []
    for number in range(ROUNDS):
        quarter = Quarter(2018 + number // 4, number % 4 + 1)
        found.append(
            Plan.objects.create(
                cadre=agency.cadre,
                department=agency.rural,
                superior=agency.head,
                year=quarter.year,
                quarter_number=quarter.number,
            )
        )
        Plan.objects.filter(pk=found[-1].pk).update(state="submitted")
    return agency, found


def agree(plan_id, head_id):
    return plans.agree(Plan.objects.get(pk=plan_id), by=Person.objects.get(pk=head_id))


def test_fifty_agreements_at_once_make_one_step(submitted):
    agency, found = submitted
    acts = [lambda _n, plan=plan: agree(plan.pk, agency.head.pk) for plan in found]

    rounds = rounds_at_once(PEOPLE, acts)

    for plan, answers in zip(found, rounds, strict=True):
        refused = [answer for answer in answers if isinstance(answer, ValidationError)]
        assert (len(answers) - len(refused), plan.steps.count()) == (1, 1)


@pytest.mark.usefixtures("as_served")
def test_fifty_agreements_through_the_web_make_one_step_and_polite_answers(submitted):
    agency, found = submitted
    browsers = [Client() for _ in range(PEOPLE)]
    for browser in browsers:
        browser.force_login(agency.head)
    urls = [reverse("fieldvisits:plan-step", args=[plan.pk, "agree"]) for plan in found]
    form = {"version": 0, "comment": ""}

    rounds = rounds_at_once(
        PEOPLE, [lambda n, url=url: browsers[n].post(url, form).status_code for url in urls]
    )

    for plan, answers in zip(found, rounds, strict=True):
        assert sorted(answers) == [302] + [409] * (PEOPLE - 1)
        assert plan.steps.count() == 1
        assert InboxItem.objects.filter(key__startswith=f"plan:{plan.pk}:").count() <= 1


def test_unguarded_door_lets_the_history_constraint_show(submitted, monkeypatch):
    """The control: without reading again and comparing, the presses collide."""
    agency, found = submitted
    monkeypatch.setattr(door, "hold", lambda _paper: None)
    monkeypatch.setattr(door, "_unmoved", lambda paper: Plan.objects.filter(pk=paper.pk))

    answers = all_at_once(PEOPLE, lambda _n: agree(found[0].pk, agency.head.pk))

    assert any(isinstance(answer, IntegrityError) for answer in answers)


def book_the_same_morning(agency, number):
    plan = Plan.objects.get(cadre=agency.cadre)
    return add_visit(
        plan,
        agency.unit,
        date(2018, 10, 9),
        session="morning",
        content=f"Làm việc với đoàn xã số {number}",
    )


def test_unshared_bookings_of_one_slot_at_once_leave_one():
    agency = make_agency()
    make_plan(agency, Q4)

    answers = all_at_once(8, lambda n: book_the_same_morning(agency, n))

    assert sum(isinstance(answer, Visit) for answer in answers) == 1
    assert sum(isinstance(answer, ValidationError) for answer in answers) == 7
    assert (Visit.objects.count(), LedgerEntry.objects.count()) == (1, 1)


def test_unshared_bookings_are_stopped_by_the_constraint_alone(monkeypatch):
    agency = make_agency()
    make_plan(agency, Q4)
    monkeypatch.setattr(checks, "slot_problems", lambda _visit: [])

    answers = all_at_once(8, lambda n: book_the_same_morning(agency, n))

    assert sum(isinstance(answer, Visit) for answer in answers) == 1
    assert LedgerEntry.objects.count() == 1


def test_bookings_outside_the_constraint_all_pass(monkeypatch):
    """The control: entries that are not live are no bookings, so nothing stops them."""
    agency = make_agency()
    make_plan(agency, Q4)
    monkeypatch.setattr(checks, "slot_problems", lambda _visit: [])
    honest = keeping.entries_of

    def not_live(visit, benches):
        rows = honest(visit, benches)
        for row in rows:
            row.live = False
        return rows

    monkeypatch.setattr(keeping, "entries_of", not_live)

    answers = all_at_once(4, lambda n: book_the_same_morning(agency, n))

    assert sum(isinstance(answer, Visit) for answer in answers) == 4


def test_plan_opened_ten_times_at_once_is_one_plan():
    agency = make_agency()

    answers = all_at_once(
        10, lambda _n: plans.open_plan(by=Person.objects.get(pk=agency.cadre.pk), quarter=Q4).pk
    )

    assert len(set(answers)) == 1
    assert Plan.objects.count() == 1


HELD_ON = date(2018, 10, 4)


def test_sitting_convened_eight_times_at_once_is_one_sitting():
    agency = make_agency()

    answers = all_at_once(
        8,
        lambda _n: (
            sittings.convene(by=Person.objects.get(pk=agency.coordinator.pk), held_on=HELD_ON).pk
        ),
    )

    assert answers == [Sitting.objects.get().pk] * 8


def test_direction_given_eight_times_at_once_stands_once():
    agency = make_agency()
    sitting = sittings.convene(by=agency.coordinator, held_on=HELD_ON)

    def give(_n):
        by = Person.objects.get(pk=agency.coordinator.pk)
        return sittings.give_direction(
            Sitting.objects.get(pk=sitting.pk), by=by, text="Đôn đốc cơ sở"
        ).pk

    assert all_at_once(8, give) == [Direction.objects.get().pk] * 8


def test_line_decided_while_its_sitting_is_closed_takes_effect_as_it_stands():
    """Whoever is first: never is a visit approved and its line, in the end, declined."""
    agency = make_agency()
    bring_before(agency, make_plan(agency, Q4, days=(date(2018, 10, 9),)))
    sitting = sittings.convene(by=agency.coordinator, held_on=HELD_ON)
    sittings.decide(sitting.lines.get(), "approve", by=agency.member)

    def press(number):
        if number == 0:
            chair = Person.objects.get(pk=agency.secretary.pk)
            return closing.close(Sitting.objects.get(), by=chair, notice_number="78-TB")
        member = Person.objects.get(pk=agency.member.pk)
        return sittings.decide(AgendaLine.objects.get(), "decline", by=member, reason="Không cần")

    all_at_once(6, press)

    line = AgendaLine.objects.select_related("visit", "sitting").get()
    effect = {"approve": "approved", "decline": "declined"}[line.decision]
    assert (line.sitting.state, line.visit.state) == ("closed", effect)


def test_two_administrators_delegating_one_office_at_once_make_one_delegation():
    """R25: whoever is first; the other is told. On both databases."""
    agency = make_agency()
    administrator = make_administrator(full_name="Quản trị")
    appoint(PersonFactory(), department=agency.rural, office=Office.DEPUTY)
    pks = [agency.cadre.pk, agency.colleague.pk]

    def press(number):
        to, by = (Person.objects.get(pk=pk) for pk in (pks[number % 2], administrator.pk))
        first = date(2018, 10, 5 + number)  # overlapping, no two alike
        return delegate(agency.head, to, by=by, first=first)

    answers = all_at_once(8, press)

    row = Delegation.objects.get()
    assert [answer for answer in answers if answer == row] == [row]
    assert sum(isinstance(answer, ValidationError) for answer in answers) == 7
