"""What happens to people and departments while papers are under way (docs/regulation.md, R20)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from accounts.choices import Body, Office
from accounts.models import (
    Appointment,
    Department,
    DepartmentSuccession,
    DepartmentVersion,
    Exemption,
    InboxItem,
    OrganisationEvent,
    Person,
    Portfolio,
    UnitSuccession,
    UnitVersion,
    answering_unit,
)
from accounts.overview.record import event_lines
from fieldvisits.actions import (
    amending,
    closing,
    dossiers,
    leaving,
    plans,
    products,
    requests,
    sittings,
    teams,
    unit_notices,
    visits,
)
from fieldvisits.actions.amending import Wanted
from fieldvisits.calendar import Quarter
from fieldvisits.history import contradictions
from fieldvisits.ledger import keeping
from fieldvisits.models import AdHocRequest, Dossier, LedgerEntry, MonthTotal, Plan, Visit
from fieldvisits.overview.waiting import waiting_plans, waiting_requests
from reports.figures import year_figures
from tests.factories.accounts import (
    DepartmentFactory,
    PersonFactory,
    UnitFactory,
    appoint,
    make_unit,
)
from tests.factories.agency import (
    add_visit,
    approved_visit,
    bring_before,
    decide_all,
    make_agency,
    make_plan,
    representative,
)
from tests.factories.delegations import forget
from tests.factories.requests import requested

pytestmark = pytest.mark.django_db
Q4 = Quarter(2018, 4)
RESULT = "Đã khảo sát 104 phiếu tại ba xã của huyện"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency():
    agency = make_agency()
    agency.administrator = PersonFactory(full_name="Quản trị")
    appoint(agency.administrator, body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR)
    return agency


def report(visit, by, **said):
    days = {"starts_on": visit.starts_on, "ends_on": visit.ends_on, "session": visit.session}
    return visits.report(visit, by=by, result=RESULT, **(days | said))


def move(agency, cadre, first):
    """Transfer ``cadre`` from the rural department to the Office on ``first``."""
    Appointment.objects.filter(person=cadre).update(ends_on=first - timedelta(days=1))
    appoint(cadre, department=agency.office, starts_on=first)
    keeping.rebook([cadre.pk])
    forget(cadre)


def browser_of(person):
    browser = Client()
    browser.force_login(Person.objects.get(pk=person.pk))
    return browser


def text_of(answer):
    return " ".join(answer.content.decode().split())


# --- Over the end of a quarter or a year -------------------------------------------------


def test_visit_over_the_end_of_a_quarter_belongs_to_the_plan_of_its_first_day(agency, clock):
    clock.move_to("2018-09-15 09:00+07:00")
    first, last = date(2018, 9, 28), date(2018, 10, 2)
    plan = make_plan(agency, Quarter(2018, 3))
    visit = add_visit(plan, agency.unit, first, last)

    with pytest.raises(ValidationError) as refused:
        add_visit(make_plan(agency, Q4), agency.other_unit, first, last)
    assert set(refused.value.error_dict) == {"starts_on"}
    assert (visit.quarter, visit.plan) == (Quarter(2018, 3), plan)
    assert set(MonthTotal.objects.values_list("month", "planned")) == {
        (date(2018, 9, 1), 6), (date(2018, 10, 1), 4),
    }  # fmt: skip


def test_visit_over_new_year_counts_on_each_side_by_date(agency, clock):
    visit = approved_visit(agency, date(2018, 12, 30), date(2019, 1, 2))
    clock.move_to("2019-01-03 09:00+07:00")
    report(visit, agency.cadre)
    visits.accept(visit, by=agency.head)

    def accepted(year):
        found = year_figures(year, as_of=date(2019, 1, 31), cadre=agency.cadre)
        return found.cadres[0].days.accepted

    assert (visit.quarter, accepted(2018), accepted(2019)) == (Q4, 4, 4)


# --- Transfer ------------------------------------------------------------------------------


def test_transfer_leaves_plan_and_dossier_with_the_old_department(agency):
    plan = make_plan(agency, Q4, days=(date(2018, 10, 20),))
    bring_before(agency, plan)
    move(agency, agency.cadre, date(2018, 10, 10))

    plan.refresh_from_db()
    assert (plan.department, plan.dossier.department) == (agency.rural, agency.rural)
    assert plans.superior(agency.cadre, date(2018, 10, 12), department_id=agency.rural.pk) == (
        agency.head
    )


def test_transfer_sends_results_after_it_to_the_new_head_and_before_it_to_the_old(agency, clock):
    plan = make_plan(agency, Q4, days=(date(2018, 10, 9), date(2018, 10, 11)))
    bring_before(agency, plan)
    decide_all(agency, date(2018, 10, 3))
    before, after = Visit.objects.order_by("starts_on")
    move(agency, agency.cadre, date(2018, 10, 10))
    clock.move_to("2018-10-12 09:00+07:00")
    forget(agency.cadre, agency.head, agency.office_head)
    for visit in (before, after):
        report(visit, agency.cadre)

    assert [before.superior, after.superior] == [agency.head, agency.office_head]
    with pytest.raises(PermissionDenied):
        visits.accept(after, by=agency.head)
    assert visits.accept(after, by=agency.office_head).by == agency.office_head


@pytest.mark.parametrize("role", ["head", "office_head"])
def test_transfer_shows_approved_visits_ahead_on_both_desks_that_day(agency, clock, role):
    approved_visit(agency, date(2018, 10, 20))
    move(agency, agency.cadre, date(2018, 10, 10))
    said = "1 chuyến đã duyệt sắp tới của đồng chí chuyển ban hôm nay"

    for day, shows in (("2018-10-09", False), ("2018-10-10", True), ("2018-10-11", False)):
        clock.move_to(f"{day} 09:00+07:00")
        assert (said in text_of(browser_of(getattr(agency, role)).get("/"))) is shows


def test_transfer_sends_the_product_of_a_later_visit_to_the_new_head(agency, clock):
    visit = approved_visit(
        agency, date(2018, 10, 11), kind="thematic", expected_result="Báo cáo chuyên đề"
    )
    move(agency, agency.cadre, date(2018, 10, 10))
    clock.move_to("2018-10-12 09:00+07:00")
    forget(agency.cadre, agency.head, agency.office_head)
    product = hand_in(Visit.objects.get(pk=visit.pk).product_paper, agency.cadre)

    with pytest.raises(PermissionDenied):
        products.accept(product, by=agency.head)
    assert products.accept(product, by=agency.office_head).by == agency.office_head


def hand_in(product, by):
    said = {
        "title": "Thanh niên vay vốn",
        "summary": "Khảo sát nhu cầu vay vốn của thanh niên",
        "link": "https://so.example/1",
    }
    products.submit(products.write(product, by=by, **said), by=by)
    return product


# --- Adjusted in a sitting -------------------------------------------------------------------


def test_adjusted_in_a_sitting_asks_cadre_and_head_to_look_and_the_cadre_may_withdraw(agency):
    bring_before(agency, make_plan(agency, Q4, days=(date(2018, 10, 20),)))
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 3))
    day = date(2018, 10, 23)
    change = sittings.Adjustment(day, day, "morning", agency.unit)
    line = sitting.lines.get()
    sittings.decide(line, "adjust", by=agency.member, reason="Trùng lịch", adjustment=change)
    closing.close(sitting, by=agency.secretary, notice_number="1-TB")
    visit = Visit.objects.get()

    told = InboxItem.objects.filter(key__contains=":adjusted:")
    assert {item.recipient for item in told} == {agency.cadre, agency.head}
    assert all("20/10/2018" in item.body and "23/10/2018" in item.body for item in told)
    visits.cancel(visit, by=agency.cadre, comment="Không thu xếp được")
    assert visit.state == "cancelled"


# --- Leaving ---------------------------------------------------------------------------------


def leave(agency, last_day, by=None):
    effect = leaving.effect_of_leaving(agency.cadre, last_day)
    forget(agency.cadre, agency.head)
    done = leaving.leave(
        agency.cadre, last_day=last_day, by=by or agency.administrator, seen=effect.mark
    )
    forget(agency.cadre, agency.head)
    return done


def test_leaving_cancels_approved_visits_after_the_last_day_and_frees_their_slots(agency):
    approved_of(agency, date(2018, 10, 9), date(2018, 10, 20))
    leave(agency, date(2018, 10, 15))

    kept, gone = Visit.objects.order_by("starts_on")
    assert (kept.state, gone.state) == ("approved", "cancelled")
    step = gone.steps.get(name="release")
    assert (step.by, step.comment) == (agency.administrator, "Thôi công tác")
    assert not LedgerEntry.objects.filter(visit=gone, live=True).exists()
    assert Appointment.objects.get(person=agency.cadre).ends_on == date(2018, 10, 15)
    told = InboxItem.objects.filter(key__startswith="released")
    assert {item.recipient for item in told} == {agency.head, agency.cadre}
    assert list(contradictions()) == []
    assert OrganisationEvent.objects.get().kind == "office_ended"


def approved_of(agency, *days):
    bring_before(agency, make_plan(agency, Q4, days=days))
    decide_all(agency, date(2018, 10, 3))


def test_leaving_previews_and_changes_nothing_before_it_is_confirmed(agency):
    approved_of(agency, date(2018, 10, 9), date(2018, 10, 20))
    browser, address = browser_of(agency.coordinator), f"/people/{agency.cadre.pk}/leave/"
    answer = browser.post(address, {"last_day": "15/10/2018", "seen": ""})

    assert "1 chuyến đã duyệt bị hủy" in text_of(answer)
    assert Visit.objects.filter(state="approved").count() == 2
    mark = answer.context["effect"].mark
    assert browser.post(address, {"last_day": "15/10/2018", "seen": mark}).status_code == 302
    assert Visit.objects.filter(state="approved").count() == 1
    again = browser.post(address, {"last_day": "15/10/2018", "seen": mark})
    assert again.status_code == 422


def test_leaving_confirmed_over_a_list_that_changed_is_shown_again(agency):
    approved_of(agency, date(2018, 10, 9), date(2018, 10, 20))
    browser, address = browser_of(agency.coordinator), f"/people/{agency.cadre.pk}/leave/"
    seen = leaving.effect_of_leaving(agency.cadre, date(2018, 10, 15)).mark
    visits.cancel(Visit.objects.last(), by=agency.cadre, comment="Huyện đề nghị hoãn")
    answer = browser.post(address, {"last_day": "15/10/2018", "seen": seen})

    assert answer.status_code == 409
    assert Appointment.objects.get(person=agency.cadre).ends_on is None


@pytest.mark.parametrize("role", ["head", "secretary", "cadre", "office_head"])
def test_leaving_is_arranged_by_tckt_and_the_administrator_alone(agency, role):
    with pytest.raises(PermissionDenied):
        leave(agency, date(2018, 10, 15), by=getattr(agency, role))
    browser = browser_of(getattr(agency, role))
    for page in ("leave", "exemption"):
        assert browser.get(f"/people/{agency.cadre.pk}/{page}/").status_code == 404


def test_left_cadres_visit_is_reported_by_the_head_on_their_behalf(agency, clock):
    visit = approved_visit(agency, date(2018, 10, 9))
    leave(agency, date(2018, 10, 15))
    clock.move_to("2018-11-14 09:00+07:00")  # the thirtieth day
    step = report(visit, agency.head)

    assert (step.by, step.on_behalf_of, step.office) == (agency.head, agency.cadre, Office.HEAD)
    assert visit.superior == agency.deputy_secretary  # not the head, who wrote it
    with pytest.raises(PermissionDenied):
        visits.accept(visit, by=agency.head)
    visits.accept(visit, by=agency.deputy_secretary)


def test_who_left_and_comes_back_in_charge_does_not_accept_their_own_visit(agency, clock):
    visit = approved_visit(agency, date(2018, 10, 9))
    leave(agency, date(2018, 10, 15))
    clock.move_to("2018-11-14 09:00+07:00")
    report(visit, agency.head)
    Portfolio.objects.update(ends_on=date(2018, 11, 14))
    back = date(2018, 11, 15)
    appoint(agency.cadre, body=Body.STANDING_COMMITTEE, office=Office.MEMBER, starts_on=back)
    Portfolio.objects.create(person=agency.cadre, department=agency.rural, starts_on=back)
    clock.move_to("2018-11-15 09:00+07:00")

    with pytest.raises(PermissionDenied, match="tự quyết định văn bản của mình"):
        visits.accept(visit, by=Person.objects.get(pk=agency.cadre.pk))


@pytest.mark.parametrize(
    ("day", "last_day"), [("2018-11-15", date(2018, 10, 15)), ("2018-10-14", date(2018, 10, 15))]
)
def test_head_reports_for_nobody_in_office_and_not_after_the_days_of_grace(
    agency, clock, day, last_day
):
    visit = approved_visit(agency, date(2018, 10, 9))
    leave(agency, last_day)
    clock.move_to(f"{day} 09:00+07:00")

    with pytest.raises(PermissionDenied):
        report(visit, agency.head)


@pytest.mark.parametrize("settled", [False, True])
@pytest.mark.parametrize("how", ["leaving", "exemption"])
def test_units_are_told_of_the_visits_that_fall_away_with_a_cadre(agency, how, settled):
    person, other = representative(agency.unit), representative(agency.other_unit)
    visit = approved_visit(agency, date(2018, 10, 20))
    if settled:
        notice = visit.unit_notices.get()
        unit_notices.answer(notice, "accept", by=person)
        unit_notices.settle(notice, by=agency.head)
    told = InboxItem.objects.filter(subject__contains="không diễn ra như đã báo")
    assert not told.exists()
    if how == "leaving":
        leave(agency, date(2018, 10, 15))
    else:
        exempt(agency, date(2018, 10, 15), None)

    assert [item.recipient for item in told] == [person]
    assert other not in {item.recipient for item in InboxItem.objects.all()}
    assert visit.unit_notices.get().state == "settled"


# --- Exemption ---------------------------------------------------------------------------------


def exempt(agency, first, last, by=None):
    effect = leaving.effect_of_exemption(agency.cadre, first, last)
    return leaving.exempt(
        agency.cadre, reason="maternity", starts_on=first, ends_on=last, note="",
        by=by or agency.coordinator, seen=effect.mark,
    )  # fmt: skip


def test_nobody_exempts_themselves_and_an_exemption_is_on_record(agency):
    with pytest.raises(PermissionDenied):
        leaving.exempt(
            agency.coordinator, reason="study", starts_on=date(2018, 10, 15), ends_on=None,
            note="", by=agency.coordinator,
            seen=leaving.effect_of_exemption(agency.coordinator, date(2018, 10, 15), None).mark,
        )  # fmt: skip
    assert not Exemption.objects.exists()

    exempt(agency, date(2018, 10, 15), date(2018, 11, 30))

    (line,) = event_lines(OrganisationEvent.objects.all())
    assert (line.event.subject_code, line.event.by) == (agency.cadre.code, agency.coordinator)
    assert line.after == "Nghỉ thai sản (15/10/2018 – 30/11/2018)"


def test_last_administrator_does_not_leave_by_the_hand_of_others(agency):
    effect = leaving.effect_of_leaving(agency.administrator, date(2018, 10, 15))

    with pytest.raises(ValidationError, match="quản trị cuối cùng"):
        leaving.leave(
            agency.administrator, last_day=date(2018, 10, 15), by=agency.coordinator,
            seen=effect.mark,
        )  # fmt: skip


def test_exemption_over_approved_visits_cancels_them(agency):
    approved_of(agency, date(2018, 10, 9), date(2018, 10, 20), date(2018, 12, 3))
    exempt(agency, date(2018, 10, 15), date(2018, 11, 30))

    states = list(Visit.objects.order_by("starts_on").values_list("state", flat=True))
    assert states == ["approved", "cancelled", "approved"]
    assert Exemption.objects.get().person == agency.cadre
    assert InboxItem.objects.filter(recipient=agency.head, key__startswith="released").exists()


def test_exemption_previews_what_it_cancels_and_writes_once(agency):
    approved_of(agency, date(2018, 10, 20))
    browser, address = browser_of(agency.coordinator), f"/people/{agency.cadre.pk}/exemption/"
    fields = {"reason": "sick", "starts_on": "15/10/2018", "ends_on": "", "note": "", "seen": ""}
    answer = browser.post(address, fields)

    assert "1 chuyến đã duyệt bị hủy" in text_of(answer)
    assert not Exemption.objects.exists()
    fields["seen"] = answer.context["effect"].mark
    assert [browser.post(address, fields).status_code for _ in range(2)] == [302, 422]
    assert Exemption.objects.count() == 1


def test_exemption_is_extended_as_it_was_seen_and_stands_on_the_record(agency):
    approved_of(agency, date(2018, 10, 20), date(2018, 12, 3))
    row = exempt(agency, date(2018, 10, 15), date(2018, 11, 30))
    browser, address = browser_of(agency.coordinator), f"/exemptions/{row.pk}/"
    fields = {"ends_on": "31/12/2018", "note": "Kéo dài", "seen": ""}

    answer = browser.post(address, fields)

    assert "1 chuyến đã duyệt bị hủy" in text_of(answer)
    fields["seen"] = answer.context["effect"].mark
    # The second time it stands otherwise than it was read.
    assert [browser.post(address, fields).status_code for _ in range(2)] == [302, 409]
    assert set(Visit.objects.values_list("state", flat=True)) == {"cancelled"}
    events = list(OrganisationEvent.objects.order_by("pk"))
    assert [event.kind for event in events] == ["exempted", "exemption_changed"]
    assert {event.subject_code for event in events} == {agency.cadre.code}
    line = event_lines(events)[1]
    assert line.before == "Nghỉ thai sản (15/10/2018 – 30/11/2018)"
    assert line.after == "Nghỉ thai sản (15/10/2018 – 31/12/2018): Kéo dài"


def test_exemption_by_mistake_is_struck_out_and_stays_on_the_record(agency):
    row = exempt(agency, date(2018, 10, 15), None)
    browser, address = browser_of(agency.coordinator), f"/exemptions/{row.pk}/"
    fields = {"ends_on": "", "note": "", "seen": "", "is_mistake": "on"}

    answer = browser.post(address, fields)
    assert Exemption.objects.exists()
    stale = browser.post(address, fields | {"seen": leaving.effect_of_change(row, None).mark + "x"})
    fields["seen"] = answer.context["effect"].mark
    done = browser.post(address, fields)

    assert (stale.status_code, done.status_code) == (409, 302)
    assert not Exemption.objects.exists()
    assert "lịch sử vẫn giữ" in text_of(browser.get(done.url))
    last = OrganisationEvent.objects.latest("pk")
    assert (last.kind, last.subject_code) == ("withdrawn", agency.cadre.code)
    assert browser.post(address, fields).status_code == 404
    with pytest.raises(PermissionDenied):
        leaving.strike_out_exemption(
            exempt(agency, date(2018, 10, 15), None), by=agency.head, seen=""
        )


@pytest.mark.parametrize("last", [date(2018, 10, 14), date(2018, 11, 30), date(2018, 12, 31)])
def test_exemption_ends_not_before_it_begins_nor_over_another_nor_as_it_is(agency, last):
    row = exempt(agency, date(2018, 10, 15), date(2018, 11, 30))
    exempt(agency, date(2018, 12, 20), None)
    seen = leaving.effect_of_change(row, last).mark

    with pytest.raises(ValidationError):
        leaving.change_exemption(row, ends_on=last, note="", by=agency.coordinator, seen=seen)

    assert OrganisationEvent.objects.count() == 2


@pytest.mark.parametrize("role", ["head", "secretary", "cadre"])
def test_exemption_is_written_by_tckt_and_the_administrator_alone(agency, role):
    with pytest.raises(PermissionDenied):
        exempt(agency, date(2018, 10, 15), None, by=getattr(agency, role))


# --- Departments ----------------------------------------------------------------------------------


def rename(department, first, name):
    DepartmentVersion.objects.filter(department=department).update(
        ends_on=first - timedelta(days=1)
    )
    DepartmentVersion.objects.create(
        department=department, name=name, short_name="M", starts_on=first
    )


def test_renamed_department_stands_in_papers_under_the_name_of_their_day(agency, clock):
    bring_before(agency, make_plan(agency, Q4, days=(date(2018, 10, 20),)))
    old = decide_all(agency, date(2018, 10, 3))
    rename(agency.rural, date(2018, 11, 1), "Ban Nông thôn mới")
    bring_before(agency, make_plan(agency, Q4, cadre=agency.colleague, days=(date(2018, 11, 9),)))
    clock.move_to("2018-11-02 09:00+07:00")
    new = decide_all(agency, date(2018, 11, 2))
    browser = browser_of(agency.stranger)

    was = text_of(browser.get(f"/sittings/{old.pk}/notice/"))
    now = text_of(browser.get(f"/sittings/{new.pk}/notice/"))
    assert ("Ban Thanh niên Nông thôn" in was, "Ban Nông thôn mới" in was) == (True, False)
    assert ("Ban Thanh niên Nông thôn" in now, "Ban Nông thôn mới" in now) == (False, True)


def end_rural(agency, first):
    """The rural department goes into a new one; everybody moves there but its head."""
    new = DepartmentFactory(code="MOI", name="Ban Phong trào")
    head = PersonFactory(full_name="Lê Thị Diệp")
    appoint(head, department=new, office=Office.HEAD)
    held = Appointment.objects.filter(department=agency.rural)
    cadres = [row.person for row in held.exclude(office=Office.HEAD)]
    held.update(ends_on=first - timedelta(days=1))
    for cadre in cadres:
        appoint(cadre, department=new, starts_on=first)
    DepartmentSuccession.objects.create(old=agency.rural, new=new, on=first)
    keeping.rebook([cadre.pk for cadre in cadres])
    forget(agency.cadre, agency.head, agency.coordinator)
    return head


def test_ended_department_passes_its_open_papers_to_the_main_successors_head(agency, clock):
    plan = make_plan(agency, Q4, days=(date(2018, 10, 20),))
    plans.submit(plan, by=agency.cadre)
    head = end_rural(agency, date(2018, 10, 5))
    clock.move_to("2018-10-05 09:00+07:00")
    plan = Plan.objects.visible_to(head).get()
    plans.agree(plan, by=head)
    dossier = dossiers.current(agency.rural, Q4)
    dossier = dossiers.record_meeting(
        dossier, by=head, met_on=date(2018, 10, 5), present="Toàn ban", missing_reason="Sáp nhập"
    )

    assert dossiers.forward(dossier, by=head).name == "forward"
    assert list(Dossier.objects.visible_to(head)) == [dossier]
    assert browser_of(head).get("/quarter/NT/2018-4/").status_code == 200
    with pytest.raises(PermissionDenied):
        dossiers.recall(dossier, by=agency.office_head)


def end_twice(agency, *, is_main):
    """NT → MOI on 4/10, MOI → CUOI on 5/10; the heads of MOI and of CUOI."""
    between = end_rural(agency, date(2018, 10, 4))
    new = Department.objects.get(code="MOI")
    Appointment.objects.filter(department=new).update(ends_on=date(2018, 10, 4))
    last = DepartmentFactory(code="CUOI", name="Ban Phong trào và Nông thôn")
    head = PersonFactory(full_name="Hồ Văn Tám")
    appoint(head, department=last, office=Office.HEAD)
    on = date(2018, 10, 5)
    DepartmentSuccession.objects.create(old=new, new=last, on=on, is_main=is_main)
    forget(between)
    return between, head


def open_papers(agency):
    plan = make_plan(agency, Q4, days=(date(2018, 10, 20),))
    plans.submit(plan, by=agency.cadre)
    return plan, requested(agency, date(2018, 10, 23), cadre=agency.colleague)


def test_papers_of_an_ended_department_follow_the_chain_of_main_successors(agency, clock):
    plan, request = open_papers(agency)
    between, head = end_twice(agency, is_main=True)
    clock.move_to("2018-10-05 09:00+07:00")

    assert list(Plan.objects.visible_to(head)) == [plan]
    assert list(AdHocRequest.objects.visible_to(head)) == [request]
    assert list(waiting_plans(head, date(2018, 10, 5))) == [plan]
    assert list(waiting_requests(head, date(2018, 10, 5))) == [request]
    assert not Plan.objects.visible_to(between).exists()
    assert plans.agree(Plan.objects.get(pk=plan.pk), by=head).by == head
    assert requests.endorse(request, by=head, comment="Cần thiết").by == head


def test_papers_of_an_ended_department_do_not_follow_a_successor_in_part(agency, clock):
    open_papers(agency)
    _between, head = end_twice(agency, is_main=False)
    clock.move_to("2018-10-05 09:00+07:00")

    assert not Plan.objects.visible_to(head).exists()
    assert not AdHocRequest.objects.visible_to(head).exists()


def test_ended_department_keeps_the_days_of_its_time(agency, clock):
    approved_of(agency, date(2018, 10, 4), date(2018, 10, 20))
    end_rural(agency, date(2018, 10, 5))
    clock.move_to("2018-10-30 09:00+07:00")
    figures = year_figures(2018, as_of=date(2018, 10, 30))

    assert {row.code: row.days.approved for row in figures.departments if row.days.approved} == {
        "NT": 2, "MOI": 2,
    }  # fmt: skip


# --- Units -----------------------------------------------------------------------------


def test_unit_that_ends_before_the_visit_leaves_it_approved_and_the_head_moves_it(agency, clock):
    visit, heir = approved_visit(agency, date(2018, 10, 20)), UnitFactory()
    UnitVersion.objects.filter(unit=agency.unit).update(ends_on=date(2018, 10, 9))
    UnitSuccession.objects.create(old=agency.unit, new=heir, share="main", on=date(2018, 10, 9))
    clock.move_to("2018-10-10 09:00+07:00")
    assert "09/10/2018" in text_of(browser_of(agency.head).get(visit.get_absolute_url()))
    day, decided = visit.starts_on, visit.steps.filter(name="approve").count()
    wanted = Wanted(starts_on=day, ends_on=day, session="full", content=visit.content, unit=heir)
    amending.amend(visit, by=agency.head, wanted=wanted, comment="Huyện đã nhập")

    visit.refresh_from_db()
    assert (visit.unit, visit.state) == (heir, "approved")
    assert visit.steps.filter(name="approve").count() == decided  # no new decision
    assert [notice.unit for notice in visit.unit_notices.exclude(state="settled")] == [heir]


def test_unit_that_ended_is_no_obstacle_to_a_report(agency, clock):
    visit = approved_visit(agency, date(2018, 10, 9))
    UnitVersion.objects.filter(unit=agency.unit).update(ends_on=date(2018, 10, 9))
    clock.move_to("2018-10-10 09:00+07:00")

    assert report(visit, agency.cadre).after == "reported"


def test_district_that_ended_is_answered_for_by_the_successor_of_the_commune_visited(agency, clock):
    ended = date(2018, 10, 15)
    district = make_unit(place="Hà Tây", ends_on=ended)
    commune = make_unit(place="Cũ", level="commune", parent=district, ends_on=ended)
    new = make_unit(place="Mới", kind="Xã", level="commune", starts_on=date(2018, 10, 16))
    UnitSuccession.objects.create(old=commune, new=new, share="whole", on=date(2018, 10, 16))

    day = date(2018, 10, 9)
    assert answering_unit(commune, day, today=ended) == district
    assert answering_unit(commune, day, today=date(2018, 10, 16)) == new


def test_tour_is_planned_once_copied_to_the_colleague_and_agreed_by_each(agency):
    make_plan(agency, Q4, cadre=agency.colleague)
    visit = add_visit(make_plan(agency, Q4), agency.unit, date(2018, 10, 20))
    (asked,) = teams.invite(visit, by=agency.cadre, colleagues=[agency.colleague])
    assert not agency.colleague.visits.exists()
    teams.answer(asked, by=agency.colleague, agrees=True)

    row = agency.colleague.visits.get()
    assert (row.unit, row.starts_on, row.team) == (visit.unit, visit.starts_on, visit.code)
