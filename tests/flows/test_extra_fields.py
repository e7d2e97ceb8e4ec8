"""More than a form asks for: no field, object or address changes what is not its own."""

from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client

from fieldvisits.models import Plan, Sitting, Visit
from tests.factories.papers import NOW, make_papers
from tests.flows.forms import ROW

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers():
    with time_machine.travel(NOW, tick=False):
        yield make_papers()


def browser_of(papers, role):
    browser = Client()
    browser.force_login(papers.people[role])
    return browser


EXTRA = {
    "state": "accepted", "cadre": "1", "cadre_id": "1", "plan": "1", "plan_id": "1", "dossier": "1",
    "superior": "1", "superior_id": "1", "department": "1", "is_carrier": "on", "product": "none",
    "confirmation": "confirmed", "origin": "ad_hoc", "registered_on": "2017-01-01", "code": "X",
    "approved_afterwards": "on", "id": "1", "pk": "1", "is_present": "on", "decided_by": "1",
    "is_active": "on", "is_staff": "on", "by": "1", "result": "Đã làm xong",
}  # fmt: skip
KEPT_COLUMNS = ("state", "cadre", "plan", "superior", "product", "confirmation", "origin", "code",
                "registered_on", "approved_afterwards", "team", "result", "pk")  # fmt: skip


def columns(visit):
    return Visit.objects.filter(pk=visit.pk).values(*KEPT_COLUMNS).get()


def test_extra_fields_of_a_row_change_nothing(papers):
    visit, plan = papers.visits["draft"], papers.plans["draft"]
    before = columns(visit)
    fields = EXTRA | ROW | {"unit": papers.agency.unit.pk, "revision": visit.revision}
    answer = browser_of(papers, "cadre").post(f"/plans/{plan.pk}/visits/{visit.pk}/", fields)

    assert answer.status_code == 302
    assert columns(visit) == {**before, "registered_on": None}  # its day was moved
    assert Plan.objects.filter(pk=plan.pk, state="draft", superior=None, version=1).exists()


def test_extra_fields_of_a_step_change_nothing(papers):
    plan = papers.plans["agreed"]
    fields = EXTRA | {"version": plan.version, "comment": "Thiếu nội dung phối hợp"}
    answer = browser_of(papers, "head").post(f"/plans/{plan.pk}/steps/return/", fields)

    plan.refresh_from_db()
    assert answer.status_code == 302
    assert (plan.state, plan.cadre, plan.is_carrier) == ("returned", papers.people["cadre"], False)
    assert plan.steps.get(number=2).by == papers.people["head"]


def test_a_row_of_another_plan_is_not_reached_through_ones_own(papers):
    plan, foreign = papers.plans["draft"], papers.visits["before"]
    browser, before = browser_of(papers, "cadre"), columns(foreign)
    address = f"/plans/{plan.pk}/visits/{foreign.pk}/"

    assert browser.post(address, ROW).status_code == 404
    browser.post(f"{address}remove/")
    assert columns(foreign) == before


def test_presence_of_somebody_no_member_is_not_written(papers):
    sitting = papers.sittings["open"]
    cadre, chair = papers.people["cadre"].pk, papers.agency.secretary.pk
    fields = {"chair": chair, f"absent_{cadre}": "on", f"reason_{cadre}": "x", "is_present": "on"}
    browser = browser_of(papers, "secretary")

    assert browser.post(f"/sittings/{sitting.pk}/presence/", fields).status_code == 302
    assert not sitting.presences.filter(member=cadre).exists()
    assert browser.post(f"/sittings/{sitting.pk}/presence/", {"chair": cadre}).status_code == 422
    assert Sitting.objects.get(pk=sitting.pk).chair_id == chair


def test_fields_in_the_address_are_not_taken_for_a_form(papers):
    plan = papers.plans["agreed"]
    query = urlencode({"version": plan.version, "comment": "Thiếu"})
    browser = browser_of(papers, "head")
    browser.get(f"/plans/{plan.pk}/steps/return/?{query}")

    assert browser.post(f"/plans/{plan.pk}/steps/return/?{query}").status_code == 422
    assert Plan.objects.get(pk=plan.pk).state == "agreed"
