"""The department's quarter: who sees what, what keeps the dossier back, agreeing."""

from datetime import date

import pytest
import time_machine

from fieldvisits.actions import dossiers, plans, requests
from fieldvisits.calendar import Quarter
from fieldvisits.choices import DossierState, PlanState
from fieldvisits.models import Dossier, Plan
from tests.browsing import text_of
from tests.factories.accounts import DepartmentFactory, ExemptionFactory, PersonFactory, appoint
from tests.factories.agency import add_visit, bring_before, make_agency, make_plan
from tests.factories.requests import endorsed

pytestmark = pytest.mark.django_db
Q4 = Quarter(2018, 4)
BOARD = "/quarter/NT/2018-4/"
MEETING = {"met_on": "2018-10-01", "present": "Toàn ban", "conclusions": "Thống nhất"}
TUESDAY = date(2018, 10, 9)


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency():
    return make_agency()


def submitted(agency, *cadres, day=TUESDAY):
    filed = []
    for number, cadre in enumerate(cadres):
        plan = make_plan(agency, Q4, cadre=cadre)
        add_visit(plan, agency.unit if number % 2 else agency.other_unit, day)
        plans.submit(plan, by=cadre)
        filed.append(plan)
    return filed


def test_quarter_home_leads_a_member_to_the_own_department(client, agency):
    client.force_login(agency.cadre)

    assert client.get("/quarter/").url == BOARD


@pytest.mark.parametrize("role", ["secretary", "coordinator"])
def test_quarter_home_shows_all_departments_to_who_watches(client, agency, role):
    client.force_login(getattr(agency, role))

    page = text_of(client.get("/quarter/"))

    assert "Ban Thanh niên Nông thôn" in page
    assert "Văn phòng" in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("head", 200),
        ("cadre", 200),
        ("secretary", 200),
        ("coordinator", 200),
        ("office_head", 404),
        ("stranger", 404),
    ],
)
def test_board_is_there_for_the_department_and_who_watches(client, agency, role, status):
    client.force_login(getattr(agency, role))

    assert client.get(BOARD).status_code == status


@pytest.mark.parametrize(
    "address", ["/quarter/NT/2018-5/", "/quarter/NT/x/", "/quarter/NO/2018-4/"]
)
def test_board_of_no_such_quarter_or_department_is_not_there(client, agency, address):
    client.force_login(agency.secretary)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("office_head", 200), ("secretary", 200), ("head", 404)]
)
def test_committees_own_board_is_compiled_by_the_office(client, agency, role, status):
    client.force_login(getattr(agency, role))

    assert client.get("/quarter/THUONG_TRUC/2018-4/").status_code == status


def test_draft_of_a_colleague_stays_unseen(client, agency):
    plan = make_plan(agency, Q4, days=(TUESDAY,))
    client.force_login(agency.head)

    page = client.get(BOARD)

    assert page.context["board"].named("missing").count(plan.cadre.full_name) == 1
    assert all(row.plan is None for row in page.context["board"].rows)


def test_colleague_sees_others_only_once_forwarded(client, agency):
    (plan,) = submitted(agency, agency.cadre)
    client.force_login(agency.colleague)
    before = [row.state for row in client.get(BOARD).context["board"].rows if row.plan]
    plans.agree(plan, by=agency.head)
    dossier = dossiers.record_meeting(
        dossiers.current(agency.rural, Q4),
        by=agency.head,
        met_on=date(2018, 10, 1),
        present="Toàn ban",
        missing_reason="Nghỉ phép",
    )
    dossiers.forward(dossier, by=agency.head)

    after = client.get(BOARD)

    assert before == []
    assert [row.state for row in after.context["board"].rows if row.plan] == [PlanState.IN_DOSSIER]
    assert after.context["page"].may_write_meeting is False


def test_note_says_who_keeps_the_dossier_back(client, agency):
    returned, _waiting = submitted(agency, agency.cadre, agency.head)
    plans.send_back(returned, by=agency.head, comment="Nội dung còn chung chung")
    client.force_login(agency.head)

    blocked = " ".join(client.get(BOARD).context["page"].blocked)

    assert "Đặng Hữu Chiến" in blocked
    assert "Trần Thu Hà" in blocked
    assert "Phạm Đức Long" in blocked


