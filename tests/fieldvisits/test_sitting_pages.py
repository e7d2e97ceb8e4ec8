"""A sitting over HTTP: deciding line by line, in bulk, undoing, closing, the notice."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.choices import Body, Office
from fieldvisits.actions import dossiers, plans, sittings, visits
from fieldvisits.calendar import Quarter
from fieldvisits.choices import Decision, DossierState, SittingState
from fieldvisits.models import Sitting, Visit
from fieldvisits.overview.notice import wording
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import add_visit, bring_before, decide_all, make_agency, make_plan

pytestmark = pytest.mark.django_db
Q4 = Quarter(2018, 4)
DAYS = (date(2018, 10, 9), date(2018, 10, 16), date(2018, 10, 23))
SUNDAY = date(2018, 10, 14)
HELD_ON = date(2018, 10, 4)


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def sitting(agency):
    """Three lines of the cadre before the committee; TCKT writes."""
    bring_before(agency, make_plan(agency, Q4, days=DAYS))
    return sittings.convene(by=agency.coordinator, held_on=HELD_ON)


def members_plan_before(agency):
    """The member's own visit, in the dossier that the Office compiles."""
    plan = make_plan(agency, Q4, cadre=agency.member, days=(DAYS[0],))
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


def page(client, sitting, **query):
    return client.get(f"/sittings/{sitting.pk}/", query)


def decide(client, line, decision, **said):
    line.refresh_from_db()
    data = {"decision": decision, "version": line.version, **said}
    return client.post(f"/sittings/{line.sitting_id}/lines/{line.pk}/", data)


def close(client, sitting, number="78-TB/TĐTN-TCKT"):
    sitting.refresh_from_db()
    data = {"version": sitting.version, "wording": wording(sitting), "notice_number": number}
    return client.post(f"/sittings/{sitting.pk}/close/", data)


def first_line(sitting):
    return sitting.lines.order_by("number").first()


# Who may open the screen of a sitting.
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("secretary", 200),
        ("member", 200),
        ("coordinator", 200),
        ("office_head", 200),
        ("head", 404),
        ("cadre", 404),
    ],
)
def test_sitting_is_open_to_the_committee_and_its_secretaries(
    client, agency, sitting, role, status
):
    client.force_login(getattr(agency, role))

    assert page(client, sitting).status_code == status
    assert client.get(f"/sittings/{sitting.pk}/close/").status_code == status
    assert client.get("/sittings/convene/").status_code == status


def test_convening_takes_day_and_chair(client, agency):
    client.force_login(agency.coordinator)

    client.post(
        "/sittings/convene/", {"held_on": "2018-10-04", "chair": agency.deputy_secretary.pk}
    )

    sitting = Sitting.objects.get()
    assert (sitting.held_on, sitting.chair, sitting.presences.count()) == (
        HELD_ON,
        agency.deputy_secretary,
        3,
    )


def test_convening_without_a_day_keeps_the_form(client, agency):
    client.force_login(agency.coordinator)

    answer = client.post("/sittings/convene/", {"held_on": "", "chair": agency.secretary.pk})

    assert (answer.status_code, Sitting.objects.count()) == (422, 0)


def test_deciding_leads_to_the_next_undecided_line(client, agency, sitting):
    client.force_login(agency.member)

    answer = decide(client, first_line(sitting), "approve")

    focus = client.get(answer.url).context["focus"]
    assert focus.line.number == 2
    assert first_line(sitting).decided_by == agency.member


def test_refusal_without_a_reason_keeps_the_line_open(client, agency, sitting):
    client.force_login(agency.member)

    answer = decide(client, first_line(sitting), "decline", reason=" ")

    assert answer.status_code == 422
    assert answer.context["decision"].errors["reason"]
    assert first_line(sitting).decision == Decision.OPEN


def adjustment(agency, **other):
    return {
        "starts_on": "2018-10-17",
        "ends_on": "2018-10-17",
        "session": "morning",
        "unit": agency.other_unit.pk,
        "reason": "Trùng đoàn",
        **other,
    }


