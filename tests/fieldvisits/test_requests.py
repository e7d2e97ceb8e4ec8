"""R8: ad-hoc visits, from the draft to the notice of the next sitting."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from accounts.models import InboxItem
from fieldvisits.actions import closing, requests, sittings, visits
from fieldvisits.calendar import Quarter
from fieldvisits.choices import Decision
from fieldvisits.history import contradictions
from fieldvisits.ledger.checking import disagreements
from fieldvisits.models import AdHocRequest, LedgerEntry, Regulation, Visit
from fieldvisits.overview.notice import read_notice
from fieldvisits.permissions import requests as may
from tests.factories.accounts import appoint
from tests.factories.agency import add_visit, approved_visit, make_agency, make_plan
from tests.factories.requests import REASON, REPORT, draft, endorsed, requested

pytestmark = pytest.mark.django_db
TODAY = date(2018, 10, 10)
NEXT_WEEK = date(2018, 10, 17)


@pytest.fixture(autouse=True)
def tenth_of_october():
    with (
        override("en"),
        time_machine.travel("2018-10-10 09:00+07:00", tick=False) as traveller,
    ):
        yield traveller


@pytest.fixture
def agency(tenth_of_october):
    return make_agency()


@pytest.fixture(autouse=True)
def books_agree(agency):
    yield
    assert (list(disagreements()), list(contradictions())) == ([], [])


def live_slots(visit):
    return LedgerEntry.objects.filter(visit=visit, live=True).count()


def states(asked):
    asked.refresh_from_db()
    return asked.state, Visit.objects.get(request=asked).state


def convene(agency, day=TODAY):
    return sittings.convene(by=agency.coordinator, held_on=day)


def close(agency, sitting):
    return closing.close(sitting, by=agency.secretary, notice_number=f"{sitting.pk}-TB")


def test_draft_takes_its_half_days_at_once(agency):
    asked = draft(agency, NEXT_WEEK)

    assert states(asked) == ("draft", "proposed")
    assert (asked.visit.origin, asked.visit.plan, asked.department) == (
        "ad_hoc",
        None,
        agency.rural,
    )
    assert live_slots(asked.visit) == 2
    with pytest.raises(ValidationError, match="Already taken"):
        add_visit(make_plan(agency, Quarter(2018, 4)), agency.unit, NEXT_WEEK)


def test_draft_written_twice_is_one_draft(agency):
    assert draft(agency, NEXT_WEEK).pk == draft(agency, NEXT_WEEK).pk
    assert Visit.objects.count() == 1


def test_request_that_says_nothing_is_refused_at_every_field(agency):
    visit = Visit(unit=agency.unit, starts_on=NEXT_WEEK, ends_on=NEXT_WEEK, kind="working_session")
    with pytest.raises(ValidationError) as refused:
        requests.save(AdHocRequest(reason="Gấp"), visit, by=agency.cadre)

    assert set(refused.value.message_dict) == {"content", "reason"}
    assert Visit.objects.count() == 0


def test_request_goes_to_the_head_then_to_the_member_in_charge(agency):
    asked = requested(agency, NEXT_WEEK)
    assert (asked.state, asked.superior) == ("requested", agency.head)
    requests.endorse(asked, by=agency.head, comment=REPORT)

    assert (asked.state, asked.endorsement) == ("endorsed", REPORT)
    told = InboxItem.objects.values_list("recipient", "kind")
    assert set(told) == {
        (agency.head.pk, "ad_hoc"),
        (agency.deputy_secretary.pk, "ad_hoc"),
    }


@pytest.mark.parametrize("role", ["cadre", "colleague", "secretary", "coordinator"])
def test_only_the_head_endorses(agency, role):
    asked = requested(agency, NEXT_WEEK)
    with pytest.raises(PermissionDenied):
        requests.endorse(asked, by=getattr(agency, role), comment=REPORT)
    assert states(asked) == ("requested", "proposed")


def test_endorsement_without_a_report_is_refused(agency):
    asked = requested(agency, NEXT_WEEK)
    with pytest.raises(ValidationError):
        requests.endorse(asked, by=agency.head, comment="  ")


@pytest.mark.parametrize("role", ["secretary", "deputy_secretary"])
def test_secretary_and_member_in_charge_decide_alone(agency, role):
    asked, by = endorsed(agency, NEXT_WEEK), getattr(agency, role)
    requests.approve(asked, by=by)

    assert states(asked) == ("approved", "approved")
    assert (asked.decided_alone_by, asked.reported_in) == (by, None)
    assert asked.visit.steps.get(name="approve").by == by
    assert InboxItem.objects.filter(kind="decided").count() == 2  # the cadre and the head


@pytest.mark.parametrize("role", ["member", "head", "cadre", "coordinator", "office_head"])
def test_nobody_else_decides_alone(agency, role):
    asked = endorsed(agency, NEXT_WEEK)
    for act in (requests.approve, requests.decline):
        with pytest.raises(PermissionDenied):
            act(asked, by=getattr(agency, role), comment="Lý do")
    assert states(asked) == ("endorsed", "proposed")


def test_declined_request_frees_its_half_days(agency):
    asked = endorsed(agency, NEXT_WEEK)
    with pytest.raises(ValidationError):
        requests.decline(asked, by=agency.secretary)
    requests.decline(asked, by=agency.secretary, comment="Đơn vị vừa có đoàn đến")

    assert (states(asked), live_slots(asked.visit)) == (("declined", "declined"), 0)


@pytest.mark.parametrize(
    ("make", "told"), [(draft, []), (requested, ["head"]), (endorsed, ["head", "deputy_secretary"])]
)
def test_request_given_up_frees_its_half_days_and_tells_who_had_it(agency, make, told):
    asked = make(agency, NEXT_WEEK)
    requests.cancel(asked, by=agency.cadre)

    assert (states(asked), live_slots(asked.visit)) == (("cancelled", "cancelled"), 0)
    items = InboxItem.objects.filter(key__contains=":cancel:")
    assert {item.recipient for item in items} == {getattr(agency, role) for role in told}


def test_withdrawn_request_is_a_draft_that_is_mended_and_sent_again(agency):
    asked = requested(agency, NEXT_WEEK)
    requests.withdraw(asked, by=agency.cadre)

    assert (states(asked), live_slots(asked.visit)) == (("draft", "proposed"), 2)
    assert InboxItem.objects.filter(recipient=agency.head, key__contains=":withdraw:").exists()
    asked.reason = "Đơn vị đề nghị gấp về nhân sự đại hội"
    requests.save(asked, asked.visit, by=agency.cadre, revision=0)
    requests.send(asked, by=agency.cadre)
    assert states(asked) == ("requested", "proposed")


def test_endorsed_request_is_not_withdrawn_any_more(agency):
    asked = endorsed(agency, NEXT_WEEK)
    with pytest.raises(ValidationError, match="not possible any more"):
        requests.withdraw(asked, by=agency.cadre)


def test_withdrawn_visit_takes_its_request_along(agency):
    asked = requested(agency, NEXT_WEEK)
    visits.withdraw(Visit.objects.get(), by=agency.cadre)

    assert states(asked) == ("cancelled", "cancelled")


def test_approved_request_is_not_withdrawn(agency):
    asked = endorsed(agency, NEXT_WEEK)
    requests.approve(asked, by=agency.secretary)
    with pytest.raises(ValidationError):
        requests.cancel(asked, by=agency.cadre)


def test_returned_request_is_changed_and_sent_again(agency):
    asked = endorsed(agency, NEXT_WEEK)
    requests.send_back(asked, by=agency.deputy_secretary, comment="Ghi rõ làm việc với ai")
    visit = asked.visit
    visit.content = "Làm việc với Ban Chấp hành về nhân sự đại hội"
    requests.save(asked, visit, by=agency.cadre, revision=0)
    requests.send(asked, by=agency.cadre)

    assert asked.state == "requested"
    assert [row.number for row in asked.versions.all()] == [1, 2, 4]
    with pytest.raises(ValidationError, match="sent"):
        requests.save(asked, visit, by=agency.cadre)


def test_approved_thematic_visit_owes_its_product(agency):
    asked = endorsed(agency, NEXT_WEEK, kind="thematic")
    requests.approve(asked, by=agency.secretary)

    assert Visit.objects.get().product == "owed"


def test_own_request_of_the_head_goes_to_the_member_in_charge(agency):
    asked = requested(agency, NEXT_WEEK, cadre=agency.head)
    assert asked.superior == agency.deputy_secretary
    with pytest.raises(PermissionDenied):
        requests.endorse(asked, by=agency.head, comment=REPORT)


def test_nobody_decides_on_their_own_request(agency):
    """The member in charge, then the Secretary: each on their own paper."""
    for own, other in (("deputy_secretary", "secretary"), ("secretary", "deputy_secretary")):
        by = getattr(agency, own)
        by.in_scope = True
        asked = endorsed(agency, NEXT_WEEK, cadre=by)
        with pytest.raises(PermissionDenied):
            requests.approve(asked, by=by)
        requests.approve(asked, by=getattr(agency, other))
        assert states(asked) == ("approved", "approved")


def test_member_who_left_the_portfolio_does_not_decide(agency):
    asked = endorsed(agency, NEXT_WEEK)
    agency.deputy_secretary.portfolios.update(ends_on=TODAY - timedelta(days=1))
    agency.deputy_secretary.__dict__.pop("_offices", None)

    assert not may.decides_alone(agency.deputy_secretary, asked)


# ---- urgent -----------------------------------------------------------------------------


def test_visit_written_up_beforehand_is_not_urgent(agency):
    asked = requested(agency, TODAY + timedelta(days=1))
    assert (asked.is_urgent, asked.is_late) == (False, False)


@pytest.mark.parametrize("ago", [0, 1, 3])
def test_visit_written_up_on_the_third_day_is_urgent_and_decided_alone(agency, ago):
    asked = endorsed(agency, TODAY - timedelta(days=ago))
    requests.approve(asked, by=agency.secretary)

    assert (asked.is_urgent, asked.is_late) == (True, False)
    assert Visit.objects.get().approved_afterwards


def test_visit_written_up_on_the_fourth_day_needs_a_reason_and_a_sitting(agency):
    first = TODAY - timedelta(days=4)
    with pytest.raises(ValidationError, match="why it was written up so late"):
        draft(agency, first)
    asked = endorsed(agency, first, late_reason="Đi công tác liền một đợt, chưa về cơ quan")

    assert asked.is_late
    with pytest.raises(PermissionDenied, match="only a sitting"):
        requests.approve(asked, by=agency.secretary)
    sitting = convene(agency)
    sittings.decide(sitting.lines.get(), Decision.APPROVE, by=agency.member)
    close(agency, sitting)
    assert states(asked) == ("approved", "approved")


def test_limit_of_the_regulation_is_data(agency):
    Regulation.objects.update(urgent_days=5)
    assert not requested(agency, TODAY - timedelta(days=5)).is_late


def test_request_returned_after_the_limit_keeps_its_day(agency, tenth_of_october):
    asked = requested(agency, TODAY - timedelta(days=3))
    requests.send_back(asked, by=agency.head, comment="Ghi rõ hơn")
    tenth_of_october.move_to("2018-10-12 09:00+07:00")
    requests.send(asked, by=agency.cadre)

    assert (asked.is_urgent, asked.is_late) == (True, False)


def test_request_moved_to_another_day_is_written_up_anew(agency, tenth_of_october):
    asked = requested(agency, TODAY - timedelta(days=3))
    requests.send_back(asked, by=agency.head, comment="Sai ngày")
    tenth_of_october.move_to("2018-10-12 09:00+07:00")
    visit = asked.visit
    visit.starts_on = visit.ends_on = TODAY - timedelta(days=4)
    with pytest.raises(ValidationError, match="so late"):
        requests.save(asked, visit, by=agency.cadre)


# ---- sittings ---------------------------------------------------------------------------


def test_decision_of_one_member_stands_in_the_notice_of_the_next_sitting(agency):
    approved, declined = endorsed(agency, NEXT_WEEK), endorsed(agency, date(2018, 10, 18))
    requests.approve(approved, by=agency.secretary)
    requests.decline(declined, by=agency.deputy_secretary, comment="Trùng đoàn kiểm tra")
    sitting = convene(agency)
    before = read_notice(sitting, number="1-TB").reported
    close(agency, sitting)

    after = read_notice(sitting, number="1-TB").reported
    assert [one.request for one in before] == [one.request for one in after] == [approved, declined]
    assert set(AdHocRequest.objects.values_list("reported_in", flat=True)) == {sitting.pk}
    assert [row["visit"] for row in sitting.versions.get().content["reported"]] == [
        approved.visit.code,
        declined.visit.code,
    ]
    assert read_notice(convene(agency, NEXT_WEEK), number="2-TB").reported == []


def test_endorsed_request_comes_on_the_agenda_and_is_decided_there(agency):
    asked, other = endorsed(agency, NEXT_WEEK), requested(agency, date(2018, 10, 18))
    sitting = convene(agency)
    requests.endorse(other, by=agency.head, comment=REPORT)  # joins the open sitting
    for line, said in zip(sitting.lines.all(), (Decision.APPROVE, Decision.DECLINE), strict=True):
        sittings.decide(line, said, by=agency.member, reason="Không cần thiết")
    close(agency, sitting)

    assert (states(asked)[0], states(other)[0]) == ("approved", "declined")
    assert asked.decided_alone_by is None
    assert read_notice(sitting, number="1-TB").reported == []
    assert [part.name for part in read_notice(sitting, number="1-TB").departments] == [
        "Ban Thanh niên Nông thôn"
    ]


def test_request_decided_alone_leaves_the_open_agenda(agency):
    asked = endorsed(agency, NEXT_WEEK)
    sitting = convene(agency)
    requests.approve(asked, by=agency.secretary)

    assert not sitting.lines.exists()
    close(agency, sitting)


def test_one_member_does_not_decide_over_the_head_of_a_sitting(agency):
    asked = endorsed(agency, NEXT_WEEK)
    sitting = convene(agency)
    sittings.decide(sitting.lines.get(), Decision.DECLINE, by=agency.member, reason="Trùng đoàn")

    with pytest.raises(PermissionDenied, match="written a decision"):
        requests.approve(asked, by=agency.secretary)
    with pytest.raises(PermissionDenied):
        requests.send_back(asked, by=agency.secretary, comment="Xem lại")


def test_returned_request_is_on_no_agenda_even_if_it_was_deferred(agency):
    asked = endorsed(agency, NEXT_WEEK)
    sitting = convene(agency)
    sittings.decide(sitting.lines.get(), Decision.DEFER, by=agency.member)
    close(agency, sitting)
    requests.send_back(asked, by=agency.secretary, comment="Ghi rõ nội dung")

    assert not convene(agency, NEXT_WEEK).lines.exists()


def test_line_of_the_agenda_may_adjust_the_visit(agency):
    endorsed(agency, NEXT_WEEK)
    sitting = convene(agency)
    day = date(2018, 10, 19)
    adjusted = sittings.Adjustment(day, day, "morning", agency.other_unit)
    sittings.decide(
        sitting.lines.get(), Decision.ADJUST, by=agency.member, reason="Đổi", adjustment=adjusted
    )
    close(agency, sitting)

    visit = Visit.objects.get()
    assert (visit.state, visit.starts_on, visit.unit) == ("approved", day, agency.other_unit)


# ---- in place of another ----------------------------------------------------------------


@pytest.fixture
def standing(agency, tenth_of_october):
    return approved_visit(agency, NEXT_WEEK)


@pytest.mark.parametrize("alone", [True, False])
def test_approved_request_cancels_the_visit_it_replaces(agency, standing, alone):
    asked = endorsed(agency, NEXT_WEEK, unit=agency.other_unit, replaces=standing)
    assert (asked.visit.shared, live_slots(standing)) == (True, 2)
    if alone:
        requests.approve(asked, by=agency.secretary)
    else:
        sitting = convene(agency)
        sittings.decide(sitting.lines.get(), Decision.APPROVE, by=agency.member)
        close(agency, sitting)

    standing.refresh_from_db()
    visit = Visit.objects.get(request=asked)
    assert (standing.state, visit.state, visit.shared) == ("cancelled", "approved", False)
    assert (live_slots(standing), live_slots(visit)) == (0, 2)
    assert visit.code in standing.steps.get(name="replace").comment


def test_declined_request_leaves_the_other_visit_standing(agency, standing):
    asked = endorsed(agency, NEXT_WEEK, unit=agency.other_unit, replaces=standing)
    requests.decline(asked, by=agency.secretary, comment="Giữ như kế hoạch")

    standing.refresh_from_db()
    assert (standing.state, live_slots(standing)) == ("approved", 2)


def test_same_unit_in_the_same_quarter_is_no_replacement(agency, standing):
    with pytest.raises(ValidationError, match="amendment"):
        draft(agency, date(2018, 10, 19), replaces=standing)
    with pytest.raises(ValidationError, match="of your own"):
        draft(agency, NEXT_WEEK, unit=agency.other_unit, cadre=agency.colleague, replaces=standing)


def test_visit_reported_meanwhile_is_not_replaced(agency, standing, tenth_of_october):
    asked = endorsed(agency, date(2019, 1, 10), replaces=standing)
    tenth_of_october.move_to("2018-10-18 09:00+07:00")
    standing.refresh_from_db()
    visits.report(
        standing,
        by=agency.cadre,
        result="Đã làm xong việc theo kế hoạch",
        starts_on=NEXT_WEEK,
        ends_on=NEXT_WEEK,
        session="full",
    )

    with pytest.raises(ValidationError, match="reported meanwhile"):
        requests.approve(asked, by=agency.secretary)
    assert states(asked) == ("endorsed", "proposed")


def test_two_requests_in_place_of_one_visit_do_not_share_its_half_days(agency, standing):
    first = endorsed(agency, NEXT_WEEK, unit=agency.other_unit, replaces=standing)
    second = draft(agency, date(2019, 1, 10), replaces=standing)
    sitting = convene(agency)
    requests.send(second, by=agency.cadre)
    requests.endorse(second, by=agency.head, comment=REPORT)
    for line in sitting.lines.all():
        sittings.decide(line, Decision.APPROVE, by=agency.member)
    close(agency, sitting)

    assert (states(first)[1], states(second)[1]) == ("approved", "approved")
    standing.refresh_from_db()
    assert (standing.state, standing.steps.filter(name="replace").count()) == ("cancelled", 1)


def test_replacing_takes_no_half_day_of_a_third_visit(agency, standing):
    draft(agency, date(2018, 10, 19))
    with pytest.raises(ValidationError, match="Already taken"):
        draft(agency, NEXT_WEEK, date(2018, 10, 19), unit=agency.other_unit, replaces=standing)


def test_step_of_the_visit_alone_is_not_open_to_one_member(agency):
    """The control: the door itself refuses what only a request or a sitting may do."""
    asked = endorsed(agency, NEXT_WEEK)
    visit = asked.visit

    assert may.decides_visit(agency.secretary, visit)
    assert not may.decides_visit(agency.member, visit)
    assert not may.replaces_visit(agency.secretary, visit)


def test_person_in_no_department_asks_for_nothing(agency):
    stranger = agency.stranger
    stranger.appointments.all().delete()
    stranger.__dict__.pop("_offices", None)
    with pytest.raises(PermissionDenied):
        draft(agency, NEXT_WEEK, cadre=stranger)
    appoint(stranger, department=agency.rural)
    stranger.__dict__.pop("_offices", None)
    assert draft(agency, NEXT_WEEK, cadre=stranger).reason == REASON
