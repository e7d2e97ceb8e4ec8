"""Dossiers on their way: who reads them, who is missing, TCKT's list."""

from datetime import date

import pytest
import time_machine

from accounts.choices import Office
from accounts.models import InboxItem
from fieldvisits.actions import dossiers, plans, sittings
from fieldvisits.calendar import Quarter
from fieldvisits.choices import DossierState, PlanState
from fieldvisits.overview.plan_list import PlanLine
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import add_visit, bring_before, decide_all, make_agency, make_plan

pytestmark = pytest.mark.django_db
Q4 = Quarter(2018, 4)
TUESDAY = date(2018, 10, 9)


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency():
    return make_agency()


def forwarded(agency, *days):
    plan = make_plan(agency, Q4, days=days or (TUESDAY,))
    plans.submit(plan, by=agency.cadre)
    plans.agree(plan, by=agency.head)
    dossier = dossiers.record_meeting(
        dossiers.current(agency.rural, Q4),
        by=agency.head,
        met_on=date(2018, 10, 1),
        present="Toàn ban",
        missing_reason="Nghỉ phép",
    )
    dossiers.forward(dossier, by=agency.head)
    return dossier


def step(client, dossier, name, **said):
    dossier.refresh_from_db()
    return client.post(
        f"/dossiers/{dossier.pk}/steps/{name}/", {"version": dossier.version, **said}
    )


# Who may open a dossier, by state. Everybody else: there is no such page.
READERS = {
    DossierState.WITH_COORDINATION: {"head", "cadre", "colleague", "coordinator"},
    DossierState.BEFORE_COMMITTEE: {
        "head",
        "cadre",
        "colleague",
        "coordinator",
        "secretary",
        "deputy_secretary",
        "member",
    },
}
ROLES = (
    "head",
    "cadre",
    "colleague",
    "coordinator",
    "secretary",
    "deputy_secretary",
    "member",
    "office_head",
    "stranger",
)


@pytest.mark.parametrize("state", READERS)
def test_dossier_is_read_by_whom_it_has_reached(client, agency, state):
    dossier = forwarded(agency)
    if state == DossierState.BEFORE_COMMITTEE:
        dossiers.put_before(dossier, by=agency.coordinator)
    readers = set()
    for role in ROLES:
        client.force_login(getattr(agency, role))
        if client.get(f"/dossiers/{dossier.pk}/").status_code == 200:
            readers.add(role)

    assert readers == READERS[state]


def test_dossier_names_who_is_without_a_plan(client, agency):
    client.force_login(agency.coordinator)

    page = client.get(f"/dossiers/{forwarded(agency).pk}/").context["page"]

    assert [member.person for member in page.missing] == [agency.colleague, agency.head]


def test_dossier_sums_distinct_half_days_by_person(client, agency):
    dossier = forwarded(agency, TUESDAY, date(2018, 10, 16))
    client.force_login(agency.coordinator)

    page = client.get(f"/dossiers/{dossier.pk}/").context["page"]

    assert (page.half_days, page.visits, [part.half_days for part in page.people]) == (4, 2, [4])


@pytest.mark.parametrize(
    ("role", "status"), [("coordinator", 200), ("secretary", 200), ("head", 404), ("stranger", 404)]
)
def test_list_is_for_the_channel_and_the_committee(client, agency, role, status):
    client.force_login(getattr(agency, role))

    assert client.get("/dossiers/").status_code == status


def test_list_tells_the_channel_what_waits_and_the_committee_not_yet(client, agency):
    forwarded(agency)
    states = {}
    for role in ("coordinator", "secretary"):
        client.force_login(getattr(agency, role))
        rows = client.get("/dossiers/").context["overview"].rows
        (row,) = [row for row in rows if row.code == "NT"]
        states[role] = (row.dossier.state if row.dossier else None, [one.name for one in row.steps])

    assert states == {
        "coordinator": (DossierState.WITH_COORDINATION, ["put_before", "return"]),
        "secretary": (None, []),
    }