def test_adjustment_stands_on_the_line(client, agency, sitting):
    client.force_login(agency.member)

    decide(client, first_line(sitting), "adjust", **adjustment(agency))

    line = first_line(sitting)
    assert (line.decision, line.starts_on, line.unit) == (
        Decision.ADJUST,
        date(2018, 10, 17),
        agency.other_unit,
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "2018-10-16", "ends_on": "2018-10-16"}, "starts_on"),  # taken by line 2
        ({"ends_on": "2018-10-15"}, "ends_on"),
        ({"starts_on": "2019-01-07", "ends_on": "2019-01-07"}, "starts_on"),
        ({"reason": ""}, "reason"),
        ({"unit": "999999"}, "unit"),
    ],
)
def test_adjustment_that_cannot_be_is_refused_at_its_field(client, agency, sitting, wrong, field):
    client.force_login(agency.member)

    answer = decide(client, first_line(sitting), "adjust", **adjustment(agency, **wrong))

    assert answer.status_code == 422
    assert list(answer.context["decision"].errors) == [field]
    assert first_line(sitting).decision == Decision.OPEN
    assert wrong.get("reason", "Trùng đoàn") in answer.content.decode()


def test_everything_wrong_with_an_adjustment_is_said_at_once(client, agency, sitting):
    client.force_login(agency.member)

    answer = decide(
        client, first_line(sitting), "adjust", **adjustment(agency, ends_on="2018-10-15", reason="")
    )

    assert set(answer.context["decision"].errors) == {"ends_on", "reason"}


def test_own_line_is_refused_with_who_decides_it(client, agency, sitting):
    members_plan_before(agency)
    own = sitting.lines.get(visit__cadre=agency.member)
    client.force_login(agency.member)

    shown = page(client, sitting, line=own.pk)
    answer = decide(client, own, "approve")

    own.refresh_from_db()
    assert agency.secretary.full_name == shown.context["agenda"].decides_instead
    assert shown.context["agenda"].own_numbers == [own.number]
    assert (answer.status_code, own.decision) == (403, Decision.OPEN)


def test_absent_member_does_not_decide(client, agency, sitting):
    sittings.record_presence(
        sitting,
        by=agency.coordinator,
        chair=agency.secretary,
        absent={agency.member.pk: "công tác"},
    )
    client.force_login(agency.member)

    assert decide(client, first_line(sitting), "approve").status_code == 403


def test_chair_is_handed_on_and_not_taken(agency, sitting):
    with pytest.raises(PermissionDenied, match="người chủ trì khác"):
        sittings.record_presence(sitting, by=agency.member, chair=agency.member, absent={})
    with pytest.raises(PermissionDenied):  # who writes minutes of other sittings
        sittings.record_presence(sitting, by=agency.office_head, chair=sitting.chair, absent={})
    sittings.record_presence(sitting, by=sitting.chair, chair=agency.member, absent={})

    sitting.refresh_from_db()
    assert sitting.chair == agency.member


def test_member_present_writes_absences_and_leaves_the_chair(client, agency, sitting):
    client.force_login(agency.member)
    form = page(client, sitting).context["presence"]
    absent = {f"absent_{agency.secretary.pk}": "on", f"reason_{agency.secretary.pk}": "ốm"}
    sent = {"seen": form.mark, "chair": agency.member.pk, **absent}

    answer = client.post(reverse("fieldvisits:sitting-presence", args=[sitting.pk]), sent)

    sitting.refresh_from_db()
    assert (answer.status_code, sitting.chair) == (302, agency.secretary)
    assert sitting.presences.get(is_present=False).reason == "ốm"


def test_secretary_of_another_sitting_does_not_decide(client, agency, sitting):
    client.force_login(agency.office_head)

    shown = page(client, sitting)

    assert decide(client, first_line(sitting), "approve").status_code == 403
    assert "decide-bar" not in shown.content.decode()


def test_line_decided_elsewhere_meanwhile_is_refused(client, agency, sitting):
    line = first_line(sitting)
    sittings.decide(line, Decision.DECLINE, by=agency.secretary, reason="Trùng đoàn")
    client.force_login(agency.member)

    answer = client.post(
        f"/sittings/{sitting.pk}/lines/{line.pk}/", {"decision": "approve", "version": 0}
    )

    assert answer.status_code == 409
    assert first_line(sitting).decision == Decision.DECLINE


