"""The regulation is made known to 100% of the units (R16): told, read, and who has not."""

from datetime import date

import pytest
import time_machine

from accounts.choices import Body, Office, UnitLevel
from accounts.models import InboxItem
from fieldvisits.actions import regulation as actions
from fieldvisits.models import Regulation
from fieldvisits.overview.unit_readings import unit_readings
from tests.browsing import browser_of
from tests.factories.accounts import appoint, make_unit
from tests.factories.agency import make_agency, representative

pytestmark = pytest.mark.django_db
TODAY = date(2018, 10, 2)


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency():
    return make_agency("administrator")


def states(version):
    return {row.unit_id: row.state for row in unit_readings(version, TODAY)}


def test_representatives_of_units_are_told_of_a_new_version(agency):
    host = representative(agency.unit)
    former = representative(agency.other_unit, ends_on=date(2018, 9, 30))
    new = Regulation(number="12-KH", title="Mới", issued_on=TODAY, first_year=2023)

    actions.bring(new, by=agency.administrator)

    told = InboxItem.objects.filter(kind="regulation")
    assert told.filter(recipient=host).get().url.endswith("/regulation/?year=2023")
    assert not told.filter(recipient=former).exists()


def test_unit_reads_the_page_and_says_so_on_it(agency):
    version, host = Regulation.objects.get(), representative(agency.unit)
    assert states(version) == {agency.unit.pk: "waiting", agency.other_unit.pk: "nobody"}
    browser = browser_of(host)
    assert f"/regulation/{version.pk}/read/" in browser.get("/regulation/").content.decode()

    assert browser.post(f"/regulation/{version.pk}/read/").status_code == 302

    assert states(version) == {agency.unit.pk: "read", agency.other_unit.pk: "nobody"}
    assert browser.get(f"/regulation/{version.pk}/units/").status_code == 404


def test_reading_counts_for_the_unit_represented_then_and_goes_on_counting(agency):
    version = Regulation.objects.get()
    host = representative(agency.unit, ends_on=TODAY)
    appoint(
        host, body=Body.UNIT, unit=agency.other_unit, office=Office.REPRESENTATIVE,
        starts_on=date(2018, 10, 3),
    )  # fmt: skip
    actions.acknowledge(version, by=host)

    later = unit_readings(version, date(2018, 11, 1))

    assert {row.unit_id: (row.state, row.read_by) for row in later} == {
        agency.unit.pk: ("read", host.full_name),
        agency.other_unit.pk: ("waiting", ""),
    }


def test_units_listed_stand_under_the_city_or_have_a_representative(agency):
    below = {"level": UnitLevel.COMMUNE, "parent": agency.unit, "kind": "Xã"}
    make_unit(place="Minh Phú", **below)
    represented = make_unit(place="Mai Đình", **below)
    representative(represented)

    assert set(states(Regulation.objects.get())) == {
        agency.unit.pk, agency.other_unit.pk, represented.pk,
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_page_for_those_who_lead_filters_and_goes_out_as_a_file(
    agency, count, django_assert_num_queries
):
    version = Regulation.objects.get()
    for number in range(count):
        host = representative(make_unit(place=f"Ba Vì {number}"))
    actions.acknowledge(version, by=host)
    browser, address = browser_of(agency.coordinator), f"/regulation/{version.pk}/units/"

    with django_assert_num_queries(9):
        page = browser.get(address)

    assert dict(page.context["counts"]) == {"read": 1, "nobody": 2} | (
        {"waiting": count - 1} if count > 1 else {}
    )
    assert len(browser.get(f"{address}?state=read").context["page"].rows) == 1
    text = b"".join(browser.get(f"{address}?state=nobody&format=csv").streaming_content).decode()
    assert len(text.splitlines()) == 3
    assert browser_of(agency.cadre).get(address).status_code == 404
