"""Plans over HTTP: what is typed, what is refused, what is never lost."""

import unicodedata
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from fieldvisits.actions import plans
from fieldvisits.calendar import Quarter
from fieldvisits.choices import PlanState
from fieldvisits.models import Plan, Step, Visit
from tests.factories.accounts import make_unit
from tests.factories.agency import add_visit, make_agency, make_plan
from tests.factories.fieldvisits import visit_fields

pytestmark = pytest.mark.django_db
Q4 = Quarter(2018, 4)
DAYS = (date(2018, 10, 9), date(2018, 10, 11), date(2018, 10, 16))


@pytest.fixture(autouse=True)
def in_september():
    with time_machine.travel("2018-09-28 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def plan(agency, client):
    client.force_login(agency.cadre)
    return make_plan(agency, Q4)


def add_url(plan):
    return reverse("fieldvisits:visit-add", args=[plan.pk])


def edit_url(visit):
    return reverse("fieldvisits:visit-edit", args=[visit.plan_id, visit.pk])


def error_at(response, name):
    return " ".join(response.context["form"].errors.get(name, []))


# ---- opening ---------------------------------------------------------------------------


def test_plan_opened_twice_is_one_plan(client, agency):
    client.force_login(agency.cadre)
    answers = [client.post("/plans/open/", {"quarter": "2018-4"}) for _ in range(2)]

    plan = Plan.objects.get()
    assert [answer["Location"] for answer in answers] == [plan.get_absolute_url()] * 2


@pytest.mark.parametrize(
    "quarter", ["", "2018-5", "x-y", "\0", "2018-1-1", "99999999999999999999-1"]
)
def test_plan_of_no_quarter_does_not_exist(client, agency, quarter):
    client.force_login(agency.cadre)

    assert client.post("/plans/open/", {"quarter": quarter}).status_code == 404


def test_plan_of_a_quarter_not_open_yet_is_refused(client, agency):
    client.force_login(agency.cadre)
    answer = client.post("/plans/open/", {"quarter": "2019-1"}, follow=True)

    assert "chưa mở" in answer.content.decode()
    assert not Plan.objects.exists()


# ---- rows ------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["16/10/2018", "16-10-2018", "2018-10-16", "16/10/18"])
def test_row_is_added_with_a_day_written_here(client, agency, plan, typed):
    answer = client.post(add_url(plan), visit_fields(agency.unit, starts_on=typed))

    visit = Visit.objects.get()
    assert answer["Location"] == f"/plans/{plan.pk}/#visit-{visit.pk}"
    assert (visit.starts_on, visit.ends_on) == (date(2018, 10, 16), date(2018, 10, 16))


def test_text_typed_in_parts_is_stored_in_one_form(client, agency, plan):
    typed = "Làm việc với Ban Thường vụ về công tác"
    client.post(
        add_url(plan), visit_fields(agency.unit, content=unicodedata.normalize("NFD", typed))
    )

    assert Visit.objects.get().content == typed


def test_row_sent_twice_is_one_row(client, agency, plan):
    for _ in range(2):
        assert client.post(add_url(plan), visit_fields(agency.unit, shared="on")).status_code == 302

    assert Visit.objects.count() == 1


WRONG = {
    "no such day": ({"starts_on": "31/02/2018"}, "starts_on", "31/02/2018"),
    "no day": ({"starts_on": "mai"}, "starts_on", "mai"),
    "nothing": ({"starts_on": ""}, "starts_on", ""),
    "year 9999": ({"ends_on": "31/12/9999"}, "ends_on", "2100"),
    "another quarter": ({"starts_on": "28/05/2018"}, "starts_on", "01/10/2018"),
    "last before first": ({"ends_on": "15/10/2018"}, "ends_on", "trước ngày"),
    "too long": ({"ends_on": "01/06/2019"}, "ends_on", "92"),
    "NUL in a day": ({"starts_on": "16/10\0/2018"}, "starts_on", "16/10/2018"),
    "NUL in a text": ({"content": "Làm\0 việc với bốn xã đoàn"}, "content", ""),
    "1 MB": ({"content": "việc " * 200_000}, "content", "2000"),
    "vague": ({"content": "Kiểm tra cơ sở"}, "content", "cụ thể"),
    "no unit": ({"unit": ""}, "unit", ""),
    "NUL for a unit": ({"unit": "\0"}, "unit", ""),
    "huge unit": ({"unit": "9" * 40}, "unit", ""),
    "no kind": ({"kind": "holiday"}, "kind", ""),
    "attendance": ({"kind": "event_attendance"}, "kind", ""),
    "no role": ({"kind": "joint_activity"}, "role", "vai trò"),
    "no programme": ({"kind": "inspection"}, "inspection_programme", "số, ngày"),
    "no product": ({"kind": "thematic", "expected_result": ""}, "expected_result", "sản phẩm"),
    "no session": ({"session": "night"}, "session", ""),
}


@pytest.mark.parametrize(("typed", "field", "said"), WRONG.values(), ids=WRONG)
def test_wrong_row_is_refused_at_its_field_and_keeps_what_was_typed(
    client, agency, plan, typed, field, said
):
    answer = client.post(add_url(plan), visit_fields(agency.unit, **typed))

    assert answer.status_code == 422
    assert error_at(answer, field)
    assert said in error_at(answer, field)
    assert answer.context["form"]["expected_result"].value() == typed.get(
        "expected_result", "Biên bản làm việc"
    )
    assert not Visit.objects.exists()


def test_unit_that_has_ended_names_its_successors(client, plan):
    old = make_unit(place="Tân Dân", kind="Xã", ends_on=date(2018, 6, 30))
    new = make_unit(place="Minh Tân", kind="Xã", starts_on=date(2018, 7, 1))
    old.successors.create(new=new, share="whole", on=date(2018, 7, 1))

    answer = client.post(add_url(plan), visit_fields(old))

    assert "Đoàn xã Minh Tân" in error_at(answer, "unit")
    assert (old.pk, "Đoàn xã Tân Dân") in answer.context["form"].fields["unit"].choices


def test_taken_half_day_names_the_other_visit(client, agency, plan):
    other = add_visit(plan, agency.other_unit, date(2018, 10, 16), session="morning")

    answer = client.post(add_url(plan), visit_fields(agency.unit))

    assert other.code in error_at(answer, "starts_on")
    assert agency.other_unit.name_on(other.starts_on) in error_at(answer, "starts_on")
    assert Visit.objects.count() == 1


def test_stale_row_shows_both_texts_and_can_be_sent_again(client, agency, plan):
    visit = add_visit(
        plan, agency.unit, date(2018, 10, 16), content="Nội dung mới của người khác viết"
    )
    Visit.objects.filter(pk=visit.pk).update(revision=3)
    typed = visit_fields(agency.unit, revision="0", content="Nội dung tôi đang viết dở dang")

    answer = client.post(edit_url(visit), typed)

    assert answer.status_code == 409
    assert "Nội dung tôi đang viết dở dang" in answer.content.decode()
    assert "Nội dung mới của người khác viết" in dict(answer.context["form"].theirs).values()
    again = typed | {"revision": answer.context["form"]["revision"].value()}
    assert client.post(edit_url(visit), again).status_code == 302


def test_plan_sent_off_meanwhile_keeps_what_was_typed(client, agency, plan):
    visit = add_visit(plan, agency.unit, date(2018, 10, 16))
    plans.submit(plan, by=agency.cadre)

    answer = client.post(
        edit_url(visit), visit_fields(agency.unit, content="Nội dung tôi vừa mới viết")
    )

    assert answer.status_code == 409
    assert "Nội dung tôi vừa mới viết" in answer.content.decode()
    assert client.get(edit_url(visit)).status_code == 409


def test_somebody_elses_draft_does_not_exist(client, agency, plan):
    visit = add_visit(plan, agency.unit, date(2018, 10, 16))
    client.force_login(agency.head)

    for url in (
        plan.get_absolute_url(),
        edit_url(visit),
        add_url(plan),
        f"{edit_url(visit)}remove/",
    ):
        assert client.get(url).status_code == 404
        assert client.post(url, visit_fields(agency.unit)).status_code in (404, 405)


def test_superior_reads_a_submitted_plan_and_changes_nothing(client, agency, plan):
    visit = add_visit(plan, agency.unit, date(2018, 10, 16))
    plans.submit(plan, by=agency.cadre)
    client.force_login(agency.head)

    assert "Thống nhất" in client.get(plan.get_absolute_url()).content.decode()
    assert client.get(edit_url(visit)).status_code == 403
    assert client.post(edit_url(visit), visit_fields(agency.unit)).status_code == 403
    assert client.post(f"{edit_url(visit)}remove/").status_code == 403


def test_row_removed_twice_is_said_to_be_gone(client, agency, plan):
    visit = add_visit(plan, agency.unit, date(2018, 10, 16))
    url = f"{edit_url(visit)}remove/"

    assert client.get(url).status_code == 200
    answers = [client.post(url) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [plan.get_absolute_url()] * 2
    assert not Visit.objects.exists()


def test_copy_shows_first_and_copies_on_post(client, agency, plan):
    third = plans.open_plan(by=agency.cadre, quarter=Quarter(2018, 3))
    add_visit(third, agency.unit, date(2018, 7, 3))
    add_visit(third, make_unit(place="Cũ", ends_on=date(2018, 9, 30)), date(2018, 7, 5))
    url = reverse("fieldvisits:plan-copy", args=[plan.pk])

    shown = client.get(url)
    assert (len(shown.context["made"]), len(shown.context["left"])) == (1, 1)
    assert not plan.visits.exists()

    client.post(url)
    client.post(url)
    assert [visit.starts_on for visit in plan.visits.all()] == [date(2018, 10, 2)]


def test_attendance_by_other_departments_is_marked(client, agency, plan):
    add_visit(plan, agency.unit, date(2018, 10, 16))
    other = make_plan(agency, Q4, cadre=agency.stranger, days=(date(2018, 10, 18),))
    plans.submit(other, by=agency.stranger)

    page = client.get(plan.get_absolute_url()).content.decode()

    assert "Cùng tuần có: VP" in page


def test_sunday_and_day_off_are_marked(client, agency, plan):
    add_visit(plan, agency.unit, date(2018, 10, 21))
    add_visit(plan, agency.unit, date(2018, 12, 31))

    page = client.get(plan.get_absolute_url()).content.decode()

    assert "Có ngày Chủ nhật, đánh dấu để người duyệt lưu ý" in page
    assert "Có ngày nghỉ, đánh dấu để người duyệt lưu ý" in page


def test_problems_link_to_their_rows(client, agency, plan):
    visit = add_visit(plan, agency.unit, date(2018, 10, 16))
    Visit.objects.filter(pk=visit.pk).update(content="Kiểm tra")

    assert f'href="{edit_url(visit)}#row"' in client.get(plan.get_absolute_url()).content.decode()
    assert "Nội dung chưa cụ thể" in client.get(edit_url(visit)).content.decode()


def test_standing_is_shown_to_whom_figures_belong(client, agency, plan):
    url = reverse("fieldvisits:plan-standing", args=[plan.pk])
    add_visit(plan, agency.unit, date(2018, 10, 16))

    assert "59" in client.get(url, headers={"HX-Request": "true"}).content.decode()
    plans.submit(plan, by=agency.cadre)
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.SETTLED)
    client.force_login(agency.colleague)
    assert client.get(plan.get_absolute_url()).status_code == 200
    assert client.get(url).status_code == 404


# ---- how many questions the pages ask the database ---------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_plan_list_query_count_does_not_grow(client, agency, count, django_assert_num_queries):
    for number in range(1, count + 1):
        cadre = (agency.cadre, agency.colleague, agency.stranger)[number - 1]
        plans.submit(make_plan(agency, Q4, cadre=cadre, days=DAYS[:1]), by=cadre)
    client.force_login(agency.head)

    # session, person, offices 2, regulations, own plans, waiting, superiors 2, days
    with django_assert_num_queries(10):
        assert client.get("/plans/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_plan_editor_query_count_does_not_grow(client, agency, count, django_assert_num_queries):
    plan = make_plan(agency, Q4, days=DAYS[:count])
    client.force_login(agency.cadre)

    # session, person, offices 2, plan, visits, unit names, holidays, others, regulation,
    # superiors 2; the open row is asked for by itself, with the units to choose from
    with django_assert_num_queries(12):
        assert client.get(plan.get_absolute_url()).status_code == 200
    with django_assert_num_queries(15):  # what is offered, its names; activities of the year
        assert client.get(edit_url(plan.visits.first())).status_code == 200


def test_steps_of_the_plan_stand_in_its_history(client, agency, plan):
    add_visit(plan, agency.unit, date(2018, 10, 16))
    plans.submit(plan, by=agency.cadre)
    plans.send_back(plan, by=agency.head, comment="Bổ sung tên xã")

    page = client.get(plan.get_absolute_url()).content.decode()

    assert page.count("Bổ sung tên xã") == 2  # above, and in the history
    assert Step.objects.filter(plan=plan).count() == 2
