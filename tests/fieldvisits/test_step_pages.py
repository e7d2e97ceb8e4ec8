"""The one page of all steps: it asks, takes, refuses in words, and loses nothing."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from fieldvisits.actions import plans
from fieldvisits.calendar import Quarter
from fieldvisits.choices import PlanState
from fieldvisits.models import Visit
from tests.factories.agency import add_visit, bring_before, make_agency, make_plan

pytestmark = pytest.mark.django_db
Q4 = Quarter(2018, 4)


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
    return make_plan(agency, Q4, days=(date(2018, 10, 16),))


def url_of(paper, name):
    return reverse(f"fieldvisits:{paper.PATH}-step", args=[paper.pk, name])


def test_submit_shows_every_row_and_who_decides_before_it_is_sent(client, agency, plan):
    page = client.get(url_of(plan, "submit")).content.decode()

    assert agency.unit.name_on(date(2018, 10, 16)) in page
    assert agency.head.full_name in page


def test_submit_pressed_twice_is_one_step(client, agency, plan):
    first = client.post(url_of(plan, "submit"), {"version": 0}, follow=True)
    second = client.post(url_of(plan, "submit"), {"version": 0})

    assert "cấp trên" in first.content.decode()  # what happens next
    assert second.status_code == 409
    plan.refresh_from_db()
    assert (plan.state, plan.steps.count()) == (PlanState.SUBMITTED, 1)


def test_plan_that_is_not_ready_says_everything_at_once(client, agency, plan):
    add_visit(plan, agency.unit, date(2018, 10, 18))
    Visit.objects.filter(plan=plan).update(content="Kiểm tra")

    shown, sent = client.get(url_of(plan, "submit")), client.post(url_of(plan, "submit"))

    assert len(shown.context["problems"]) == 2
    assert sent.status_code == 422
    assert len(sent.context["form"].non_field_errors()) == 2


def test_empty_plan_is_not_submitted(client, agency, plan):
    plan.visits.all().delete()

    assert client.post(url_of(plan, "submit")).status_code == 422


@pytest.mark.parametrize("comment", ["", "   ", "a" * 2001, "a\0b"])
def test_return_with_a_wrong_reason_is_refused_at_its_field(client, agency, plan, comment):
    plans.submit(plan, by=agency.cadre)
    client.force_login(agency.head)

    answer = client.post(url_of(plan, "return"), {"version": 1, "comment": comment})

    assert answer.status_code == 422
    assert answer.context["form"].errors["comment"]


def test_stale_form_keeps_the_words_and_can_be_sent_again(client, agency, plan):
    plans.submit(plan, by=agency.cadre)
    client.force_login(agency.head)
    words = {"version": 0, "comment": "Bổ sung tên xã ở chuyến thứ nhất"}

    answer = client.post(url_of(plan, "return"), words)

    assert answer.status_code == 409
    assert words["comment"] in answer.content.decode()
    again = words | {"version": answer.context["form"]["version"].value()}
    assert client.post(url_of(plan, "return"), again).status_code == 302


def test_step_from_the_wrong_state_says_so_and_keeps_the_words(client, agency, plan):
    plans.submit(plan, by=agency.cadre)
    plans.withdraw(plan, by=agency.cadre)
    plans.submit(plan, by=agency.cadre)
    plans.send_back(plan, by=agency.head, comment="Sửa lại")
    client.force_login(agency.head)

    answer = client.post(url_of(plan, "agree"), {"comment": "Tôi thống nhất"})

    assert client.get(url_of(plan, "agree")).status_code == 409
    assert answer.status_code == 409
    assert "Tôi thống nhất" in answer.content.decode()


def test_nobody_agrees_to_their_own_plan(client, agency, plan):
    plans.submit(plan, by=agency.cadre)

    for answer in (client.get(url_of(plan, "agree")), client.post(url_of(plan, "agree"))):
        assert answer.status_code == 403
        assert "Không ai tự quyết định" in answer.content.decode()
    plan.refresh_from_db()
    assert plan.state == PlanState.SUBMITTED


@pytest.mark.parametrize("name", ["fly", "include", "settle", "report"])
def test_step_that_has_no_page_does_not_exist(client, plan, name):
    assert client.get(url_of(plan, name)).status_code == 404


def test_step_on_somebody_elses_draft_does_not_exist(client, agency, plan):
    client.force_login(agency.head)

    assert client.get(url_of(plan, "submit")).status_code == 404
    assert client.post(url_of(plan, "submit")).status_code == 404


@pytest.mark.parametrize(
    ("wanted", "gone_to"),
    [("/plans/", "/plans/"), ("https://evil.example/", None), ("//evil.example", None)],
)
def test_after_a_step_the_way_goes_on_inside_the_site(client, plan, wanted, gone_to):
    answer = client.post(url_of(plan, "submit"), {"next": wanted})

    assert answer["Location"] == (gone_to or plan.get_absolute_url())


def test_dossier_is_returned_on_the_same_page(client, agency, plan):
    dossier = bring_before(agency, plan)
    client.force_login(agency.coordinator)
    url = reverse("fieldvisits:dossier-step", args=[dossier.pk, "return"])

    assert client.get(url).status_code == 200
    assert client.post(url, {"comment": "Thiếu thành phần dự họp"}).status_code == 302
    plan.refresh_from_db()
    assert plan.state == PlanState.AGREED


def test_withdraw_gives_the_plan_back(client, agency, plan):
    plans.submit(plan, by=agency.cadre)

    client.post(url_of(plan, "withdraw"), {"version": 1})

    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT


@pytest.mark.parametrize("count", [1, 3])
def test_submit_page_query_count_does_not_grow(client, agency, count, django_assert_num_queries):
    days = (date(2018, 10, 16), date(2018, 10, 18), date(2018, 10, 23))[:count]
    plan = make_plan(agency, Q4, days=days)
    client.force_login(agency.cadre)

    # session, person, offices, plan, visits, unit names, holidays, others, regulation,
    # superiors 2, the name of one's department
    with django_assert_num_queries(12):
        client.get(url_of(plan, "submit"))
