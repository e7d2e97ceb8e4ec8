"""UBKT asks, the unit answers, and no missing answer ever takes a day away (R14)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.choices import Body, Office
from accounts.models import InboxItem
from fieldvisits.actions import confirmations, visits
from fieldvisits.actions.confirmations import Correction
from fieldvisits.history import contradictions
from fieldvisits.ledger.checking import disagreements
from fieldvisits.ledger.totals import totals
from fieldvisits.models import ConfirmationRequest, LedgerEntry, Visit
from tests.factories.accounts import appoint
from tests.factories.agency import (
    approved_visit,
    inspector_of_agency,
    make_agency,
    representative,
)

pytestmark = pytest.mark.django_db
DAY = date(2018, 10, 9)  # a Tuesday
CORRECTION = Correction(proposed_from=DAY, proposed_to=DAY, proposed_session="morning")


@pytest.fixture
def clock():
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def agency(clock):
    agency = make_agency()
    agency.person, agency.ubkt = representative(agency.unit), inspector_of_agency()
    appoint(agency.ubkt, department=agency.office)  # where members have their daily work
    return agency


@pytest.fixture
def visit(agency, clock):
    """Accepted; it is the day after."""
    visit = approved_visit(agency, DAY)
    clock.move_to("2018-10-10 09:00+07:00")
    visits.report(visit, by=agency.cadre, result="Đã làm việc với bốn xã của huyện",
                  starts_on=DAY, ends_on=DAY, session="full")  # fmt: skip
    visits.accept(visit, by=agency.head)
    return visit


@pytest.fixture
def asked(visit, agency):
    return confirmations.ask(visit, by=agency.ubkt, question="Làm việc với ai?")


@pytest.fixture
def disputed(asked, agency):
    confirmations.answer(asked, "dispute", by=agency.person, remark="Không có đoàn nào đến")
    return asked


def counted():
    found = totals(date(2018, 1, 1), date(2018, 12, 31), date(2018, 12, 31)).values()
    return sum(row.accepted for row in found), sum(row.confirmed for row in found)


def standing(visit):
    """Of the visit, and of every half-day in the ledger."""
    said = set(LedgerEntry.objects.filter(visit=visit).values_list("confirmation", flat=True))
    assert [*contradictions(), *disagreements()] == []
    return Visit.objects.get(pk=visit.pk).confirmation, said


def test_asked_request_stands_on_the_visit_and_in_the_ledger(asked, visit, agency):
    assert (asked.unit, asked.state, asked.due_on) == (agency.unit, "asked", date(2018, 10, 20))
    assert standing(visit) == ("asked", {"asked"})
    step = asked.steps.get()
    assert (step.by, step.office) == (agency.ubkt, "inspection_committee")
    assert InboxItem.objects.filter(recipient=agency.person, kind="confirmation").count() == 1


@pytest.mark.parametrize("role", ["cadre", "head", "secretary", "coordinator", "person"])
def test_only_ubkt_asks(visit, agency, role):
    with pytest.raises(PermissionDenied):
        confirmations.ask(visit, by=getattr(agency, role))
    assert not ConfirmationRequest.objects.exists()


def test_a_member_does_not_ask_about_an_own_visit(visit, agency):
    appoint(agency.cadre, body=Body.INSPECTION_COMMITTEE, office=Office.MEMBER)

    with pytest.raises(PermissionDenied):
        confirmations.ask(visit, by=agency.cadre)


def test_visit_that_is_not_over_is_not_asked_about(agency, clock):
    visit = approved_visit(agency, DAY)
    clock.move_to(f"{DAY} 23:00+07:00")

    with pytest.raises(ValidationError):
        confirmations.ask(visit, by=agency.ubkt)
    clock.move_to("2018-10-10 00:01+07:00")
    assert confirmations.ask(visit, by=agency.ubkt).state == "asked"


def test_asking_twice_is_refused_while_one_is_open(asked, visit, agency):
    [(_visit, problem)] = confirmations.ask_about([visit], by=agency.ubkt)

    assert problem
    assert ConfirmationRequest.objects.count() == 1


def test_confirmed_days_are_the_confirmed_share(asked, visit, agency):
    assert counted() == (2, 0)
    confirmations.answer(asked, "confirm", by=agency.person)

    assert counted() == (2, 2)
    assert standing(visit) == ("confirmed", {"confirmed"})
    with pytest.raises(ValidationError):
        confirmations.ask(visit, by=agency.ubkt)


def test_correction_proposes_and_never_changes(asked, visit, agency):
    confirmations.answer(asked, "correct", by=agency.person, correction=CORRECTION)

    visit.refresh_from_db()
    assert (visit.starts_on, visit.session, counted()) == (DAY, "full", (2, 0))
    assert standing(visit) == ("corrected", {"corrected"})
    assert asked.proposed_session == "morning"


@pytest.mark.parametrize("correction", [
    Correction(),
    Correction(proposed_from=DAY, proposed_to=DAY, proposed_session="full"),  # as it stands
    Correction(proposed_from=DAY, proposed_to=date(2018, 10, 8)),
    Correction(proposed_from=DAY, proposed_to=date(2018, 10, 11)),  # not come yet
    Correction(proposed_from=date(2000, 1, 1), proposed_to=DAY),
])  # fmt: skip
def test_correction_that_says_nothing_possible_is_refused(asked, agency, correction):
    with pytest.raises(ValidationError):
        confirmations.answer(asked, "correct", by=agency.person, correction=correction)


@pytest.mark.parametrize("role", ["cadre", "head", "secretary", "ubkt"])
def test_only_the_unit_answers(asked, agency, role):
    with pytest.raises(PermissionDenied):
        confirmations.answer(asked, "confirm", by=getattr(agency, role))


def test_who_made_the_visit_does_not_confirm_it_for_the_unit(asked, agency):
    appoint(agency.cadre, body=Body.UNIT, unit=agency.unit, office=Office.REPRESENTATIVE)

    with pytest.raises(PermissionDenied, match="tự quyết định văn bản của mình"):
        confirmations.answer(asked, "confirm", by=agency.cadre)
    confirmations.answer(asked, "confirm", by=agency.person)


def test_no_needs_a_remark_and_keeps_the_days(asked, visit, agency):
    with pytest.raises(ValidationError):
        confirmations.answer(asked, "dispute", by=agency.person)
    confirmations.answer(asked, "dispute", by=agency.person, remark="Không có đoàn nào đến")

    assert counted() == (2, 0)
    assert standing(visit) == ("disputed", {"disputed"})


def test_missing_answer_expires_and_zeroes_nothing(asked, visit, agency, clock):
    assert confirmations.expire_due(today=date(2018, 10, 20)) == 0
    assert confirmations.expire_due(today=date(2018, 10, 21)) == 1
    assert confirmations.expire_due(today=date(2018, 10, 21)) == 0

    assert counted() == (2, 0)
    assert standing(visit) == ("expired", {"expired"})
    asked.refresh_from_db()
    confirmations.answer(asked, "confirm", by=agency.person)
    assert counted() == (2, 2)


def test_expired_request_is_not_answered_once_a_newer_one_is_there(asked, visit, agency):
    confirmations.expire_due(today=date(2018, 10, 21))
    newer = confirmations.ask(visit, by=agency.ubkt)
    asked.refresh_from_db()

    with pytest.raises(ValidationError):
        confirmations.answer(asked, "confirm", by=agency.person)
    confirmations.answer(newer, "confirm", by=agency.person)
    assert standing(visit) == ("confirmed", {"confirmed"})


def test_no_is_upheld_after_the_cadre_has_answered(disputed, visit, agency):
    with pytest.raises(ValidationError) as refusal:
        confirmations.uphold(disputed, by=agency.ubkt)
    assert refusal.value.error_list[0].code == "too_early"
    confirmations.reply(disputed, by=agency.cadre, text="Đã làm việc với đồng chí Bí thư xã")
    assert counted() == (2, 0)

    confirmations.uphold(disputed, by=agency.ubkt)

    assert counted() == (0, 0)
    assert standing(visit) == ("denied", {"denied"})
    assert not LedgerEntry.objects.filter(visit=visit, live=True).exists()


def test_no_is_upheld_when_five_working_days_have_gone_by(disputed, agency, clock):
    clock.move_to("2018-10-17 23:00+07:00")  # the fifth working day after Wednesday the 10th
    with pytest.raises(ValidationError):
        confirmations.uphold(disputed, by=agency.ubkt)

    clock.move_to("2018-10-18 00:01+07:00")
    confirmations.uphold(disputed, by=agency.ubkt)
    assert disputed.state == "denied"


def test_no_is_set_aside_with_a_reason_and_the_visit_is_confirmed(disputed, visit, agency):
    with pytest.raises(ValidationError):
        confirmations.set_aside(disputed, by=agency.ubkt)
    confirmations.set_aside(disputed, by=agency.ubkt, comment="Có biên bản làm việc")

    assert counted() == (2, 2)
    assert standing(visit) == ("confirmed", {"confirmed"})


@pytest.mark.parametrize("role", ["cadre", "head", "person", "secretary"])
@pytest.mark.parametrize("name", ["uphold", "set_aside"])
def test_only_ubkt_decides_a_dispute(disputed, agency, role, name):
    with pytest.raises(PermissionDenied):
        getattr(confirmations, name)(disputed, by=getattr(agency, role), comment="Lý do")


def test_only_the_cadre_replies_and_only_to_a_no(disputed, agency):
    with pytest.raises(PermissionDenied):
        confirmations.reply(disputed, by=agency.head, text="Có đi")
    confirmations.set_aside(disputed, by=agency.ubkt, comment="Có biên bản")
    with pytest.raises(ValidationError):
        confirmations.reply(disputed, by=agency.cadre, text="Có đi")


def test_answer_to_an_older_version_is_stale(disputed, agency):
    with pytest.raises(ValidationError) as refusal:
        confirmations.set_aside(disputed, by=agency.ubkt, comment="Có biên bản", version=1)
    assert refusal.value.error_list[0].code == "stale"


def test_visit_that_says_another_confirmation_is_found(asked, visit):
    """The control of the comparison in ``check_history``."""
    Visit.objects.filter(pk=visit.pk).update(confirmation="confirmed")

    assert any("confirmation" in sentence for sentence in contradictions())


def test_those_concerned_are_told(disputed, agency):
    told = InboxItem.objects.filter(key__startswith=f"confirmation:{disputed.pk}:dispute")
    assert set(told.values_list("recipient", flat=True)) == {
        agency.ubkt.pk,
        agency.cadre.pk,
        agency.head.pk,
    }