def test_exempted_member_does_not_keep_the_dossier_back(client, agency):
    ExemptionFactory(person=agency.colleague, reason="maternity", starts_on=date(2018, 9, 1))
    client.force_login(agency.head)

    page = client.get(BOARD).context["page"]

    assert [row.state for row in page.board.rows if row.person == agency.colleague] == ["away"]
    assert "Đặng Hữu Chiến" not in " ".join(page.blocked)


def test_half_day_shared_by_two_units_is_summed_once(client, agency):
    plan = make_plan(agency, Q4, days=(TUESDAY,))
    add_visit(plan, agency.other_unit, TUESDAY, session="morning", shared=True)
    plans.submit(plan, by=agency.cadre)
    client.force_login(agency.head)

    board = client.get(BOARD).context["board"]

    assert board.half_days == 2
    looks = {chip.look for row in board.rows for cell in row.cells for chip in cell.chips}
    assert "zero" in looks


def test_same_unit_in_one_week_is_a_clash_unless_one_team(client, agency):
    for cadre, day in ((agency.cadre, TUESDAY), (agency.colleague, date(2018, 10, 11))):
        plan = make_plan(agency, Q4, cadre=cadre, days=(day,))
        plans.submit(plan, by=cadre)
    client.force_login(agency.head)
    clashes = client.get(BOARD).context["board"].clashes
    for plan in Plan.objects.all():
        plan.visits.update(team="D1")

    assert [place.teams for place in clashes] == [2]
    assert client.get(BOARD).context["board"].clashes == []


def test_filters_stay_in_the_address_and_narrow_the_board(client, agency):
    submitted(agency, agency.cadre)
    client.force_login(agency.head)

    missing = client.get(BOARD, {"state": "missing"}).context["board"]
    other_kind = client.get(BOARD, {"kind": "thematic"}).context["board"]
    nowhere = client.get(BOARD, {"unit": "khong co dau"})

    assert agency.cadre not in [row.person for row in missing.rows]
    assert other_kind.rows == []
    assert f'href="{BOARD}"' in nowhere.content.decode()


def test_agree_to_all_takes_what_waits_for_the_head_and_no_more(client, agency):
    filed = submitted(agency, agency.cadre, agency.colleague, agency.head)
    client.force_login(agency.head)

    client.post(f"{BOARD}agree/", {"plan": [plan.pk for plan in filed]})

    states = {plan.cadre: plan.state for plan in Plan.objects.select_related("cadre")}
    assert states == {
        agency.cadre: PlanState.AGREED,
        agency.colleague: PlanState.AGREED,
        agency.head: PlanState.SUBMITTED,
    }


def test_agree_to_all_says_of_each_refused_plan_why(client, agency):
    (plan,) = submitted(agency, agency.cadre)
    plans.agree(plan, by=agency.head)
    client.force_login(agency.head)

    page = client.post(f"{BOARD}agree/", {"plan": [plan.pk]}, follow=True).content.decode()

    assert f"{agency.cadre}: Không còn thực hiện được bước này" in page


def test_agree_to_all_by_a_colleague_agrees_to_nothing(client, agency):
    (plan,) = submitted(agency, agency.cadre)
    client.force_login(agency.colleague)

    client.post(f"{BOARD}agree/", {"plan": [plan.pk]})

    plan.refresh_from_db()
    assert plan.state == PlanState.SUBMITTED


def test_meeting_begins_the_dossier_and_it_goes_forward(client, agency):
    (plan,) = submitted(agency, agency.cadre)
    plans.agree(plan, by=agency.head)
    client.force_login(agency.head)

    client.post(f"{BOARD}meeting/", MEETING | {"missing_reason": "Nghỉ phép"})
    dossier = Dossier.objects.get()
    client.post(f"/dossiers/{dossier.pk}/steps/forward/", {"version": dossier.version})

    dossier.refresh_from_db()
    assert (dossier.state, dossier.present) == (DossierState.WITH_COORDINATION, "Toàn ban")


