"""Until the next person has acted, a step can be taken back by whoever took it."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import InboxItem
from fieldvisits import workflow
from fieldvisits.actions import (
    confirmations,
    dossiers,
    plans,
    requests,
    sittings,
    unit_notices,
    visits,
)
from fieldvisits.actions.confirmations import Correction
from fieldvisits.calendar import Quarter, Week
from fieldvisits.choices import Decision
from fieldvisits.ledger.checking import disagreements
from fieldvisits.models import Visit
from reports.actions import writing
from tests.factories.agency import (
    approved_visit,
    bring_before,
    inspector_of_agency,
    make_agency,
    make_plan,
    representative,
)
from tests.factories.fieldvisits import report_fields
from tests.factories.requests import endorsed

pytestmark = pytest.mark.django_db
DAY = date(2018, 9, 24)
SAID = {"results": "Đã khảo sát 104 phiếu tại ba xã của huyện"}


@pytest.fixture
def clock():
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency(clock):
    return make_agency()


@pytest.fixture
def plan(agency):
    plan = make_plan(agency, Quarter(2018, 4), days=(date(2018, 10, 16),))
    plans.submit(plan, by=agency.cadre)
    return plan


@pytest.fixture
def visit(agency, clock):
    visit = approved_visit(agency, DAY)
    clock.move_to("2018-09-26 09:00+07:00")
    return visit


def reported(agency, visit):
    visits.report(
        visit, by=agency.cadre, result="Đã khảo sát 104 phiếu tại ba xã",
        starts_on=DAY, ends_on=DAY, session="morning",
    )  # fmt: skip
    return visit


def test_report_is_taken_back_and_the_approved_days_return(agency, visit):
    reported(agency, visit)

    visits.take_back(visit, by=agency.cadre)

    assert (visit.state, visit.session) == ("approved", "full")
    assert visit.result.startswith("Đã khảo sát")
    assert InboxItem.objects.filter(recipient=agency.head, key__contains=":take_back:").exists()
    assert list(disagreements()) == []


def test_report_the_superior_has_acted_on_is_not_taken_back(agency, visit):
    reported(agency, visit)
    visits.accept(visit, by=agency.head)
    visits.reopen(visit, by=agency.head, comment="Xem lại số liệu")

    with pytest.raises(PermissionDenied):
        visits.take_back(visit, by=agency.cadre)


def test_report_is_taken_back_by_its_cadre_alone(agency, visit):
    reported(agency, visit)

    with pytest.raises(PermissionDenied):
        visits.take_back(visit, by=agency.head)


def test_agreement_is_taken_back_by_whoever_agreed(agency, plan):
    plans.agree(plan, by=agency.head)
    with pytest.raises(PermissionDenied):
        plans.take_back(plan, by=agency.deputy_secretary)

    plans.take_back(plan, by=agency.head)

    assert plan.state == "submitted"
    assert InboxItem.objects.filter(recipient=agency.cadre, key__contains=":take_back:").exists()


def test_withdrawn_plan_and_recalled_dossier_tell_whoever_was_told(agency, plan):
    plans.withdraw(plan, by=agency.cadre)
    plan.refresh_from_db()
    dossier = bring_before(agency, plan)
    dossiers.send_back(dossier, by=agency.secretary, comment="Thiếu biên bản")
    dossiers.forward(dossier, by=agency.head)
    dossiers.recall(dossier, by=agency.head)

    assert InboxItem.objects.filter(recipient=agency.head, key__contains=":withdraw:").exists()
    assert InboxItem.objects.filter(recipient=agency.coordinator, key__contains=":recall:").exists()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("plan", "submit"),
        ("plan", "agree"),
        ("dossier", "forward"),
        ("visit", "report"),
        ("dossier", "put_before"),
        ("request", "request"),
        ("request", "endorse"),
        ("product", "submit"),
        ("unit_notice", "accept"),
        ("unit_notice", "other_day"),
        ("unit_notice", "cannot"),
        ("confirmation", "confirm"),
        ("confirmation", "correct"),
        ("confirmation", "dispute"),
        ("weekly_report", "submit"),
        ("quarterly_report", "submit"),
        ("annual_report", "submit"),
        ("annual_report", "put_before"),
    ],
)
def test_step_names_the_one_that_undoes_it(path, name):
    steps = workflow.PATHS[path]
    back = steps[steps[name].undone_by]

    assert back.direct
    assert steps[name].target in back.sources
    assert back.target in steps[name].sources
    assert not back.needs_comment


def agreed_over_http(agency, plan, client):
    """Agree on the page; return the button that takes it back, as (address, what it sends)."""
    client.force_login(agency.head)
    step = reverse("fieldvisits:plan-step", args=[plan.pk, "agree"])
    page = client.post(step, {"version": plan.version}, follow=True).content.decode()
    back = reverse("fieldvisits:plan-step", args=[plan.pk, "take_back"])
    assert '<form id="undo" method="post" hidden>' in page
    plan.refresh_from_db()
    assert f'form="undo" formaction="{back}" name="version" value="{plan.version}"' in page
    return back, {"undo": "1", "version": plan.version}


def test_step_is_undone_by_one_press_after_it(agency, plan, client):
    back, sent = agreed_over_http(agency, plan, client)

    page = client.post(back, sent, follow=True)

    plan.refresh_from_db()
    assert plan.state == "submitted"
    assert page.redirect_chain == [(plan.get_absolute_url(), 302)]
    assert "Đã hoàn tác." in page.content.decode()


def test_step_is_not_undone_once_the_next_person_has_acted(agency, plan, client):
    back, sent = agreed_over_http(agency, plan, client)
    plans.send_back(plan, by=agency.head, comment="Xem lại tuần hai")

    page = client.post(back, sent, follow=True)

    plan.refresh_from_db()
    assert plan.state == "returned"
    assert page.redirect_chain == [(plan.get_absolute_url(), 302)]
    assert "Chưa hoàn tác được." in page.content.decode()


def test_message_after_a_report_offers_the_way_back(agency, visit, client):
    client.force_login(agency.cadre)
    address = reverse("fieldvisits:visit-report", args=[visit.pk])

    page = client.post(address, report_fields(version=visit.version), follow=True)

    assert reverse("fieldvisits:visit-step", args=[visit.pk, "take_back"]) in page.content.decode()


def test_dossier_comes_back_from_the_committee_until_a_line_is_decided(agency):
    dossier = bring_before(agency, make_plan(agency, Quarter(2018, 4), days=(date(2018, 10, 16),)))
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 9, 21))

    dossiers.take_back(dossier, by=agency.coordinator)
    assert (dossier.state, sitting.lines.count()) == ("with_coordination", 0)

    dossiers.put_before(dossier, by=agency.coordinator)
    sittings.decide(sitting.lines.get(), Decision.DEFER, by=agency.member, reason="Chờ ý kiến")
    with pytest.raises(PermissionDenied, match="bắt đầu quyết định"):
        dossiers.take_back(dossier, by=agency.coordinator)


def test_endorsement_comes_back_to_whoever_gave_it_until_it_is_decided(agency):
    asked = endorsed(agency, date(2018, 9, 28))
    with pytest.raises(PermissionDenied):
        requests.take_back(asked, by=agency.secretary)

    requests.take_back(asked, by=agency.head)
    assert (asked.state, asked.endorsement) == ("requested", "")
    assert InboxItem.objects.filter(recipient=agency.cadre, key__contains=":take_back:").exists()

    requests.endorse(asked, by=agency.head, comment="Việc gấp của đơn vị")
    requests.approve(asked, by=agency.secretary)
    with pytest.raises(ValidationError):
        requests.take_back(asked, by=agency.head)


def test_unit_answers_anew_until_the_head_has_settled_it(agency, visit):
    person, notice = representative(agency.unit), visit.unit_notices.get()
    unit_notices.answer(notice, "cannot", by=person, remark="Trùng đại hội")

    unit_notices.take_back(notice, by=person)
    assert (notice.state, notice.remark, notice.answered_at) == ("sent", "", None)

    unit_notices.answer(notice, "accept", by=person)
    unit_notices.settle(notice, by=agency.head)
    with pytest.raises(ValidationError):
        unit_notices.take_back(notice, by=person)


@pytest.fixture
def asked(agency, visit):
    """UBKT asks the unit about the visit, whose result was accepted."""
    visits.accept(reported(agency, visit), by=agency.head)
    agency.person, agency.ubkt = representative(agency.unit), inspector_of_agency()
    return confirmations.ask(visit, by=agency.ubkt)


WHOLE_DAY = Correction(proposed_from=DAY, proposed_to=DAY, proposed_session="full")
ANSWERS = {
    "confirm": {},
    "correct": {"correction": WHOLE_DAY},
    "dispute": {"remark": "Không có đoàn nào đến"},
}


def answered_over_http(agency, asked, client, name):
    """Answer on the page; return the address of the button that takes it back."""
    client.force_login(agency.person)
    said = {"answer": name, "version": asked.version, "remark": "Không có đoàn nào đến"}
    if name == "correct":
        said |= {"proposed_from": "24/09/2018", "proposed_to": "24/09/2018"}
        said["proposed_session"] = "full"
    page = client.post(f"{asked.get_absolute_url()}answer/", said, follow=True).content.decode()
    back = reverse("fieldvisits:confirmation-step", args=[asked.pk, "answer_anew"])
    assert f'formaction="{back}"' in page
    asked.refresh_from_db()
    return back


@pytest.mark.parametrize("name", ANSWERS)
def test_unit_takes_its_confirmation_back_with_one_press(agency, asked, client, name):
    back = answered_over_http(agency, asked, client, name)

    answer = client.post(back, {"undo": "1", "version": asked.version}, follow=True)

    asked.refresh_from_db()
    assert "Đã hoàn tác." in answer.content.decode()
    assert [step.name for step in asked.steps.order_by("number")] == ["ask", name, "answer_anew"]
    kept = (asked.state, asked.remark, asked.disputed_on, asked.proposed_from)
    assert kept == ("asked", "", None, None)
    assert Visit.objects.get(pk=asked.visit_id).confirmation == "asked"
    assert list(disagreements()) == []
    told = InboxItem.objects.filter(key__contains=":answer_anew:")
    assert set(told.values_list("recipient", flat=True)) == {
        agency.ubkt.pk, agency.cadre.pk, agency.head.pk,
    }  # fmt: skip


def next_acts(agency, asked, name, clock):
    """Whoever holds the request after this answer does something with it."""
    clock.shift(60)
    if name == "correct":
        visits.reopen(asked.visit, by=agency.head, comment="Đơn vị ghi buổi khác")
    elif name == "dispute":
        confirmations.reply(asked, by=agency.cadre, text="Đã làm việc với Bí thư xã")
    else:
        confirmations.set_aside(asked, by=agency.ubkt, comment="Có biên bản làm việc")


@pytest.mark.parametrize(
    ("answer", "then"),
    [("correct", "correct"), ("dispute", "dispute"), ("dispute", "set_aside")],
)
def test_answer_to_ubkt_stays_once_the_next_has_acted(agency, asked, clock, answer, then):
    confirmations.answer(asked, answer, by=agency.person, **ANSWERS[answer])
    assert workflow.open_to(agency.person, asked)  # the control: nobody has acted yet
    next_acts(agency, asked, then, clock)

    with pytest.raises(PermissionDenied):
        confirmations.answer_anew(asked, by=agency.person)
    assert not workflow.open_to(agency.person, asked)


def test_corrected_answer_stays_once_ubkt_asks_anew(agency, asked):
    confirmations.answer(asked, "correct", by=agency.person, correction=WHOLE_DAY)
    confirmations.ask(asked.visit, by=agency.ubkt)

    with pytest.raises(PermissionDenied, match="đề nghị mới"):
        confirmations.answer_anew(asked, by=agency.person)


@pytest.mark.parametrize("role", ["ubkt", "cadre", "head", "secretary"])
def test_answer_to_ubkt_is_taken_back_by_the_unit_alone(agency, asked, role):
    confirmations.answer(asked, "confirm", by=agency.person)

    with pytest.raises(PermissionDenied):
        confirmations.answer_anew(asked, by=getattr(agency, role))


def test_weekly_report_is_undone_by_one_press_as_well(agency, visit, client):
    report = writing.save_weekly(Week(2018, 39), by=agency.cadre, said=SAID)
    client.force_login(agency.cadre)
    step = reverse("reports:weekly-step", args=[report.pk, "submit"])

    page = client.post(step, {"version": report.version}, follow=True).content.decode()

    assert reverse("reports:weekly-step", args=[report.pk, "withdraw"]) in page