def test_list_marks_what_came_after_the_due_day(client, agency, early_october):
    early_october.move_to("2018-10-06 09:00+07:00")
    forwarded(agency)
    client.force_login(agency.coordinator)

    rows = client.get("/dossiers/?quarter=2018-4").context["overview"].rows

    assert {row.code: row.is_late for row in rows} == {
        "NT": True,
        "TCKT": True,
        "VP": True,
        "THUONG_TRUC": True,
    }


def test_list_of_no_such_quarter_is_not_there(client, agency):
    client.force_login(agency.coordinator)

    assert client.get("/dossiers/?quarter=2018-9").status_code == 404


def test_return_without_a_reason_keeps_the_dossier(client, agency):
    dossier = forwarded(agency)
    client.force_login(agency.coordinator)

    answer = step(client, dossier, "return", comment=" ")

    dossier.refresh_from_db()
    assert (answer.status_code, dossier.state) == (422, DossierState.WITH_COORDINATION)


def test_returned_dossier_leaves_the_agenda_and_opens_its_plans(client, agency):
    dossier = forwarded(agency)
    dossiers.put_before(dossier, by=agency.coordinator)
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 4))
    before = sitting.lines.count()
    client.force_login(agency.member)

    step(client, dossier, "return", comment="Thiếu kế hoạch của trưởng ban")

    dossier.refresh_from_db()
    assert (before, sitting.lines.count(), dossier.state) == (1, 0, DossierState.COMPILING)
    assert list(agency.cadre.plans.values_list("state", flat=True)) == [PlanState.AGREED]


def test_recall_brings_it_back_until_the_channel_has_acted(client, agency):
    dossier = forwarded(agency)
    client.force_login(agency.head)

    step(client, dossier, "recall")

    dossier.refresh_from_db()
    assert dossier.state == DossierState.COMPILING


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [
        ("head", "put_before", 403),
        ("coordinator", "recall", 403),
        ("coordinator", "forward", 409),
        ("secretary", "return", 404),
    ],
)
def test_step_of_somebody_else_is_refused(client, agency, role, name, status):
    dossier = forwarded(agency)
    client.force_login(getattr(agency, role))

    assert step(client, dossier, name, comment="Vì sao").status_code == status
    dossier.refresh_from_db()
    assert dossier.state == DossierState.WITH_COORDINATION


def test_stale_form_is_refused(client, agency):
    dossier = forwarded(agency)
    client.force_login(agency.coordinator)

    answer = client.post(
        f"/dossiers/{dossier.pk}/steps/put_before/", {"version": dossier.version - 1}
    )

    assert answer.status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_a_dossier_does_not_grow(
    client, agency, count, django_assert_num_queries
):
    people = [agency.cadre, agency.colleague, agency.head][:count]
    filed = []
    for person in people:
        plan = make_plan(agency, Q4, cadre=person)
        add_visit(plan, agency.unit, TUESDAY)
        filed.append(plan)
    dossier = bring_before(agency, *filed)
    decide_all(agency, date(2018, 10, 5))
    client.force_login(agency.secretary)

    # session, user, offices, portfolios, dossier, departments, plans, visits, units, members,
    # who has a plan, history; name of the office in the bar
    with django_assert_num_queries(13):
        response = client.get(f"/dossiers/{dossier.pk}/")

    assert len(response.context["page"].people) == count


def test_dossier_forwarded_before_seven_reaches_who_is_in_office_that_day(agency, early_october):
    """23:30 in UTC is 6:30 of the next day in Hà Nội; the offices are those of that day."""
    agency.coordinator.appointments.update(ends_on=date(2018, 10, 4))
    newcomer = PersonFactory()
    appoint(
        newcomer, department=agency.coordination, office=Office.HEAD, starts_on=date(2018, 10, 5)
    )
    early_october.move_to("2018-10-04 23:30+00:00")

    forwarded(agency)

    told = InboxItem.objects.filter(key__contains=":forward:").values_list("recipient", flat=True)
    assert list(told) == [newcomer.pk]


def test_plan_submitted_before_seven_on_the_day_after_it_was_due_is_late(agency, early_october):
    early_october.move_to("2018-10-05 23:30+00:00")
    plan = make_plan(agency, Q4, days=(TUESDAY,))
    plans.submit(plan, by=agency.cadre)

    assert PlanLine(plan, 2, date(2018, 10, 5), date(2018, 10, 6)).is_late