def test_meeting_without_a_day_keeps_what_was_typed(client, agency):
    client.force_login(agency.head)

    answer = client.post(f"{BOARD}meeting/", MEETING | {"met_on": ""})

    assert answer.status_code == 422
    assert "Thống nhất</textarea>" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_meeting_from_a_stale_form_is_refused_and_can_be_sent_again(client, agency):
    client.force_login(agency.head)
    client.post(f"{BOARD}meeting/", MEETING)
    seen = Dossier.objects.get().meeting_mark
    client.post(f"{BOARD}meeting/", MEETING | {"present": "Bảy đồng chí", "seen": seen})

    late = client.post(f"{BOARD}meeting/", MEETING | {"present": "Sáu đồng chí", "seen": seen})

    assert (late.status_code, Dossier.objects.get().present) == (409, "Bảy đồng chí")
    assert "Sáu đồng chí</textarea>" in late.content.decode()
    again = late.context["meeting"]["seen"].value()
    client.post(f"{BOARD}meeting/", MEETING | {"present": "Sáu đồng chí", "seen": again})
    assert Dossier.objects.get().present == "Sáu đồng chí"


def test_meeting_written_by_a_cadre_is_refused_in_words(client, agency):
    client.force_login(agency.cadre)

    answer = client.post(f"{BOARD}meeting/", MEETING)

    assert answer.status_code == 403
    assert not Dossier.objects.exists()


def test_forward_without_the_meeting_is_refused(client, agency):
    (plan,) = submitted(agency, agency.cadre)
    plans.agree(plan, by=agency.head)
    client.force_login(agency.head)
    dossier = dossiers.record_meeting(
        dossiers.current(agency.rural, Q4), by=agency.head, met_on=None, present=""
    )

    answer = client.post(f"/dossiers/{dossier.pk}/steps/forward/", {"version": dossier.version})

    dossier.refresh_from_db()
    assert (answer.status_code, dossier.state) == (422, DossierState.COMPILING)


def test_plan_agreed_after_forwarding_goes_into_round_one(client, agency):
    bring_before(agency, make_plan(agency, Q4, days=(TUESDAY,)))
    (late,) = submitted(agency, agency.colleague, day=date(2018, 10, 16))
    plans.agree(late, by=agency.head)
    client.force_login(agency.head)

    page = client.get(BOARD).context["page"]
    client.post(f"{BOARD}meeting/", MEETING)
    second = Dossier.objects.get(round=1)
    client.post(f"/dossiers/{second.pk}/steps/forward/", {"version": second.version})

    late.refresh_from_db()
    assert page.shown.round == 1
    assert (late.state, late.dossier) == (PlanState.IN_DOSSIER, second)


def chips(client, person, name):
    client.force_login(person)
    rows = client.get(BOARD).context["board"].rows
    cells = next(row for row in rows if row.person.full_name == name).cells
    return [chip.says.startswith("đột xuất") for cell in cells for chip in cell.chips]


def test_board_shows_ad_hoc_visits_of_the_quarter_beside_the_plans(client, agency):
    submitted(agency, agency.cadre)
    asked = endorsed(agency, date(2018, 10, 17), session="morning")
    endorsed(agency, date(2019, 1, 9))  # of the next quarter
    for_name = agency.cadre.full_name

    assert chips(client, agency.head, for_name) == [False, True]
    assert client.get(BOARD).context["board"].half_days == 3
    assert chips(client, agency.colleague, for_name) == []
    requests.approve(asked, by=agency.deputy_secretary)
    assert chips(client, agency.colleague, for_name) == [True]


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_on_the_board_does_not_grow(
    client, agency, count, django_assert_num_queries
):
    for _n in range(count):
        cadre = PersonFactory()
        appoint(cadre, department=agency.rural)
        submitted(agency, cadre)
    client.force_login(agency.head)

    # session, user, offices, departments, members, plans, visits, units, regulation, month
    # totals, day ledger, heads, portfolios, rounds; name of the office in the bar
    with django_assert_num_queries(15):
        response = client.get(BOARD)

    assert len(response.context["board"].rows) == count + 3


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_the_overview_does_not_grow(
    client, agency, count, django_assert_num_queries
):
    for _n in range(count):
        DepartmentFactory()
    client.force_login(agency.secretary)

    # session, user, offices, portfolios, departments, regulation, dossiers, members, plans,
    # visits; name of the office in the bar
    with django_assert_num_queries(11):
        response = client.get("/quarter/")

    assert len(response.context["overview"].rows) == count + 4
