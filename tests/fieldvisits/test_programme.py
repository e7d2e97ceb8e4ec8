"""The year's programme of work (R23): who keeps it, what hangs on it, what it leaves alone."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import InboxItem
from fieldvisits import history
from fieldvisits.actions import amending, plans, programme
from fieldvisits.actions.freezing import content_hash, visit_content
from fieldvisits.calendar import Quarter
from fieldvisits.choices import ActivityEnd
from fieldvisits.forms.visit import VisitForm, blank
from fieldvisits.models import ProgrammeActivity, Visit
from tests.browsing import browser_of
from tests.factories.accounts import PersonFactory
from tests.factories.agency import (
    add_visit,
    approved_visit,
    make_agency,
    make_plan,
    representative,
)
from tests.factories.fieldvisits import visit_fields

pytestmark = pytest.mark.django_db
JOINT = {"kind": "joint_activity", "role": "Phụ trách nội dung"}


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency():
    return make_agency()


def enter(agency, title="Ngày hội thanh niên khởi nghiệp", day=date(2018, 10, 20), **values):
    values = {"ends_on": day, "department": agency.rural, **values}
    by = values.pop("by", agency.coordinator)
    return programme.save(ProgrammeActivity(title=title, starts_on=day, **values), by=by)


def test_programme_is_kept_by_the_heads_of_tckt_and_of_the_office_alone(agency):
    assert enter(agency, "Một", by=agency.coordinator).code == "CT2018-01"
    assert enter(agency, "Hai", by=agency.office_head).code == "CT2018-02"
    for role in ("head", "cadre", "secretary", "stranger"):
        with pytest.raises(PermissionDenied, match="cập nhật chương trình"):
            enter(agency, role, by=getattr(agency, role))
    assert ProgrammeActivity.objects.count() == 2


def test_activity_sent_twice_is_written_once_and_a_stale_change_is_refused(agency):
    first, second = enter(agency), enter(agency)
    assert first == second

    programme.save(second, by=agency.coordinator, revision=1)
    with pytest.raises(ValidationError, match="vừa được sửa ở nơi khác"):
        programme.save(first, by=agency.office_head, revision=1)


def test_activity_says_every_problem_at_its_field(agency):
    with pytest.raises(ValidationError) as refusal:
        enter(agency, " ", ends_on=date(2018, 10, 1), person=agency.office_head)

    assert set(refusal.value.error_dict) == {"title", "ends_on", "person"}


def test_visit_attaches_only_as_a_joint_activity_and_lets_go_with_its_kind(agency):
    activity, plan = enter(agency), make_plan(agency, Quarter(2018, 4))
    visit = add_visit(plan, agency.unit, date(2018, 10, 20), activity=activity, **JOINT)
    other = add_visit(plan, agency.unit, date(2018, 10, 22), activity=activity)
    assert (visit.activity, other.activity) == (activity, None)

    visit.kind = "working_session"
    plans.save_visit(visit, plan=plan, by=agency.cadre)

    assert Visit.objects.get(pk=visit.pk).activity is None


def test_visit_attaches_to_no_activity_of_another_year_nor_to_a_cancelled_one(agency):
    plan = make_plan(agency, Quarter(2018, 4))
    gone = enter(agency, "Hoãn")
    gone = programme.close(
        gone, by=agency.coordinator, closed_as=ActivityEnd.CANCELLED,
        closed_on=date(2018, 10, 2), note="Chuyển sang năm sau",
    )  # fmt: skip
    for activity in (enter(agency, "Năm trước", date(2017, 11, 1)), gone):
        with pytest.raises(ValidationError) as refusal:
            add_visit(plan, agency.unit, date(2018, 10, 20), activity=activity, **JOINT)
        assert set(refusal.value.error_dict) == {"activity"}


def test_form_offers_what_is_near_and_nothing_where_there_is_nothing(agency):
    plan = make_plan(agency, Quarter(2018, 4))
    assert "activity" not in VisitForm(instance=blank(plan), plan=plan).fields

    near, _far = enter(agency), enter(agency, "Tháng Thanh niên", date(2018, 3, 1))
    form = VisitForm(instance=blank(plan), plan=plan)

    assert [pk for pk, _words in form.fields["activity"].choices] == ["", near.pk]


def test_frozen_content_names_the_activity_and_others_keep_their_hash(agency):
    activity = enter(agency)
    visit = approved_visit(agency, date(2018, 10, 20), activity=activity, **JOINT)
    content = visit.versions.get().content
    assert content["activity"] == "CT2018-01"

    visit.activity = None  # as every visit was before there was a programme
    before = {name: value for name, value in content.items() if name != "activity"}
    assert content_hash(visit_content(visit)) == content_hash(before)
    assert list(history.contradictions()) == []


def test_kind_changed_by_tckt_lets_go_of_the_activity_and_says_so(agency):
    visit = approved_visit(agency, date(2018, 10, 20), activity=enter(agency), **JOINT)

    amending.reclassify(visit, by=agency.coordinator, kind="working_session", comment="Nhầm loại")

    visit.refresh_from_db()
    assert visit.activity is None
    assert "CT2018-01" in browser_of(agency.cadre).get(visit.get_absolute_url()).content.decode()


def test_cancelling_tells_whose_visit_hangs_on_it_and_reopening_takes_it_back(agency):
    activity, plan = enter(agency), make_plan(agency, Quarter(2018, 4))
    add_visit(plan, agency.unit, date(2018, 10, 20), activity=activity, **JOINT)
    said = {"closed_as": "cancelled", "closed_on": date(2018, 10, 2)}
    with pytest.raises(ValidationError, match="lý do bằng một câu"):
        programme.close(activity, by=agency.coordinator, note=" ", **said)

    programme.close(activity, by=agency.coordinator, note="Thiên tai", **said)

    assert [row.recipient for row in InboxItem.objects.filter(key__contains="activity")] == [
        agency.cadre
    ]
    with pytest.raises(ValidationError, match="đã kết thúc"):
        programme.save(activity, by=agency.coordinator)
    assert programme.reopen(activity, by=agency.coordinator).closed_on is None


def test_activity_with_a_visit_is_never_deleted(agency):
    activity, plan = enter(agency), make_plan(agency, Quarter(2018, 4))
    visit = add_visit(plan, agency.unit, date(2018, 10, 20), activity=activity, **JOINT)
    with pytest.raises(ValidationError, match="đề nghị ghi là hủy"):
        programme.remove(activity, by=agency.coordinator)

    plans.remove_visit(visit, by=agency.cadre)
    programme.remove(activity, by=agency.coordinator)

    assert not ProgrammeActivity.objects.exists()


def test_unit_sees_what_it_hosts_and_of_its_visits_only_its_own(agency):
    hosted, other = enter(agency, "Đăng cai", host_unit=agency.unit), enter(agency, "Khác")
    browser = browser_of(representative(agency.unit))

    page = browser.get("/programme/").content.decode()

    assert ("Đăng cai" in page, "Khác" in page) == (True, False)
    statuses = [browser.get(one.get_absolute_url()).status_code for one in (hosted, other)]
    assert statuses == [200, 404]
    assert browser_of(PersonFactory()).get("/programme/").status_code == 404


@pytest.mark.parametrize("lines", [1, 4])
def test_programme_page_asks_a_fixed_number_of_questions(agency, lines, django_assert_num_queries):
    for number in range(lines):
        enter(agency, f"Trồng cây {number}", host_unit=agency.unit, person=agency.cadre)
    browser = browser_of(agency.cadre)

    with django_assert_num_queries(9):
        page = browser.get("/programme/?year=2018&month=10").content.decode()

    assert page.count("Trồng cây") == lines


def test_filters_and_the_file_have_the_same_scope(agency):
    enter(agency, "Tết trồng cây", date(2018, 2, 20), department=agency.office)
    enter(agency, "Chiến dịch hè", date(2018, 6, 1), ends_on=date(2018, 7, 31))
    browser = browser_of(agency.stranger)
    found = {
        query: b"".join(browser.get(f"/programme/?{query}&format=csv").streaming_content).decode()
        for query in ("month=7", "words=trong+cay", f"department={agency.office.pk}")
    }

    assert [("Tết" in text, "hè" in text) for text in found.values()] == [
        (False, True), (True, False), (True, False),
    ]  # fmt: skip


def test_plan_row_names_its_activity_over_http_and_shows_it_on_its_page(agency):
    activity, plan = enter(agency), make_plan(agency, Quarter(2018, 4))
    fields = visit_fields(agency.unit, starts_on="20/10/2018", activity=activity.pk, **JOINT)
    browser = browser_of(agency.cadre)

    assert browser.post(f"/plans/{plan.pk}/visits/add/", fields).status_code == 302

    visit = plan.visits.get()
    assert visit.activity == activity
    assert activity.title in browser.get(visit.get_absolute_url()).content.decode()
    assert agency.unit.name_on(visit.starts_on) in browser.get(
        activity.get_absolute_url()
    ).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_keeper_enters_changes_closes_and_removes_over_http(agency):
    browser = browser_of(agency.office_head)
    said = {"title": "Hội trại", "starts_on": "05/10/2018", "ends_on": "",
            "department": agency.rural.pk, "person": "", "host_unit": "", "note": ""}  # fmt: skip
    assert browser.post("/programme/new/", {**said, "title": ""}).status_code == 422
    assert browser.post("/programme/new/", said).status_code == 302
    activity = ProgrammeActivity.objects.get()
    at = activity.get_absolute_url()

    assert browser.post(f"{at}edit/", {**said, "note": "Mới", "revision": 0}).status_code == 409
    assert browser.post(f"{at}edit/", {**said, "note": "Mới", "revision": 1}).status_code == 302
    closing = {"closed_as": "cancelled", "closed_on": "02/10/2018", "note": ""}
    assert browser.post(f"{at}close/", closing).status_code == 422
    assert browser.post(f"{at}close/", {**closing, "note": "Mưa bão"}).status_code == 302
    assert browser.post(f"{at}edit/", said).status_code == 409
    assert browser.post(f"{at}close/").status_code == 302
    assert browser.post(f"{at}remove/").status_code == 302
    assert browser_of(agency.cadre).get("/programme/new/").status_code == 404