def test_line_of_a_withdrawn_visit_is_refused(client, agency, sitting):
    line = first_line(sitting)
    visits.withdraw(line.visit, by=agency.cadre)
    client.force_login(agency.member)

    assert decide(client, line, "approve").status_code == 409


def test_line_of_another_sitting_is_not_there(client, agency, sitting):
    client.force_login(agency.member)

    assert (
        client.post(f"/sittings/{sitting.pk}/lines/999/", {"decision": "approve"}).status_code
        == 404
    )


def test_decision_is_undone_until_the_sitting_is_closed(client, agency, sitting):
    client.force_login(agency.member)
    decide(client, first_line(sitting), "approve")
    undo = page(client, sitting).context["agenda"].last_decided.line

    decide(client, undo, "open")

    line = first_line(sitting)
    assert (line.pk, line.decision, line.decided_by) == (undo.pk, Decision.OPEN, None)


def bulk(client, sitting, lines):
    data = {"dossier": lines[0].dossier_id, "line": [f"{line.pk}-{line.version}" for line in lines]}
    return client.post(f"/sittings/{sitting.pk}/lines/agree/", data, follow=True)


def test_bulk_agrees_to_plain_lines_and_leaves_marked_ones(client, agency):
    plan = make_plan(agency, Q4, days=(*DAYS, SUNDAY))
    bring_before(agency, plan)
    sitting = sittings.convene(by=agency.coordinator, held_on=HELD_ON)
    client.force_login(agency.member)

    bulk(client, sitting, list(sitting.lines.all()))

    left = sitting.lines.undecided().get()
    assert left.visit.starts_on == SUNDAY
    assert sitting.lines.filter(decision=Decision.APPROVE).count() == 3


def test_bulk_leaves_own_and_clashing_lines(client, agency, sitting):
    members_plan_before(agency)
    client.force_login(agency.member)

    bulk(client, sitting, list(sitting.lines.all()))

    own, clashing = sitting.lines.undecided().order_by("-number")
    assert own.visit.cadre == agency.member
    assert clashing.visit.starts_on == own.visit.starts_on


def test_bulk_says_which_line_changed_meanwhile(client, agency, sitting):
    lines = list(sitting.lines.all())
    lines[0].version += 5
    client.force_login(agency.member)

    answer = bulk(client, sitting, lines)

    said = [str(message) for message in answer.context["messages"]]
    assert sitting.lines.undecided().count() == 1
    assert any("1" in message for message in said[1:])


def test_team_at_one_unit_is_no_clash(client, agency):
    for cadre in (agency.cadre, agency.colleague):
        add_visit(make_plan(agency, Q4, cadre=cadre), agency.unit, DAYS[0], team="D1")
    bring_before(agency, *agency.cadre.plans.all(), *agency.colleague.plans.all())
    sitting = sittings.convene(by=agency.coordinator, held_on=HELD_ON)
    client.force_login(agency.member)

    assert [line.flags for line in page(client, sitting).context["agenda"].lines] == [[], []]


def presence(agency, absent=(), **other):
    data = {"chair": agency.secretary.pk, **other}
    for member in absent:
        data |= {f"absent_{member.pk}": "on", f"reason_{member.pk}": "công tác"}
    return data


def test_absence_needs_its_reason(client, agency, sitting):
    client.force_login(agency.coordinator)

    answer = client.post(
        f"/sittings/{sitting.pk}/presence/",
        presence(agency, **{f"absent_{agency.member.pk}": "on"}),
    )

    assert answer.status_code == 422
    assert sitting.presences.filter(is_present=False).count() == 0


def test_close_without_quorum_is_refused(client, agency, sitting):
    client.force_login(agency.coordinator)
    client.post(
        f"/sittings/{sitting.pk}/presence/",
        presence(agency, [agency.member, agency.deputy_secretary]),
    )
    sitting.lines.update(decision=Decision.DEFER, decided_by=agency.secretary)
    client.force_login(agency.secretary)

    answer = close(client, sitting)

    sitting.refresh_from_db()
    assert (answer.status_code, sitting.state) == (422, SittingState.OPEN)
    assert "1/3" in page(client, sitting).content.decode()


def test_close_with_an_open_line_is_refused(client, agency, sitting):
    client.force_login(agency.secretary)

    assert close(client, sitting).status_code == 422
    assert client.get(f"/sittings/{sitting.pk}/close/").context["problems"]


