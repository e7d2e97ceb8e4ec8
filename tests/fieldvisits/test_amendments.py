"""Changes of an approved visit: amended, adjusted, cancelled, sent back (R7)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import InboxItem, UnitSuccession, UnitVersion
from fieldvisits import checks
from fieldvisits.actions import amending, closing, sittings, visits
from fieldvisits.actions.amending import Wanted
from fieldvisits.actions.visits import approved_version
from fieldvisits.calendar import Quarter
from fieldvisits.choices import Decision
from fieldvisits.ledger.checking import disagreements
from fieldvisits.models import AgendaLine, AmendmentWish, LedgerEntry
from tests.factories.accounts import UnitFactory
from tests.factories.agency import (
    CONTENT,
    add_visit,
    approved_visit,
    bring_before,
    make_agency,
    make_plan,
)

pytestmark = pytest.mark.django_db
DAY, LATER = date(2018, 9, 24), date(2018, 9, 27)
WHY = "Đơn vị bận họp đột xuất"


@pytest.fixture
def clock():
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency(clock):
    return make_agency()


@pytest.fixture
def visit(agency):
    return approved_visit(agency, DAY)


def wanted(**changed):
    values = {"starts_on": LATER, "ends_on": LATER, "session": "morning", "content": CONTENT}
    return Wanted(**{**values, **changed})


def amended(agency, visit, **changed):
    amending.amend(visit, by=agency.head, wanted=wanted(**changed), comment=WHY)
    visit.refresh_from_db()
    return visit


def fields(visit, **changed):
    return {
        "unit": visit.unit_id,
        "starts_on": "27/09/2018",
        "ends_on": "",
        "session": "morning",
        "content": CONTENT,
        "expected_result": "",
        "comment": WHY,
        "version": visit.version,
        **changed,
    }


def url(visit, name="amend"):
    return reverse(f"fieldvisits:visit-{name}", args=[visit.pk])


def end_unit(unit, on, *heirs):
    UnitVersion.objects.filter(unit=unit).update(ends_on=on)
    for heir in heirs:
        UnitSuccession.objects.create(old=unit, new=heir, share="main", on=on)


# ---- the step ----------------------------------------------------------------------------


def test_amendment_moves_the_days_and_keeps_what_was_approved(agency, visit):
    first = approved_version(visit)

    amended(agency, visit)

    slots = set(LedgerEntry.objects.filter(visit=visit).values_list("date", "half"))
    assert (visit.state, visit.starts_on, visit.session) == ("approved", LATER, "morning")
    assert slots == {(LATER, "am")}
    assert first.content["starts_on"] == DAY.isoformat()
    assert approved_version(visit).content["starts_on"] == LATER.isoformat()
    assert list(disagreements()) == []


def test_amendment_tells_the_cadre_old_and_new(agency, visit):
    amended(agency, visit)

    told = InboxItem.objects.get(recipient=agency.cadre, key__contains=":amend:")
    assert "24/09/2018" in told.body
    assert "27/09/2018" in told.body
    assert WHY in told.body


WRONG = {
    "another quarter": ({"starts_on": date(2018, 10, 2), "ends_on": date(2018, 10, 2)}, "đột xuất"),
    "a day gone by": ({"starts_on": date(2018, 9, 19), "ends_on": date(2018, 9, 19)}, "đột xuất"),
    "vague content": ({"content": "Tốt"}, "cụ thể"),
    "last before first": ({"ends_on": date(2018, 9, 26)}, "trước"),
    "nothing": ({"starts_on": DAY, "ends_on": DAY, "session": "full"}, "Chưa có gì"),
}


@pytest.mark.parametrize(("changed", "says"), WRONG.values(), ids=WRONG)
def test_wrong_amendment_is_refused(agency, visit, changed, says):
    with pytest.raises(ValidationError, match=says):
        amended(agency, visit, **changed)

    visit.refresh_from_db()
    assert (visit.starts_on, visit.steps.filter(name="amend").count()) == (DAY, 0)


def test_amendment_to_another_unit_goes_the_ad_hoc_way(agency, visit):
    with pytest.raises(ValidationError, match="đột xuất"):
        amended(agency, visit, unit=agency.other_unit)


def test_amendment_to_a_taken_half_day_is_refused(agency):
    plan = make_plan(agency, Quarter(2018, 3), days=(DAY, LATER))
    bring_before(agency, plan)
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 9, 20))
    for line in sitting.lines.all():
        sittings.decide(line, Decision.APPROVE, by=agency.member)
    closing.close(sitting, by=agency.secretary, notice_number="1-TB")
    visit = plan.visits.get(starts_on=DAY)

    with pytest.raises(ValidationError, match="27/09/2018"):
        amended(agency, visit)


@pytest.mark.parametrize("role", ["cadre", "colleague", "member", "coordinator"])
def test_amendment_by_anybody_but_the_superior_is_refused(agency, visit, role):
    with pytest.raises(PermissionDenied):
        amending.amend(visit, by=getattr(agency, role), wanted=wanted(), comment=WHY)


def test_control_without_the_check_a_foreign_unit_would_pass(agency, visit, monkeypatch):
    monkeypatch.setattr(checks.changes, "_other_unit", lambda _stored, _tried: [])

    assert amended(agency, visit, unit=agency.other_unit).unit == agency.other_unit


# ---- the unit ended ----------------------------------------------------------------------


def test_visit_to_an_ended_unit_is_marked_and_moved_to_a_successor(agency, visit, client):
    heir = UnitFactory()
    end_unit(visit.unit, date(2018, 9, 22), heir)
    client.force_login(agency.head)

    page = client.get(visit.get_absolute_url()).content.decode()
    form = client.get(url(visit)).context["form"]
    amended(agency, visit, starts_on=DAY, ends_on=DAY, session="full", unit=heir)

    assert "22/09/2018" in page
    assert set(form.units) == {str(visit.unit_id), str(heir.pk)} | {str(agency.unit.pk)}
    assert (visit.unit, visit.state) == (heir, "approved")


def test_successor_has_to_exist_on_the_day(agency, visit):
    first, second = UnitFactory(), UnitFactory()
    end_unit(visit.unit, date(2018, 9, 21), first)
    end_unit(first, date(2018, 9, 22), second)

    assert checks.successors(agency.unit, DAY, DAY) == [second]
    with pytest.raises(ValidationError):
        amended(agency, visit, unit=first)


# ---- over HTTP ---------------------------------------------------------------------------


def test_amendment_shows_old_beside_new_before_it_is_made(agency, visit, client):
    client.force_login(agency.head)

    looked = client.post(url(visit), fields(visit))
    visit.refresh_from_db()
    before = visit.starts_on
    made = client.post(url(visit), fields(visit, confirmed="1"))

    assert [row.was != row.now for row in looked.context["looks"].rows] == [True]
    assert (looked.status_code, before, made.status_code) == (200, DAY, 302)
    visit.refresh_from_db()
    assert visit.starts_on == LATER


def test_amended_visit_shows_what_it_was(agency, visit, client):
    amended(agency, visit)
    client.force_login(agency.cadre)

    change = client.get(visit.get_absolute_url()).context["page"].changes[0]

    assert (change.comment, len(change.rows)) == (WHY, 1)
    assert change.rows[0].was.startswith("24/09/2018")
    assert change.rows[0].now.startswith("27/09/2018")


BAD = {
    "no such day": ({"starts_on": "31/02/2018"}, "starts_on", 422),
    "year 9999": ({"ends_on": "01/01/9999"}, "ends_on", 422),
    "no reason": ({"comment": ""}, "comment", 422),
    "NUL": ({"content": "Khảo\0 sát nhu cầu vay vốn"}, "content", 422),
    "a foreign unit": ({"unit": "999999"}, "unit", 422),
    "stale": ({"version": 0}, "__all__", 409),
}


@pytest.mark.parametrize(("typed", "field", "status"), BAD.values(), ids=BAD)
def test_wrong_form_keeps_what_was_typed(agency, visit, client, typed, field, status):
    client.force_login(agency.head)

    answer = client.post(url(visit), fields(visit, **typed))

    assert (answer.status_code, bool(answer.context["form"].errors[field])) == (status, True)
    assert answer.context["form"]["session"].value() == "morning"


def test_amendment_page_of_somebody_else_is_refused(agency, visit, client):
    client.force_login(agency.cadre)

    assert client.get(url(visit)).status_code == 403
    assert client.post(url(visit), fields(visit, confirmed="1")).status_code == 403


# ---- a wish ------------------------------------------------------------------------------


def test_wish_reaches_the_superior_whose_form_opens_with_it(agency, visit, client):
    client.force_login(agency.cadre)
    asked = client.post(url(visit, "wish"), fields(visit))
    client.force_login(agency.head)
    form = client.get(url(visit)).context["form"]
    page = client.get(visit.get_absolute_url()).content.decode()

    assert asked.status_code == 302
    assert InboxItem.objects.filter(recipient=agency.head, key__contains=":wish:").exists()
    assert (form["starts_on"].value(), form["comment"].value()) == (LATER, WHY)
    assert WHY in page


def test_wish_is_closed_by_the_amendment_and_replaced_by_another(agency, visit):
    for _again in range(2):
        amending.ask(visit, by=agency.cadre, wanted=wanted(), reason=WHY)
    assert AmendmentWish.objects.filter(closed_at=None).count() == 1

    amended(agency, visit)

    assert not AmendmentWish.objects.filter(closed_at=None).exists()


def asked(agency, visit):
    return amending.ask(visit, by=agency.cadre, wanted=wanted(), reason=WHY)


def test_refused_wish_leaves_the_visit_and_tells_the_cadre_why(agency, visit, client):
    wish = asked(agency, visit)
    client.force_login(agency.head)
    refused = client.post(
        url(visit, "wish-refuse"), {"wish": wish.pk, "comment": "Xã đã chuẩn bị xong"}
    )
    page = client.get(visit.get_absolute_url()).content.decode()

    wish.refresh_from_db()
    assert refused.status_code == 302
    assert (wish.outcome, wish.answered_by, visit.state) == ("refused", agency.head, "approved")
    item = InboxItem.objects.get(recipient=agency.cadre, key__endswith=":refused")
    assert "Xã đã chuẩn bị xong" in item.body
    assert page.count("Xã đã chuẩn bị xong") == 1  # in the history
    assert url(visit, "wish-refuse") not in page


def test_refusal_without_a_reason_or_by_the_cadre_is_none(agency, visit, client):
    wish = asked(agency, visit)
    client.force_login(agency.head)
    assert client.post(url(visit, "wish-refuse"), {"wish": wish.pk}).status_code == 422
    client.force_login(agency.cadre)
    assert client.get(url(visit, "wish-refuse")).status_code == 403
    with pytest.raises(PermissionDenied):
        amending.refuse(wish, by=agency.cadre, reason="Không")

    assert AmendmentWish.objects.filter(closed_at=None).exists()


def test_withdrawn_wish_tells_the_superior_and_is_not_refused_any_more(agency, visit, client):
    wish = asked(agency, visit)
    client.force_login(agency.cadre)
    assert client.post(url(visit, "wish-withdraw"), {"wish": wish.pk}).status_code == 302

    wish.refresh_from_db()
    assert wish.outcome == "withdrawn"
    assert InboxItem.objects.filter(recipient=agency.head, key__endswith=":withdrawn").exists()
    with pytest.raises(ValidationError) as late:
        amending.refuse(wish, by=agency.head, reason="Không")
    assert late.value.code == "stale"
    client.force_login(agency.head)
    assert client.get(url(visit, "wish-refuse")).status_code == 409


def test_refusal_of_a_wish_that_was_replaced_is_told_so(agency, visit, client):
    first = asked(agency, visit)
    asked(agency, visit)
    client.force_login(agency.head)
    said = {"wish": first.pk, "comment": "Không"}

    assert client.post(url(visit, "wish-refuse"), said).status_code == 409
    assert AmendmentWish.objects.filter(closed_at=None).count() == 1


def test_wish_of_somebody_else_or_for_another_quarter_is_refused(agency, visit):
    with pytest.raises(PermissionDenied):
        amending.ask(visit, by=agency.colleague, wanted=wanted(), reason=WHY)
    far = wanted(starts_on=date(2018, 10, 2), ends_on=date(2018, 10, 2))
    with pytest.raises(ValidationError, match="đột xuất"):
        amending.ask(visit, by=agency.cadre, wanted=far, reason=WHY)

    assert not AmendmentWish.objects.exists()


# ---- other changes -----------------------------------------------------------------------


def reported(agency, visit, **changed):
    values = {"starts_on": visit.starts_on, "ends_on": visit.ends_on, "session": visit.session}
    visits.report(
        visit, by=agency.cadre, result="Đã khảo sát 104 phiếu tại ba xã", **values | changed
    )


def test_send_back_after_an_amendment_restores_the_amended_days(agency, visit, clock):
    end = date(2018, 9, 28)
    amended(agency, visit, ends_on=end, session="full")
    clock.move_to("2018-09-29 09:00+07:00")
    reported(agency, visit, ends_on=LATER, session="morning")

    visits.send_back(visit, by=agency.head, comment="Thiếu số liệu")

    assert (visit.starts_on, visit.ends_on, visit.session) == (LATER, end, "full")
    assert list(disagreements()) == []


def test_accepted_visit_is_reopened_and_the_cadre_told(agency, visit, clock):
    clock.move_to("2018-09-25 09:00+07:00")
    reported(agency, visit)
    visits.accept(visit, by=agency.head)

    visits.reopen(visit, by=agency.head, comment="Số liệu chưa khớp")

    assert visit.state == "reported"
    assert InboxItem.objects.filter(recipient=agency.cadre, key__contains=":reopen:").exists()


@pytest.mark.parametrize(("now", "past"), [("2018-09-23", False), ("2018-09-26", True)])
def test_cancelled_visit_in_the_past_reads_not_carried_out(agency, visit, clock, client, now, past):
    clock.move_to(f"{now} 09:00+07:00")
    client.force_login(agency.cadre)
    step = reverse("fieldvisits:visit-step", args=[visit.pk, "cancel"])

    asked = client.get(step).context["step"].label
    client.post(step, {"comment": WHY, "version": visit.version})
    page = client.get(visit.get_absolute_url()).context["page"]

    assert (asked == "Ghi nhận không thực hiện") is past
    assert (page.facts["state_label"] == "Không thực hiện") is past
    assert (page.history[0]["label"] == "Không thực hiện") is past
    assert InboxItem.objects.filter(recipient=agency.head, key__contains=":cancel:").exists()


def adjusted(agency):
    plan = make_plan(agency, Quarter(2018, 3))
    visit = add_visit(plan, agency.unit, DAY)
    bring_before(agency, plan)
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 9, 21))
    change = sittings.Adjustment(LATER, LATER, "morning", agency.unit)
    line = AgendaLine.objects.get(sitting=sitting)
    sittings.decide(line, Decision.ADJUST, by=agency.member, reason=WHY, adjustment=change)
    closing.close(sitting, by=agency.secretary, notice_number="1-TB")
    visit.refresh_from_db()
    return visit


def test_adjusted_visit_shows_old_and_new_and_both_are_told(agency, client):
    visit = adjusted(agency)
    client.force_login(agency.cadre)

    change = client.get(visit.get_absolute_url()).context["page"].changes[0]

    told = InboxItem.objects.filter(key__contains=":adjusted:")
    assert (change.rows[0].was[:10], change.rows[0].now[:10]) == ("24/09/2018", "27/09/2018")
    assert {item.recipient for item in told} == {agency.cadre, agency.head}
    assert all("24/09/2018" in item.body and "27/09/2018" in item.body for item in told)


def test_adjusted_visit_may_be_withdrawn_by_its_cadre(agency):
    visit = adjusted(agency)

    visits.cancel(visit, by=agency.cadre, comment="Không thu xếp được")

    assert visit.state == "cancelled"


@pytest.mark.parametrize("changes", [1, 3])
def test_page_of_an_amended_visit_costs_the_same(
    agency, visit, client, django_assert_max_num_queries, changes
):
    for number in range(changes):
        amended(agency, visit, starts_on=LATER, session=["morning", "afternoon"][number % 2])
    client.force_login(agency.head)

    with django_assert_max_num_queries(15):
        client.get(visit.get_absolute_url())
