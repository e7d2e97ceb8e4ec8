"""The notice to the host unit and what the unit answers (R9)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.choices import UnitLevel
from accounts.models import InboxItem
from fieldvisits.actions import amending, unit_notices, visits
from fieldvisits.actions.amending import Wanted
from fieldvisits.calendar import Quarter
from fieldvisits.history import contradictions
from fieldvisits.models import UnitNotice
from tests.factories.accounts import make_unit
from tests.factories.agency import (
    add_visit,
    approved_visit,
    bring_before,
    decide_all,
    make_agency,
    make_plan,
    representative,
)

pytestmark = pytest.mark.django_db
DAY, LATER, Q4 = date(2018, 10, 9), date(2018, 10, 10), Quarter(2018, 4)


@pytest.fixture
def agency():
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False):
        yield make_agency()


@pytest.fixture
def person(agency):
    return representative(agency.unit)


@pytest.fixture
def notice(agency, person):
    return UnitNotice.objects.get(visit=approved_visit(agency, DAY))


def told(person, notice):
    rows = InboxItem.objects.filter(recipient=person, url=notice.get_absolute_url())
    return [item.key.split(":")[2] for item in rows.order_by("pk")]


def test_approval_sends_a_notice_to_the_unit(notice, agency, person):
    assert (notice.unit, notice.state, notice.department) == (agency.unit, "sent", agency.rural)
    assert told(person, notice) == ["sent"]
    assert list(contradictions()) == []


def test_notice_of_a_commune_goes_to_its_district(agency):
    district = agency.unit
    commune = make_unit(place="Phù Linh", kind="Xã", level=UnitLevel.COMMUNE, parent=district)
    visit = approved_visit(agency, DAY, unit=commune)

    assert visit.unit_notices.get().unit == district
    assert visit.unit == commune


def test_unit_receives_the_visit(notice, agency, person):
    unit_notices.answer(notice, "accept", by=person)

    assert notice.state == "accepted"
    assert told(agency.head, notice) == told(agency.cadre, notice) == ["accept"]


def test_other_day_needs_a_day_ahead_and_changes_no_visit(notice, person):
    for day in (None, date(2018, 9, 20)):
        with pytest.raises(ValidationError):
            unit_notices.answer(notice, "other_day", by=person, proposed_on=day)
    unit_notices.answer(notice, "other_day", by=person, proposed_on=date(2018, 10, 12))

    notice.refresh_from_db()
    assert (notice.state, notice.proposed_on) == ("other_day", date(2018, 10, 12))
    assert notice.visit.starts_on == DAY


def test_cannot_needs_a_remark(notice, person):
    with pytest.raises(ValidationError):
        unit_notices.answer(notice, "cannot", by=person)

    unit_notices.answer(notice, "cannot", by=person, remark="Đơn vị tổ chức đại hội")
    assert notice.steps.get().comment == "Đơn vị tổ chức đại hội"


@pytest.mark.parametrize("role", ["cadre", "head", "secretary", "coordinator"])
def test_only_the_unit_answers(notice, agency, role):
    with pytest.raises(PermissionDenied):
        unit_notices.answer(notice, "accept", by=getattr(agency, role))


def test_another_unit_or_a_former_representative_does_not_answer(notice, agency):
    for person in (
        representative(agency.other_unit),
        representative(agency.unit, ends_on=date(2018, 9, 19)),
    ):
        with pytest.raises(PermissionDenied):
            unit_notices.answer(notice, "accept", by=person)


def test_notice_is_answered_once(notice, person):
    unit_notices.answer(notice, "accept", by=person)

    with pytest.raises(ValidationError):
        unit_notices.answer(notice, "cannot", by=person, remark="Bận")


def test_head_settles_what_the_unit_said(notice, agency, person):
    with pytest.raises(ValidationError):
        unit_notices.settle(notice, by=agency.head)
    unit_notices.answer(notice, "other_day", by=person, proposed_on=date(2018, 10, 12))
    with pytest.raises(PermissionDenied):
        unit_notices.settle(notice, by=agency.cadre)

    unit_notices.settle(notice, by=agency.head)

    assert notice.state == "settled"
    assert told(person, notice) == ["sent", "settle"]


def test_cancelled_visit_settles_its_notice_with_a_word(notice, agency, person):
    visits.cancel(notice.visit, by=agency.cadre, comment="Huyện hoãn")

    notice.refresh_from_db()
    assert (notice.state, told(person, notice)) == ("settled", ["sent", "lapse"])
    assert list(contradictions()) == []


def test_notice_sent_again_leaves_one_open(notice, agency):
    unit_notices.send(notice.visit, by=agency.head)

    states = UnitNotice.objects.filter(visit=notice.visit).order_by("pk")
    assert list(states.values_list("state", flat=True)) == ["settled", "sent"]


def test_declined_visit_sends_no_notice(agency, person):
    assert not UnitNotice.objects.exists()


def test_unit_answers_on_its_page(client, notice, person):
    client.force_login(person)
    address = f"/notices/{notice.pk}/answer/"
    assert notice.visit.content in client.get(address).content.decode()

    bad = client.post(address, {"answer": "other_day", "proposed_on": "31/02/2018", "version": 0})
    assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["proposed_on"])
    good = {"answer": "other_day", "proposed_on": "12/10/2018", "version": 0}
    assert client.post(address, good).status_code == 302
    assert client.post(address, good).status_code == 409
    notice.refresh_from_db()
    assert (notice.state, notice.version) == ("other_day", 1)


def test_way_of_the_visit_says_that_the_unit_was_told(client, notice, agency):
    client.force_login(agency.cadre)
    page = client.get(notice.visit.get_absolute_url()).context["page"]

    assert page.way[2]["when"] == "20/09/2018"
    assert page.way[2]["position"] == "past"


# --- A team ----------------------------------------------------------------------------------


@pytest.fixture
def team(agency, person):
    """Three colleagues at one unit on one day, approved in one sitting; their notices."""
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False):
        filed = []
        for who in (agency.cadre, agency.colleague, agency.head):
            filed.append(make_plan(agency, Q4, cadre=who))
            add_visit(filed[-1], agency.unit, DAY, team="2018-0001")
        bring_before(agency, *filed)
        decide_all(agency, date(2018, 9, 21))
        yield list(UnitNotice.objects.order_by("pk"))


def test_team_is_announced_to_its_unit_once(client, agency, team, person):
    sent = InboxItem.objects.filter(recipient=person, key__endswith=":sent")
    client.force_login(person)
    lines = client.get("/notices/").context["lines"]

    assert [notice.state for notice in team] == ["sent", "sent", "sent"]
    assert sent.count() == 1
    assert "trả lời chung" in sent.get().subject
    assert [(notice.pk, len(along)) for notice, _unit, along in lines] == [(team[0].pk, 2)]
    assert "Trả lời 1 thông báo" in client.get("/").content.decode()


def test_answer_to_the_team_counts_for_every_visit_and_is_told_once(agency, team, person):
    unit_notices.answer(team[1], "other_day", by=person, proposed_on=date(2018, 10, 12))

    rows = UnitNotice.objects.values_list("state", "proposed_on")
    assert set(rows) == {("other_day", date(2018, 10, 12))}
    told = InboxItem.objects.filter(key__contains=":other_day:").values_list("recipient", flat=True)
    assert sorted(told) == sorted(
        [agency.cadre.pk, agency.colleague.pk, agency.head.pk, agency.head.pk]
    )
    assert list(contradictions()) == []


def test_head_settles_the_team_once(agency, team, person):
    unit_notices.answer(team[0], "accept", by=person)
    team[2].refresh_from_db()
    unit_notices.settle(team[2], by=agency.head)

    assert set(UnitNotice.objects.values_list("state", flat=True)) == {"settled"}
    assert InboxItem.objects.filter(recipient=person, key__contains=":settle:").count() == 1


def test_visit_of_the_team_on_another_day_is_answered_by_itself(agency, team, person):
    moved = team[1].visit
    wanted = Wanted(starts_on=LATER, ends_on=LATER, session="full", content=moved.content)
    amending.amend(moved, by=agency.head, wanted=wanted, comment="Xã đề nghị lùi một ngày")
    unit_notices.answer(team[0], "accept", by=person)

    states = {row.visit.starts_on: row.state for row in UnitNotice.objects.exclude(state="settled")}
    assert states == {DAY: "accepted", LATER: "sent"}


def test_cancelled_visit_of_a_team_leaves_the_others_announced(agency, team, person):
    visits.cancel(team[0].visit, by=team[0].visit.cadre, comment="Đi họp")

    assert list(UnitNotice.objects.order_by("pk").values_list("state", flat=True)) == [
        "settled", "sent", "sent",
    ]  # fmt: skip
    unit_notices.answer(team[1], "accept", by=person)
    team[2].refresh_from_db()
    assert team[2].state == "accepted"