@pytest.mark.parametrize("role", ["member", "coordinator"])
def test_close_by_who_is_not_the_chair_is_refused(client, agency, sitting, role):
    sitting.lines.update(decision=Decision.DEFER, decided_by=agency.secretary)
    client.force_login(getattr(agency, role))

    assert close(client, sitting).status_code == 403
    sitting.refresh_from_db()
    assert sitting.state == SittingState.OPEN


def test_close_with_a_taken_number_is_refused_at_the_field(client, agency, sitting):
    sitting.lines.update(decision=Decision.DEFER, decided_by=agency.secretary)
    client.force_login(agency.secretary)
    close(client, sitting)
    second = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 8))
    second.lines.update(decision=Decision.DEFER, decided_by=agency.secretary)

    answer = close(client, second, "78 – TB/TĐTN-TCKT")

    assert answer.status_code == 422
    assert answer.context["form"].errors["notice_number"]
    suggested = client.get(f"/sittings/{second.pk}/close/").context["form"]["notice_number"].value()
    assert suggested == "79-TB/TĐTN-TCKT"


def test_close_is_refused_if_a_line_changed_after_the_notice_was_read(client, agency, sitting):
    sitting.lines.update(decision=Decision.DEFER, decided_by=agency.secretary)
    read = {"version": sitting.version, "wording": wording(sitting), "notice_number": "78-TB"}
    sittings.decide(first_line(sitting), Decision.DECLINE, by=agency.member, reason="Trùng đoàn")
    client.force_login(agency.secretary)

    answer = client.post(f"/sittings/{sitting.pk}/close/", read)

    sitting.refresh_from_db()
    assert (answer.status_code, sitting.state) == (422, SittingState.OPEN)
    assert answer.context["form"].errors["wording"]


def test_visit_withdrawn_after_its_decision_does_not_stand_in_the_notice(client, agency, sitting):
    client.force_login(agency.secretary)
    for line in sitting.lines.all():
        decide(client, line, "approve")
    visits.withdraw(first_line(sitting).visit, by=agency.cadre)

    close(client, sitting)

    assert [line.number for line in notice_of(client, sitting)] == [2, 3]


def test_closed_sitting_takes_no_decision(client, agency, sitting):
    line = first_line(sitting)
    sitting.lines.update(decision=Decision.DEFER, decided_by=agency.secretary)
    client.force_login(agency.secretary)
    close(client, sitting)

    assert decide(client, line, "approve").status_code == 403
    assert client.post(f"/sittings/{sitting.pk}/presence/", presence(agency)).status_code == 403
    assert close(client, sitting).status_code in (409, 422)


def test_deferred_line_comes_on_the_next_agenda_by_itself(client, agency, sitting):
    client.force_login(agency.secretary)
    lines = list(sitting.lines.order_by("number"))
    decide(client, lines[0], "defer")
    for line in lines[1:]:
        decide(client, line, "approve")
    close(client, sitting)

    client.post("/sittings/convene/", {"held_on": "2018-10-08", "chair": agency.secretary.pk})

    second = Sitting.objects.get(held_on=date(2018, 10, 8))
    assert [line.visit for line in second.lines.all()] == [lines[0].visit]
    assert second.lines.get().dossier.state == DossierState.DECIDED


def test_direction_stands_in_the_notice_until_dropped(client, agency, sitting):
    client.force_login(agency.coordinator)
    address = f"/sittings/{sitting.pk}/directions/"

    client.post(
        address, {"text": "Ưu tiên đơn vị lâu chưa có cán bộ đến", "department": agency.rural.pk}
    )
    direction = sitting.directions.get()
    shown = client.get(f"/sittings/{sitting.pk}/close/").context["notice"].directions
    client.post(f"{address}{direction.pk}/drop/")

    assert shown == [("Ban Thanh niên Nông thôn", "Ưu tiên đơn vị lâu chưa có cán bộ đến")]
    assert not sitting.directions.exists()


def test_empty_direction_is_refused(client, agency, sitting):
    client.force_login(agency.coordinator)

    assert client.post(f"/sittings/{sitting.pk}/directions/", {"text": " "}).status_code == 422


