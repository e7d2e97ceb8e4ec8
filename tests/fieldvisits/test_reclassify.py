"""Another kind for a visit: only TCKT, with a reason, on record (R3)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import InboxItem
from fieldvisits import workflow
from fieldvisits.actions import amending, visits
from fieldvisits.calendar import Quarter
from fieldvisits.ledger.checking import disagreements
from fieldvisits.ledger.totals import totals
from fieldvisits.models import Product, Visit
from tests.factories.agency import (
    CONTENT,
    approved_visit,
    bring_before,
    decide_all,
    make_agency,
    make_plan,
)

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2018, 9, 24), date(2018, 9, 25)
WHY = "Chỉ dự lễ phát động, không phối hợp tổ chức"


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


def accepted(agency, visit, clock):
    clock.move_to("2018-09-26 09:00+07:00")
    visits.report(
        visit, by=agency.cadre, result="Đã khảo sát 104 phiếu tại ba xã", session="full",
        starts_on=visit.starts_on, ends_on=visit.ends_on,
    )  # fmt: skip
    visits.accept(visit, by=agency.head)
    return visit


def turned(agency, visit, kind, **details):
    amending.reclassify(visit, by=agency.coordinator, kind=kind, comment=WHY, details=details)
    visit.refresh_from_db()
    return visit


def counted(visit):
    found = totals(date(2018, 1, 1), date(2018, 12, 31), date(2018, 12, 31))
    return sum(item.accepted for item in found.values())


def test_accepted_attendance_stops_counting_and_counts_again(agency, visit, clock):
    accepted(agency, visit, clock)
    said = [counted(visit)]
    for kind in ("event_attendance", "working_session"):
        turned(agency, visit, kind)
        said.append(counted(visit))

    assert (said, visit.state) == ([2, 0, 2], "accepted")
    assert [step.name for step in visit.steps.all()][-2:] == ["reclassify", "reclassify"]
    assert list(disagreements()) == []


def test_visit_made_thematic_owes_a_product_and_its_days_are_provisional(agency, visit, clock):
    accepted(agency, visit, clock)

    turned(agency, visit, "thematic", expected_result="Báo cáo chuyên đề")

    assert (visit.product, counted(visit)) == ("owed", 0)
    turned(agency, visit, "working_session")
    assert (visit.product, counted(visit)) == ("none", 2)


@pytest.mark.parametrize("product", ["submitted", "accepted"])
def test_product_handed_in_stays_on_record(agency, visit, product):
    turned(agency, visit, "thematic", expected_result="Báo cáo chuyên đề")
    Visit.objects.filter(pk=visit.pk).update(product=product)
    Product.objects.filter(visit=visit).update(state=product)

    assert turned(agency, visit, "working_session").product == product


def test_proposed_visit_made_thematic_owes_its_product_once_approved(agency):
    plan = make_plan(agency, Quarter(2018, 3), days=(DAY,))
    bring_before(agency, plan)
    visit = plan.visits.get()
    turned(agency, visit, "thematic", expected_result="Báo cáo chuyên đề")
    before = visit.product

    decide_all(agency, date(2018, 9, 21))

    visit.refresh_from_db()
    assert (before, visit.product) == ("none", "owed")


def test_kind_that_counts_is_refused_where_the_half_day_is_taken(agency):
    first = approved_visit(agency, DAY)
    turned(agency, first, "event_attendance")
    plan = make_plan(agency, Quarter(2018, 4))
    second = Visit(
        unit=agency.other_unit, starts_on=DAY, ends_on=DAY, session="full", cadre=agency.cadre,
        plan=plan, kind="working_session", content=CONTENT, state="approved", code="V-2",
    )  # fmt: skip
    second.save()
    amending.keeping.book([second])

    with pytest.raises(ValidationError, match="V-2"):
        turned(agency, first, "working_session")

    assert list(disagreements()) == []


def test_what_the_kind_asks_for_is_asked_for(agency, visit):
    with pytest.raises(ValidationError, match="vai trò"):
        turned(agency, visit, "joint_activity")
    with pytest.raises(ValidationError, match="chương trình"):
        turned(agency, visit, "inspection", inspection_body="bureau")

    assert turned(agency, visit, "joint_activity", role="Điều hành").kind == "joint_activity"


@pytest.mark.parametrize("role", ["cadre", "head", "secretary", "office_head"])
def test_kind_is_changed_by_tckt_alone(agency, visit, role):
    with pytest.raises(PermissionDenied):
        amending.reclassify(visit, by=getattr(agency, role), kind="event_attendance", comment=WHY)


def test_nobody_changes_the_kind_of_their_own_visit(agency, visit):
    visit.cadre = agency.coordinator

    assert not workflow.VISIT["reclassify"].who(agency.coordinator, visit)


def test_cadre_and_head_are_told(agency, visit):
    turned(agency, visit, "event_attendance")

    told = InboxItem.objects.filter(key__contains=":reclassify:")
    assert {item.recipient for item in told} == {agency.cadre, agency.head}
    assert all(WHY in item.body for item in told)


# ---- over HTTP ---------------------------------------------------------------------------


def fields(visit, **changed):
    return {"kind": "event_attendance", "comment": WHY, "version": visit.version, **changed}


def url(visit):
    return reverse("fieldvisits:visit-reclassify", args=[visit.pk])


def test_page_changes_the_kind_and_shows_old_beside_new(agency, visit, client):
    client.force_login(agency.coordinator)

    assert client.get(url(visit)).status_code == 200
    assert client.post(url(visit), fields(visit)).status_code == 302
    change = client.get(visit.get_absolute_url()).context["page"].changes[0]
    assert [(row.was, row.now) for row in change.rows] == [
        ("Làm việc, tập huấn", "Dự hoạt động (không tính)")
    ]


BAD = {
    "no reason": ({"comment": " "}, "comment", 422),
    "no such kind": ({"kind": "x\0"}, "kind", 422),
    "the same": ({"kind": "working_session"}, "kind", 422),
    "stale": ({"version": 0}, "__all__", 409),
}


@pytest.mark.parametrize(("typed", "field", "status"), BAD.values(), ids=BAD)
def test_wrong_form_is_refused_at_its_field(agency, visit, client, typed, field, status):
    client.force_login(agency.coordinator)

    answer = client.post(url(visit), fields(visit, role="Điều hành", **typed))

    assert (answer.status_code, bool(answer.context["form"].errors[field])) == (status, True)
    assert answer.context["form"]["role"].value() == "Điều hành"


def test_page_is_refused_to_the_head(agency, visit, client):
    client.force_login(agency.head)

    assert client.get(url(visit)).status_code == 403
    assert client.post(url(visit), fields(visit)).status_code == 403
