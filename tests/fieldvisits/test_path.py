"""The path of a plan from the cadre's desk to days in the official total."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from accounts.models import InboxItem
from accounts.overview.deciding import Deciding
from fieldvisits.actions import closing, dossiers, plans, sittings, visits
from fieldvisits.actions.sittings import Adjustment
from fieldvisits.calendar import Quarter
from fieldvisits.choices import Decision, PlanState, VisitState
from fieldvisits.ledger.checking import disagreements
from fieldvisits.ledger.totals import totals
from fieldvisits.models import Plan, Regulation, Step
from tests.factories.agency import (
    add_visit,
    approved_visit,
    bring_before,
    decide_all,
    make_agency,
    make_plan,
)

pytestmark = pytest.mark.django_db
Q4 = Quarter(2018, 4)


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False) as clock, override("en"):
        yield clock


def report_as_planned(visit):
    visits.report(
        visit,
        by=visit.cadre,
        result="Đã làm việc với Ban Thường vụ Huyện đoàn",
        starts_on=visit.starts_on,
        ends_on=visit.ends_on,
        session=visit.session,
    )


@pytest.mark.planner
def test_plan_the_whole_way_ends_in_accepted_days(early_october):
    agency = make_agency()
    plan = make_plan(agency, Q4, days=(date(2018, 10, 9),))
    add_visit(plan, agency.unit, date(2018, 10, 11), session="morning")
    bring_before(agency, plan)
    decide_all(agency, date(2018, 10, 5))
    early_october.move_to("2018-10-12 09:00+07:00")
    for visit in plan.visits.all():
        report_as_planned(visit)
        visits.accept(visit, by=agency.head)

    found = totals(date(2018, 1, 1), date(2018, 12, 31), date(2018, 10, 12))

    assert [item.accepted for item in found.values()] == [3]
    plan.refresh_from_db()
    assert plan.state == PlanState.SETTLED
    assert list(disagreements()) == []
    names = plan.steps.values_list("name", flat=True)
    assert list(names) == ["submit", "agree", "include", "settle"]


def decide_each_way(lines, adjustment, *, by):
    sittings.decide(lines[0], Decision.APPROVE, by=by)
    sittings.decide(lines[1], Decision.ADJUST, by=by, reason="Trùng đoàn", adjustment=adjustment)
    sittings.decide(lines[2], Decision.DECLINE, by=by, reason="Không cần")
    sittings.decide(lines[3], Decision.DEFER, by=by)


def test_sitting_adjusts_declines_and_defers_line_by_line(early_october):
    agency = make_agency()
    days = tuple(date(2018, 10, 9 + n) for n in range(4))
    plan = make_plan(agency, Q4, days=days)
    bring_before(agency, plan)
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 4))
    lines = list(sitting.lines.all())
    new = Adjustment(date(2018, 10, 16), date(2018, 10, 16), "morning", agency.other_unit)
    decide_each_way(lines, new, by=agency.member)

    closing.close(sitting, by=agency.secretary, notice_number="78-TB/TĐTN-TCKT")

    states = [visit.state for visit in plan.visits.in_order()]
    assert sorted(states) == ["approved", "approved", "declined", "proposed"]
    adjusted = lines[1].visit
    adjusted.refresh_from_db()
    assert (adjusted.starts_on, adjusted.session, adjusted.unit) == (
        date(2018, 10, 16),
        "morning",
        agency.other_unit,
    )
    second = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 8))
    assert [line.visit_id for line in second.lines.all()] == [lines[3].visit_id]
    assert list(disagreements()) == []


def test_deferred_visit_joins_the_sitting_that_is_open_already():
    agency = make_agency()
    bring_before(agency, make_plan(agency, Q4, days=(date(2018, 10, 9),)))
    first = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 4))
    second = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 8))
    sittings.decide(first.lines.get(), Decision.DEFER, by=agency.member)

    closing.close(first, by=agency.secretary, notice_number="78-TB")

    assert second.lines.get().visit == first.lines.get().visit


def test_submit_tells_the_head_once():
    agency = make_agency()
    plans.submit(make_plan(agency, Q4, days=(date(2018, 10, 9),)), by=agency.cadre)

    assert [item.recipient for item in InboxItem.objects.all()] == [agency.head]


def test_agree_on_own_plan_is_refused_in_words():
    agency = make_agency()
    plan = make_plan(agency, Q4, cadre=agency.head, days=(date(2018, 10, 9),))
    plans.submit(plan, by=agency.head)

    with pytest.raises(PermissionDenied, match="Nobody decides on their own"):
        plans.agree(plan, by=agency.head)

    plan.refresh_from_db()
    assert (plan.state, plan.superior) == (PlanState.SUBMITTED, agency.deputy_secretary)


def test_secretary_decides_where_a_head_has_gone_and_nobody_is_in_charge():
    agency = make_agency()
    plan = make_plan(agency, Q4, days=(date(2018, 10, 9),))
    plans.submit(plan, by=agency.cadre)
    agency.deputy_secretary.portfolios.all().delete()
    agency.head.appointments.update(ends_on=date(2018, 10, 1))

    assert plan in Plan.objects.visible_to(agency.secretary)
    assert plan not in Plan.objects.visible_to(agency.head)
    plans.agree(plan, by=agency.secretary)


def test_decide_own_line_is_refused():
    agency = make_agency()
    plan = make_plan(agency, Q4, cadre=agency.member, days=(date(2018, 10, 9),))
    plans.submit(plan, by=agency.member)
    plans.agree(plan, by=agency.secretary)
    dossier = dossiers.record_meeting(
        dossiers.current(None, Q4),
        by=agency.office_head,
        met_on=date(2018, 10, 1),
        present="Thường trực",
    )
    dossiers.forward(dossier, by=agency.office_head)
    dossiers.put_before(dossier, by=agency.coordinator)
    line = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 4)).lines.get()

    with pytest.raises(PermissionDenied, match="nobody decides on their own"):
        sittings.decide(line, Decision.APPROVE, by=agency.member)

    assert (
        sittings.decide(line, Decision.APPROVE, by=agency.secretary).decided_by == agency.secretary
    )


def test_return_without_a_reason_changes_nothing():
    agency = make_agency()
    plan = make_plan(agency, Q4, days=(date(2018, 10, 9),))
    plans.submit(plan, by=agency.cadre)

    with pytest.raises(ValidationError):
        plans.send_back(plan, by=agency.head, comment="  ")

    assert Step.objects.filter(plan=plan).count() == 1


def test_second_visit_in_a_taken_slot_names_the_first():
    agency = make_agency()
    plan = make_plan(agency, Q4, days=(date(2018, 10, 9),))

    with pytest.raises(ValidationError, match="V201800001"):
        add_visit(plan, agency.other_unit, date(2018, 10, 9), session="morning")

    shared = add_visit(plan, agency.other_unit, date(2018, 10, 9), session="morning", shared=True)
    assert shared.code == "V201800002"


def test_visit_whose_day_has_come_cannot_be_submitted():
    agency = make_agency()
    plan = make_plan(agency, Q4, days=(date(2018, 10, 2),))

    with pytest.raises(ValidationError, match="The day has come already"):
        plans.submit(plan, by=agency.cadre)


def test_plan_agreed_after_the_dossier_went_goes_into_the_next_round():
    agency = make_agency()
    bring_before(agency, make_plan(agency, Q4, days=(date(2018, 10, 9),)))
    late = make_plan(agency, Q4, cadre=agency.colleague, days=(date(2018, 10, 10),))

    second = bring_before(agency, late)

    assert second.round == 1


def test_report_takes_only_approved_half_days(early_october):
    agency = make_agency()
    visit = approved_visit(agency, date(2018, 10, 9), date(2018, 10, 10))
    early_october.move_to("2018-10-12 09:00+07:00")
    said = {"by": agency.cadre, "result": "Đã khảo sát xong tại bốn xã"}

    with pytest.raises(ValidationError, match="approved"):
        visits.report(
            visit, starts_on=date(2018, 10, 9), ends_on=date(2018, 10, 11), session="full", **said
        )
    visits.report(
        visit, starts_on=date(2018, 10, 9), ends_on=date(2018, 10, 9), session="morning", **said
    )
    visits.send_back(visit, by=agency.head, comment="Ghi rõ số phiếu khảo sát")

    assert (visit.state, visit.ends_on, visit.session) == (
        VisitState.APPROVED,
        date(2018, 10, 10),
        "full",
    )
    assert list(disagreements()) == []


def test_close_without_quorum_or_by_another_is_refused():
    agency = make_agency()
    bring_before(agency, make_plan(agency, Q4, days=(date(2018, 10, 9),)))
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 4))
    sittings.decide(sitting.lines.get(), Decision.APPROVE, by=agency.member)

    with pytest.raises(PermissionDenied, match="chair"):
        closing.close(sitting, by=agency.member, notice_number="1-TB")
    absent = {agency.member.pk: "công tác", agency.deputy_secretary.pk: "ốm"}
    sittings.record_presence(sitting, by=agency.coordinator, chair=agency.secretary, absent=absent)
    with pytest.raises(ValidationError, match="1 of 3"):
        closing.close(sitting, by=agency.secretary, notice_number="1-TB")


def test_registration_opens_twenty_days_before_the_quarter():
    agency = make_agency()
    plan = make_plan(agency, Q4, days=(date(2018, 10, 9),))
    with time_machine.travel("2018-09-10 23:59+07:00", tick=False), pytest.raises(ValidationError):
        plans.submit(plan, by=agency.cadre)

    with time_machine.travel("2018-09-11 00:00+07:00", tick=False):
        plans.submit(plan, by=agency.cadre)
    assert plan.state == PlanState.SUBMITTED


def test_quorum_is_a_setting_of_the_regulation():
    agency = make_agency()
    bring_before(agency, make_plan(agency, Q4, days=(date(2018, 10, 9),)))
    Regulation.objects.update(quorum_percent=66)
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 4))
    sittings.decide(sitting.lines.get(), Decision.APPROVE, by=agency.member)
    chair, absent = agency.secretary, {agency.deputy_secretary.pk: "ốm"}
    sittings.record_presence(sitting, by=agency.coordinator, chair=chair, absent=absent)

    assert closing.close(sitting, by=chair, notice_number="1-TB")  # 2 of 3 are more than 66%
    again = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 5))
    sittings.record_presence(again, by=agency.coordinator, chair=chair, absent=absent)
    Regulation.objects.update(quorum_percent=67)
    with pytest.raises(ValidationError, match="2 of 3 members are present; 3 are needed"):
        closing.close(again, by=chair, notice_number="2-TB")
    assert Deciding.of(date(2018, 10, 5)).quorum == 3


def test_recalled_dossier_gives_its_plans_back():
    agency = make_agency()
    plan = make_plan(agency, Q4, days=(date(2018, 10, 9),))
    dossier = bring_before(agency, plan)

    dossiers.send_back(dossier, by=agency.member, comment="Thiếu biên bản họp")

    plan.refresh_from_db()
    assert (plan.state, dossier.state) == (PlanState.AGREED, "compiling")