def test_notice_is_read_by_the_agency_once_closed(client, agency, sitting):
    address = f"/sittings/{sitting.pk}/notice/"
    client.force_login(agency.cadre)
    before = client.get(address).status_code
    sitting.lines.update(decision=Decision.APPROVE, decided_by=agency.secretary)
    client.force_login(agency.secretary)
    close(client, sitting)
    client.force_login(agency.cadre)
    after = client.get(address)
    client.force_login(PersonFactory())

    assert (before, after.status_code, client.get(address).status_code) == (404, 200, 404)
    assert "78-TB/TĐTN-TCKT" in after.content.decode()


def notice_of(client, sitting):
    shown = client.get(f"/sittings/{sitting.pk}/notice/").context["notice"]
    return [
        line
        for department in shown.departments
        for lines in department.people.values()
        for line in lines
    ]


def test_notice_shows_old_and_new_and_stays_the_same(client, agency, sitting, early_october):
    lines = list(sitting.lines.order_by("number"))
    client.force_login(agency.secretary)
    decide(client, lines[0], "adjust", **adjustment(agency))
    decide(client, lines[1], "decline", reason="Không cần thiết")
    decide(client, lines[2], "approve")
    close(client, sitting)
    before = notice_of(client, sitting)
    Visit.objects.filter(pk=lines[2].visit_id).update(
        starts_on=date(2018, 11, 1), ends_on=date(2018, 11, 1)
    )

    assert (before[0].planned.starts_on, before[0].adjusted.starts_on) == (
        DAYS[0],
        date(2018, 10, 17),
    )
    assert (before[1].reason, before[2].planned.starts_on) == ("Không cần thiết", DAYS[2])
    assert notice_of(client, sitting) == before


def test_visit_decided_after_its_first_day_is_marked_in_the_notice(client, agency, early_october):
    bring_before(agency, make_plan(agency, Q4, days=DAYS))
    early_october.move_to("2018-10-17 09:00+07:00")
    sitting = decide_all(agency, date(2018, 10, 17))
    client.force_login(agency.cadre)

    assert [line.is_afterwards for line in notice_of(client, sitting)] == [True, True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_a_sitting_does_not_grow(
    client, agency, count, django_assert_num_queries
):
    bring_before(agency, make_plan(agency, Q4, days=DAYS[:count]))
    for _n in range(count):
        appoint(PersonFactory(), body=Body.STANDING_COMMITTEE, office=Office.MEMBER)
    sitting = sittings.convene(by=agency.coordinator, held_on=HELD_ON)
    client.force_login(agency.member)

    # session, user, offices, portfolios, sitting, presences, directions, lines, units, approved
    # visits there, days at the unit, regulation, month totals, day ledger; office in the bar
    with django_assert_num_queries(15):
        response = page(client, sitting, do="adjust")

    assert len(response.context["agenda"].lines) == count


def test_list_of_sittings_is_paged_by_the_last_row_shown(client, agency):
    rows = [
        Sitting(held_on=date(2018, 1, 1 + n % 28), chair=agency.secretary, state="closed",
                secretary=agency.coordinator)
        for n in range(53)
    ]  # fmt: skip
    Sitting.objects.bulk_create(rows)
    client.force_login(agency.member)
    first = client.get("/sittings/").context["page"]
    second = client.get(f"/sittings/{first.next_url}").context["page"]

    assert (len(first.rows), len(second.rows), second.next_url) == (50, 3, "")
    assert {row.pk for row in first.rows} | {row.pk for row in second.rows} == {
        row.pk for row in Sitting.objects.all()
    }


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_the_list_does_not_grow(
    client, agency, count, django_assert_num_queries
):
    for number in range(count):
        sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 4 + number))
    client.force_login(agency.member)

    # session, user, offices, portfolios, waiting visits, sittings; office in the bar
    with django_assert_num_queries(7):
        response = client.get("/sittings/")

    assert len(response.context["sittings"]) == count


def test_minutes_are_written_without_links_to_dossiers_one_may_not_read(client, agency, sitting):
    dossier = sitting.lines.first().dossier.get_absolute_url()
    pages = {}
    for role in ("office_head", "member"):
        client.force_login(getattr(agency, role))
        pages[role] = client.get(sitting.get_absolute_url()).content.decode()

    assert dossier not in pages["office_head"]
    assert dossier in pages["member"]
