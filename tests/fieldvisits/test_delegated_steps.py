"""R25 on the papers: who stands in decides, both names are on the record, never on own papers."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts.choices import Office
from accounts.models import Appointment, Delegation, InboxItem
from fieldvisits import checks, permissions
from fieldvisits.actions import closing, dossiers, plans, requests, sittings, visits
from fieldvisits.calendar import Quarter
from fieldvisits.forms.refusals import UNPROCESSABLE
from fieldvisits.models import Dossier, Plan
from fieldvisits.overview.words import history, signed
from fieldvisits.permissions.requests import is_in_charge
from tests.browsing import browser_of, text_of
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import approved_visit, bring_before, make_agency, make_plan
from tests.factories.delegations import delegate, forget
from tests.factories.requests import endorsed

pytestmark = pytest.mark.django_db
Q4 = Quarter(2018, 4)
DAY = date(2018, 10, 9)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency():
    return make_agency("deputy", "administrator")


def submitted(agency, cadre):
    plan = make_plan(agency, Q4, cadre=cadre, days=(DAY,))
    plans.submit(plan, by=cadre)
    return Plan.objects.get(pk=plan.pk)


def test_deputy_agrees_to_a_plan_for_the_absent_head(agency):
    delegate(agency.head, agency.deputy)
    plan = submitted(agency, agency.cadre)
    step = plans.agree(plan, by=agency.deputy)

    assert (plan.superior, step.by) == (agency.deputy, agency.deputy)
    assert (step.on_behalf_of, step.office) == (agency.head, Office.DEPUTY)
    assert step.acted_in == Office.HEAD


def test_member_of_the_department_acts_by_order_of_the_head(agency):
    delegate(agency.head, agency.colleague)
    step = plans.agree(submitted(agency, agency.cadre), by=agency.colleague)

    assert signed(step) == "Cán bộ, TL. Trưởng ban"


def test_deputy_agrees_to_a_plan_that_was_sent_before_the_head_left(agency):
    plan = submitted(agency, agency.cadre)
    delegate(agency.head, agency.deputy)

    assert plans.agree(plan, by=agency.deputy).on_behalf_of == agency.head


def test_the_head_who_is_away_does_not_decide_at_the_same_time(agency):
    delegate(agency.head, agency.deputy)
    plan = submitted(agency, agency.cadre)

    with pytest.raises(PermissionDenied, match="Bùi Thị Hoa"):
        plans.agree(plan, by=agency.head)


def test_every_act_of_the_head_is_the_delegates_and_sight_stays(agency):
    visit = approved_visit(agency, DAY)
    delegate(agency.head, agency.deputy)

    with pytest.raises(PermissionDenied, match="Đồng chí đang ủy quyền"):
        visits.cancel(visit, by=agency.head, comment="Bận họp")
    with pytest.raises(PermissionDenied, match="Đồng chí đang ủy quyền"):
        dossiers.record_meeting(
            dossiers.current(agency.rural, Q4), by=agency.head, met_on=DAY, present="Toàn ban"
        )
    assert permissions.reads_result(agency.head, visit)


def test_the_head_who_is_back_ends_the_delegation_with_one_press_and_decides(agency):
    row = delegate(agency.head, agency.deputy)
    plan = submitted(agency, agency.cadre)
    browser = browser_of(agency.head)
    desk = text_of(browser.get("/"))
    assert f'href="/me/delegations/{row.pk}/end/"' in desk
    assert "Xem và cho ý kiến 1 kế hoạch" not in desk

    browser.post(f"/me/delegations/{row.pk}/end/")
    forget(agency.head)
    assert "Xem và cho ý kiến 1 kế hoạch" in text_of(browser.get("/"))
    assert plans.agree(plan, by=agency.head).acted_in == ""


@pytest.mark.parametrize("away", [False, True])
def test_ad_hoc_visit_is_decided_by_the_member_in_charge_or_who_stands_in(agency, away):
    request = endorsed(agency, DAY)
    decides, watches = agency.deputy_secretary, agency.member
    if away:
        delegate(decides, watches)
        decides, watches = watches, decides

    with pytest.raises(PermissionDenied):
        requests.approve(request, by=watches)
    step = requests.approve(request, by=decides)
    acted = (agency.deputy_secretary, Office.DEPUTY_SECRETARY)
    assert (step.on_behalf_of, step.acted_in) == (acted if away else (None, ""))


def test_who_acts_as_secretary_does_not_decide_the_secretarys_own_ad_hoc_visit(agency):
    request = endorsed(agency, DAY)
    request.visit.cadre = agency.secretary
    request.visit.save(update_fields=["cadre"])
    delegate(agency.secretary, agency.deputy_secretary)

    assert not is_in_charge(agency.deputy_secretary, request)
    assert is_in_charge(agency.member, request)


def test_without_a_delegation_the_deputy_decides_nothing(agency):
    """The control: what lets the deputy act above is the delegation."""
    plan = submitted(agency, agency.cadre)

    with pytest.raises(PermissionDenied, match="Phạm Đức Long"):
        plans.agree(plan, by=agency.deputy)


@pytest.mark.parametrize("role", ["head", "deputy"])
def test_who_stands_in_decides_neither_on_own_papers_nor_on_the_delegators(agency, role):
    delegate(agency.head, agency.deputy)
    plan = submitted(agency, getattr(agency, role))

    with pytest.raises(PermissionDenied):
        plans.agree(plan, by=agency.deputy)
    step = plans.agree(plan, by=agency.deputy_secretary)
    assert step.on_behalf_of is None


def test_delegate_of_the_member_in_charge_agrees_to_the_heads_plan(agency):
    delegate(agency.deputy_secretary, agency.member)
    step = plans.agree(submitted(agency, agency.head), by=agency.member)

    assert (step.on_behalf_of, step.office) == (agency.deputy_secretary, Office.MEMBER)


def test_delegate_of_the_secretary_decides_on_a_members_plan(agency):
    delegate(agency.secretary, agency.deputy_secretary)
    plan = submitted(agency, agency.member)

    assert list(Plan.objects.visible_to(agency.deputy_secretary)) == [plan]
    assert plans.agree(plan, by=agency.deputy_secretary).on_behalf_of == agency.secretary


def test_deputy_in_a_vacant_office_acts_for_nobody_by_name(agency):
    Appointment.objects.filter(person=agency.head).update(ends_on=date(2018, 10, 1))
    delegate(None, agency.deputy, by=agency.administrator, department=agency.rural)
    step = plans.agree(submitted(agency, agency.cadre), by=agency.deputy)

    assert (step.on_behalf_of, step.office) == (None, Office.DEPUTY)
    assert signed(step) == "Phó Trưởng ban, KT. Trưởng ban"


def test_deputy_holds_the_meeting_and_forwards_the_dossier_for_the_head(agency):
    delegate(agency.head, agency.deputy)
    plan = submitted(agency, agency.cadre)
    plans.agree(plan, by=agency.deputy)
    dossier = dossiers.current(agency.rural, Q4)
    dossier = dossiers.record_meeting(
        dossier, by=agency.deputy, met_on=date(2018, 10, 2), present="Toàn ban"
    )
    step = dossiers.forward(dossier, by=agency.deputy)

    assert step.on_behalf_of == agency.head
    assert [row.on_behalf_of for row in Plan.objects.get().steps.filter(name="include")] == [
        agency.head
    ]


def test_deputy_cancels_a_visit_for_the_head(agency):
    visit = approved_visit(agency, DAY)
    delegate(agency.head, agency.deputy)

    assert visits.cancel(visit, by=agency.deputy, comment="Bận họp").on_behalf_of == agency.head


def test_deputy_does_not_cancel_the_heads_own_visit(agency):
    visit = approved_visit(agency, DAY)
    visit.cadre = agency.head
    visit.save(update_fields=["cadre"])
    delegate(agency.head, agency.deputy)

    with pytest.raises(PermissionDenied):
        visits.cancel(visit, by=agency.deputy, comment="Bận họp")


def test_deputy_sees_submitted_plans_of_the_department_but_the_heads(agency):
    plan, own = submitted(agency, agency.cadre), submitted(agency, agency.head)
    assert plan not in Plan.objects.visible_to(agency.deputy)
    delegate(agency.head, agency.deputy)

    seen = Plan.objects.visible_to(agency.deputy)
    assert plan in seen
    assert own not in seen


def test_history_says_who_acted_for_whom_in_which_office(agency):
    delegate(agency.head, agency.deputy)
    plan = submitted(agency, agency.cadre)
    plans.agree(plan, by=agency.deputy)

    page = text_of(browser_of(agency.cadre).get(plan.get_absolute_url()))
    assert "Bùi Thị Hoa" in page
    assert "thay mặt Phạm Đức Long" in page
    assert "(Phó Trưởng ban, KT. Trưởng ban)" in page


def test_history_keeps_the_names_and_offices_of_its_day(agency):
    delegate(agency.head, agency.deputy)
    plan = submitted(agency, agency.cadre)
    plans.agree(plan, by=agency.deputy)
    for person, name in ((agency.deputy, "Bùi Thị Hoa Mai"), (agency.head, "Phạm Đức Long Hải")):
        person.describe(name).save()
    Appointment.objects.filter(person=agency.deputy).update(office=Office.CADRE)

    said = history(plan, plan.steps.select_related("by", "on_behalf_of"))[0]
    assert (said["who"], said["on_behalf_of"]) == ("Bùi Thị Hoa", "Phạm Đức Long")
    assert said["office"] == "Phó Trưởng ban, KT. Trưởng ban"


def test_desk_of_the_delegate_says_for_whom_and_until_when(agency):
    submitted(agency, agency.cadre)
    submitted(agency, agency.head)
    delegate(agency.head, agency.deputy)

    page = text_of(browser_of(agency.deputy).get("/"))
    assert "Đồng chí đang thay đồng chí Phạm Đức Long đến ngày 31/10/2018" in page
    assert "Xem và cho ý kiến 1 kế hoạch" in page


def test_desk_of_the_new_head_shows_what_was_sent_to_the_old_one(agency):
    submitted(agency, agency.cadre)
    Appointment.objects.filter(person=agency.head).update(ends_on=date(2018, 10, 1))
    new = PersonFactory(full_name="Lê Thị Diệp")
    appoint(new, department=agency.rural, office=Office.HEAD, starts_on=date(2018, 10, 2))

    assert "Xem và cho ý kiến 1 kế hoạch" in text_of(browser_of(new).get("/"))


# --- In a sitting -------------------------------------------------------------------------


def test_member_absent_from_a_sitting_decides_no_line(agency):
    bring_before(agency, make_plan(agency, Q4, days=(DAY,)))
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 2))
    sitting.presences.filter(member=agency.member).update(is_present=False)

    with pytest.raises(PermissionDenied):
        sittings.decide(sitting.lines.get(), "approve", by=agency.member)


def test_chairs_own_line_is_decided_by_the_others_and_closed_by_the_chair(agency):
    visit = make_plan(agency, Q4, days=(DAY,)).visits.get()
    bring_before(agency, visit.plan)
    visit.cadre = agency.secretary
    visit.save(update_fields=["cadre"])
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 2))

    with pytest.raises(PermissionDenied):
        sittings.decide(sitting.lines.get(), "approve", by=agency.secretary)
    sittings.decide(sitting.lines.get(), "approve", by=agency.member)
    closing.close(sitting, by=agency.secretary, notice_number="1-TB")
    visit.refresh_from_db()
    assert visit.state == "approved"


# --- The page ------------------------------------------------------------------------------


def test_page_makes_and_ends_a_delegation(agency):
    browser = browser_of(agency.head)
    fields = {
        "delegate": agency.deputy.pk, "starts_on": "02/10/2018", "ends_on": "05/10/2018",
        "reason": "Đi học",
    }  # fmt: skip

    assert "Trưởng ban, Ban Thanh niên Nông thôn" in text_of(browser.get("/me/delegations/"))
    assert browser.post("/me/delegations/", fields).status_code == 302
    row = Delegation.objects.get()
    assert browser.get(f"/me/delegations/{row.pk}/end/").status_code == 200
    assert browser.post(f"/me/delegations/{row.pk}/end/").status_code == 302
    assert Delegation.objects.get().ended_by == agency.head


def test_page_of_an_administrator_offers_every_office_also_a_vacant_one(agency):
    Appointment.objects.filter(person=agency.head).update(ends_on=date(2018, 10, 1))
    browser = browser_of(agency.administrator)
    address = f"/me/delegations/?office=d{agency.rural.pk}"
    fields = {
        "delegate": agency.deputy.pk, "starts_on": "02/10/2018", "ends_on": "", "reason": "Khuyết",
    }  # fmt: skip

    assert "Ban Thanh niên Nông thôn (khuyết)" in text_of(browser.get("/me/delegations/"))
    assert browser.post(address, fields).status_code == 302
    assert Delegation.objects.get().delegator is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("starts_on", "31/02/2018"), ("starts_on", "01/10/2018"), ("ends_on", "01/10/2018"),
     ("delegate", "7777777"), ("reason", ""), ("reason", "a\0b")],
)  # fmt: skip
def test_page_puts_what_is_wrong_at_its_field(agency, field, value):
    fields = {"delegate": agency.deputy.pk, "starts_on": "02/10/2018", "ends_on": "05/10/2018",
              "reason": "Đi học", field: value}  # fmt: skip
    answer = browser_of(agency.head).post("/me/delegations/", fields)

    assert answer.status_code == UNPROCESSABLE
    assert set(answer.context["form"].errors) == {field}
    assert not Delegation.objects.exists()


def test_page_of_somebody_elses_delegation_is_not_found(agency):
    row = delegate(agency.head, agency.deputy)

    assert browser_of(agency.stranger).get(f"/me/delegations/{row.pk}/end/").status_code == 404
    assert browser_of(agency.cadre).get("/me/delegations/?office=d1").status_code == 404
    answer = browser_of(agency.deputy).post(f"/me/delegations/{row.pk}/end/")
    assert answer.status_code == 403
    assert InboxItem.objects.filter(kind="delegated").count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_page_query_count_does_not_grow(agency, count, django_assert_num_queries):
    for number in range(count):
        day = date(2018, 10, 2 + number)
        delegate(agency.head, agency.deputy, first=day, last=day)
    browser = browser_of(agency.head)

    # session, person, offices; offices to delegate (2), who may stand in; rows, names; menu
    with django_assert_num_queries(9):
        browser.get("/me/delegations/")


def test_a_returned_dossier_goes_to_who_stands_in(agency):
    bring_before(agency, make_plan(agency, Q4, days=(DAY,)))
    delegate(agency.head, agency.deputy)
    forget(agency.coordinator)
    dossiers.send_back(Dossier.objects.get(), by=agency.coordinator, comment="Thiếu biên bản")

    assert InboxItem.objects.filter(recipient=agency.deputy, kind="returned").exists()
    assert checks.agreed_plans(Dossier.objects.get()).exists()
