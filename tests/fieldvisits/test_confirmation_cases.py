"""Life's cases of a request for confirmation: taken back, cancelled, the unit ended (R14)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.choices import UnitLevel
from accounts.models import InboxItem, ResponsibleUnits, UnitSuccession, answering_unit
from fieldvisits import tasks
from fieldvisits.actions import confirmations, visits
from fieldvisits.history import contradictions
from fieldvisits.ledger.checking import disagreements
from fieldvisits.ledger.keeping import book
from fieldvisits.models import ConfirmationRequest, Step, Visit
from tests.factories.accounts import UnitFactory, make_unit, make_version
from tests.factories.agency import (
    approved_visit,
    inspector_of_agency,
    make_agency,
    representative,
)

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 24)  # a Tuesday
LAST_OF_DISTRICTS, CHANGE = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def clock():
    with time_machine.travel("2025-06-10 09:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def agency(clock):
    agency = make_agency()
    agency.ubkt = inspector_of_agency()
    return agency


@pytest.fixture
def places(agency):
    """A district that ends, a commune of it that another one takes over."""
    city = make_unit(place="Hà Nội", kind="Thành phố", level=UnitLevel.CITY)
    district = make_unit(place="Sóc Sơn", parent=city, ends_on=LAST_OF_DISTRICTS)
    below = {"kind": "Xã", "level": UnitLevel.COMMUNE}
    old = make_unit(place="Tân Minh", parent=district, ends_on=LAST_OF_DISTRICTS, **below)
    new, far = UnitFactory(version=False), UnitFactory(version=False)
    make_version(new, place="Đa Phúc", parent=city, starts_on=CHANGE, **below)
    make_version(far, place="Kim Anh", parent=city, starts_on=CHANGE, **below)
    UnitSuccession.objects.create(old=old, new=far, share="part", on=CHANGE)
    UnitSuccession.objects.create(old=old, new=new, share="main", on=CHANGE)
    return {"district": district, "old": old, "new": new, "far": far}


@pytest.fixture(autouse=True)
def books_agree(agency):
    yield
    assert [*contradictions(), *disagreements()] == []


def asked_about(agency, clock, unit):
    visit = approved_visit(agency, DAY, unit=unit)
    clock.move_to("2025-06-25 09:00+07:00")
    return confirmations.ask(visit, by=agency.ubkt)


def told(person, name):
    return InboxItem.objects.filter(recipient=person, key__contains=f":{name}:").exists()


def morning(clock, day):
    clock.move_to(f"{day} 06:00+07:00")
    tasks.expire_confirmations()


def ubkt_list(agency, show):
    browser = Client()
    browser.force_login(agency.ubkt)
    return browser.get(reverse("fieldvisits:confirmation-list"), {"show": show})


# --- Taken back ------------------------------------------------------------------------------


def test_unanswered_request_is_taken_back_and_the_unit_told(agency, clock):
    unit_person = representative(agency.unit)
    asked = asked_about(agency, clock, agency.unit)
    with pytest.raises(PermissionDenied):
        confirmations.take_back(asked, by=agency.head)

    confirmations.take_back(asked, by=agency.ubkt)

    assert (asked.state, Visit.objects.get().confirmation) == ("none", "none")
    assert told(unit_person, "take_back")
    assert confirmations.ask(Visit.objects.get(), by=agency.ubkt).state == "asked"


def test_answered_request_is_not_taken_back(agency, clock):
    asked = asked_about(agency, clock, agency.unit)
    confirmations.answer(asked, "confirm", by=representative(agency.unit))

    with pytest.raises(ValidationError, match="Không còn thực hiện được"):
        confirmations.take_back(asked, by=agency.ubkt)


# --- The visit is cancelled ------------------------------------------------------------------


@pytest.mark.parametrize("disputed", [False, True])
def test_cancelled_visit_lets_its_open_request_lapse(agency, clock, disputed):
    """Approved, over, asked about; then recorded as not carried out."""
    unit_person = representative(agency.unit)
    asked = asked_about(agency, clock, agency.unit)
    if disputed:
        confirmations.answer(asked, "dispute", by=unit_person, remark="Không có đoàn nào đến")

    visits.cancel(Visit.objects.get(), by=agency.cadre, comment="Bận họp, không đi")

    asked.refresh_from_db()
    assert (asked.state, Visit.objects.get().confirmation) == ("none", "none")
    assert told(unit_person, "lapse")
    assert told(agency.ubkt, "lapse")


def test_answer_that_was_given_stays_when_the_visit_is_cancelled(agency, clock):
    asked = asked_about(agency, clock, agency.unit)
    confirmations.answer(asked, "confirm", by=representative(agency.unit))
    visits.cancel(Visit.objects.get(), by=agency.cadre, comment="Nhầm ngày, không đi")

    asked.refresh_from_db()
    assert asked.state == "confirmed"


# --- A district ends -------------------------------------------------------------------------


def test_district_ended_its_request_goes_to_the_main_successor_of_the_commune(
    agency, places, clock
):
    asked = asked_about(agency, clock, places["old"])
    heir = representative(places["new"])
    assert asked.unit == places["district"]

    morning(clock, LAST_OF_DISTRICTS)
    asked.refresh_from_db()
    assert asked.unit == places["district"]

    morning(clock, CHANGE)
    morning(clock, CHANGE)
    asked.refresh_from_db()
    assert (asked.unit, asked.state, asked.due_on) == (places["new"], "asked", date(2025, 7, 11))
    step = asked.steps.get(name="pass_on")
    assert (step.by, step.comment) == (None, "Huyện đoàn Sóc Sơn → Đoàn xã Đa Phúc")
    assert told(heir, "pass_on")
    confirmations.answer(asked, "confirm", by=heir)


def test_district_ended_visit_to_itself_waits_on_ubkts_list_until_a_successor_is_named(
    agency, places, clock
):
    asked = asked_about(agency, clock, places["district"])
    for day in (CHANGE, date(2025, 7, 2), date(2025, 7, 20)):
        morning(clock, day)

    asked.refresh_from_db()
    assert (asked.unit, asked.state) == (places["district"], "asked")
    assert InboxItem.objects.filter(recipient=agency.ubkt, key__contains=":nobody:").count() == 1
    assert [line.visit for line in ubkt_list(agency, "nobody").context["lines"]] == [asked.visit]

    UnitSuccession.objects.create(
        old=places["district"], new=places["far"], share="main", on=CHANGE
    )
    morning(clock, date(2025, 7, 21))
    asked.refresh_from_db()
    assert asked.unit == places["far"]
    assert ubkt_list(agency, "nobody").context["lines"] == []


def test_district_ended_nobody_is_asked_where_nobody_could_answer(agency, places, clock):
    visit = approved_visit(agency, DAY, unit=places["district"])
    clock.move_to(f"{CHANGE} 09:00+07:00")

    with pytest.raises(ValidationError, match="Huyện đoàn Sóc Sơn"):
        confirmations.ask(visit, by=agency.ubkt)
    assert not ConfirmationRequest.objects.exists()


def test_district_ended_an_imported_request_goes_on_like_any_other(agency, places, clock):
    visit = approved_visit(agency, DAY, unit=places["old"])
    asked = ConfirmationRequest.objects.create(
        visit=visit, unit=places["district"], state="asked", version=1, due_on=CHANGE
    )
    Step.objects.create(
        confirmation=asked, name="imported", after="asked", number=1, at=asked.created_at
    )
    Visit.objects.filter(pk=visit.pk).update(confirmation="asked")
    book(list(Visit.objects.all()))

    morning(clock, CHANGE)

    asked.refresh_from_db()
    assert asked.unit == places["new"]


@pytest.mark.parametrize("today", [LAST_OF_DISTRICTS, CHANGE])
def test_import_addresses_what_waits_to_who_answers_today(places, today):
    UnitSuccession.objects.create(
        old=places["district"], new=places["far"], share="whole", on=CHANGE
    )
    units = ResponsibleUnits.read()
    for name in ("old", "district"):
        found = units.answering(places[name].pk, DAY, today)
        assert found == answering_unit(places[name], DAY, today).pk
