"""Reminding whoever holds a paper: its owner, after some days, and not too often."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import InboxItem
from fieldvisits.actions import dossiers, plans, products, requests, visits
from fieldvisits.actions.nudging import nudge
from fieldvisits.calendar import Quarter
from fieldvisits.models import Regulation
from tests.factories.agency import approved_visit, make_agency, make_plan
from tests.factories.requests import requested

pytestmark = pytest.mark.django_db
DAY = date(2018, 9, 24)


@pytest.fixture
def clock():
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency(clock):
    return make_agency()


@pytest.fixture
def plan(agency):
    plan = make_plan(agency, Quarter(2018, 4), days=(date(2018, 10, 16),))
    plans.submit(plan, by=agency.cadre)
    return plan


def reminders(person):
    return InboxItem.objects.filter(recipient=person, key__contains=":nudge:").count()


@pytest.mark.parametrize(("day", "goes"), [("2018-09-23", False), ("2018-09-24", True)])
def test_holder_is_reminded_after_more_than_three_days(agency, plan, clock, day, goes):
    clock.move_to(f"{day} 09:00+07:00")

    if goes:
        assert nudge(plan, by=agency.cadre) == [agency.head]
    else:
        with pytest.raises(ValidationError):
            nudge(plan, by=agency.cadre)
    assert reminders(agency.head) == goes


def test_number_of_days_stands_in_the_regulation(agency, plan, clock):
    Regulation.objects.update(nudge_after_days=10)
    clock.move_to("2018-09-28 09:00+07:00")

    with pytest.raises(ValidationError):
        nudge(plan, by=agency.cadre)


def test_second_reminder_waits_three_days(agency, plan, clock):
    said = []
    for day in ("24", "24", "26", "27", "28"):
        clock.move_to(f"2018-09-{day} 09:00+07:00")
        try:
            nudge(plan, by=agency.cadre)
        except ValidationError:
            said.append(False)
        else:
            said.append(True)

    assert said == [True, False, False, True, False]
    assert reminders(agency.head) == 2


@pytest.mark.parametrize("role", ["head", "colleague", "secretary"])
def test_nobody_but_the_owner_reminds(agency, plan, clock, role):
    clock.move_to("2018-09-28 09:00+07:00")

    with pytest.raises(PermissionDenied):
        nudge(plan, by=getattr(agency, role))


def test_paper_with_its_owner_reminds_nobody(agency, plan, clock):
    plans.withdraw(plan, by=agency.cadre)
    clock.move_to("2018-09-28 09:00+07:00")

    with pytest.raises(ValidationError):
        nudge(plan, by=agency.cadre)


def test_result_and_dossier_remind_whoever_has_them(agency, plan, clock):
    plans.agree(plan, by=agency.head)
    dossier = dossiers.current(agency.rural, plan.quarter)
    dossiers.record_meeting(
        dossier, by=agency.head, met_on=date(2018, 9, 20), present="Toàn ban",
        missing_reason="Nghỉ phép",
    )  # fmt: skip
    dossiers.forward(dossier, by=agency.head)
    clock.move_to("2018-09-28 09:00+07:00")

    assert nudge(dossier, by=agency.head) == [agency.coordinator]

    dossiers.put_before(dossier, by=agency.coordinator)
    with pytest.raises(ValidationError):
        nudge(dossier, by=agency.coordinator)
    clock.move_to("2018-10-05 09:00+07:00")
    with pytest.raises(PermissionDenied):
        nudge(dossier, by=agency.head)
    assert nudge(dossier, by=agency.coordinator) == [agency.secretary]
    reminder = InboxItem.objects.get(recipient=agency.secretary, key__contains=":nudge:")
    assert "Nông thôn" in reminder.subject


def test_result_reminds_the_superior(agency, clock):
    visit = approved_visit(agency, DAY)
    clock.move_to("2018-09-26 09:00+07:00")
    visits.report(
        visit, by=agency.cadre, result="Đã khảo sát 104 phiếu tại ba xã",
        starts_on=DAY, ends_on=DAY, session="full",
    )  # fmt: skip
    clock.move_to("2018-10-02 09:00+07:00")

    assert nudge(visit, by=agency.cadre) == [agency.head]


def test_request_reminds_the_superior_then_whoever_decides(agency, clock):
    asked = requested(agency, date(2018, 10, 16))
    clock.move_to("2018-09-26 09:00+07:00")
    assert nudge(asked, by=agency.cadre) == [agency.head]

    requests.endorse(asked, by=agency.head, comment="Việc gấp của đơn vị")
    clock.move_to("2018-10-02 09:00+07:00")
    assert nudge(asked, by=agency.cadre) == [agency.deputy_secretary, agency.secretary]
    with pytest.raises(PermissionDenied):
        nudge(asked, by=agency.head)


def test_product_reminds_the_superior_on_its_page(agency, clock, client):
    visit = approved_visit(agency, DAY, kind="thematic")
    clock.move_to("2018-09-26 09:00+07:00")
    product = visit.product_paper
    said = {"title": "Báo cáo khảo sát", "link": "https://a.example/"}
    products.write(product, by=agency.cadre, summary="Nêu ba đề xuất cụ thể", **said)
    products.submit(product, by=agency.cadre)
    clock.move_to("2018-10-02 09:00+07:00")
    client.force_login(agency.cadre)
    page = client.get(product.get_absolute_url()).content.decode()
    assert f'action="{product.get_absolute_url()}nudge/"' in page

    client.post(f"{product.get_absolute_url()}nudge/")
    reminder = InboxItem.objects.get(recipient=agency.head, key__contains=":nudge:")
    assert "sản phẩm" in reminder.subject


def test_button_stands_on_the_page_and_goes_after_the_press(agency, plan, clock, client):
    clock.move_to("2018-09-28 09:00+07:00")
    client.force_login(agency.cadre)
    url = reverse("fieldvisits:plan-nudge", args=[plan.pk])

    before = client.get(plan.get_absolute_url()).content.decode()
    answers = [client.post(url, follow=True) for _press in range(2)]

    assert f'action="{url}"' in before
    assert f'action="{url}"' not in answers[0].content.decode()
    assert "Đã nhắc đồng chí" in answers[0].content.decode()
    assert "28/09/2018" in answers[1].content.decode()
    assert reminders(agency.head) == 1


def test_button_is_not_shown_to_others_or_too_early(agency, plan, clock, client):
    pages = []
    for role, day in (("cadre", "22"), ("head", "28")):
        clock.move_to(f"2018-09-{day} 09:00+07:00")
        client.force_login(getattr(agency, role))
        pages.append(client.get(plan.get_absolute_url()).content.decode())

    assert not any("/nudge/" in page for page in pages)
