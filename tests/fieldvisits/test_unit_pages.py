"""Host units: the list of a day, names through time, successors of those that ended."""

from datetime import date

import pytest
import time_machine

from accounts.choices import Body, Office, Share, UnitLevel
from accounts.models import UnitSuccession
from fieldvisits.actions import visits
from tests.factories.accounts import PersonFactory, UnitFactory, appoint, make_unit
from tests.factories.agency import approved_visit, make_agency
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False) as clock:
        yield clock


def of_the_agency():
    person = PersonFactory()
    appoint(person, body=Body.EXECUTIVE_BUREAU, office=Office.MEMBER)
    return person


def names(response):
    return [row.version.union_name for row in response.context["rows"]]


def test_unit_list_shows_the_units_of_the_day_asked_for(client):
    make_unit(place="Hà Tây", ends_on=date(2018, 6, 30))
    make_unit(place="Ba Vì")
    client.force_login(of_the_agency())

    assert names(client.get("/units/")) == ["Huyện đoàn Ba Vì"]
    assert names(client.get("/units/?on=01/05/2018")) == ["Huyện đoàn Ba Vì", "Huyện đoàn Hà Tây"]


def test_unit_list_finds_without_diacritics_and_by_level(client):
    make_unit(place="Đống Đa", kind="Quận")
    make_unit(place="Đống Đa", kind="Phường", level=UnitLevel.COMMUNE)
    client.force_login(of_the_agency())

    assert names(client.get("/units/?name=dong+da&level=commune")) == ["Đoàn phường Đống Đa"]
    assert names(client.get("/units/?name=zzz")) == []
    assert len(names(client.get("/units/?level=nonsense&on=nonsense"))) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_unit_list_query_count_does_not_grow(client, count, django_assert_num_queries):
    parent = make_unit(place="Hà Nội", level=UnitLevel.CITY)
    for n in range(count):
        make_unit(place=f"Ba Vì {n}", parent=parent)
    client.force_login(of_the_agency())

    # session, person, clusters, versions, parents 2, regulation, tree, days, last days,
    # offices, queues
    with django_assert_num_queries(12):
        client.get("/units/")


def test_unit_list_as_a_file_has_the_same_rows_and_no_formula(client):
    make_unit(place="=cmd", kind="")
    make_unit(place="Ba Vì")
    client.force_login(of_the_agency())

    text = client.get("/units/?name=ba+vi&format=csv").getvalue().decode("utf-8-sig")
    all_text = client.get("/units/?format=csv").getvalue().decode("utf-8-sig")

    assert text.count("\r\n") == 2
    assert ";=" not in all_text


def test_unit_page_of_an_ended_unit_names_its_successors(client):
    old = make_unit(place="Hà Tây", ends_on=date(2018, 6, 30))
    new = make_unit(place="Hà Đông", starts_on=date(2018, 7, 1))
    UnitSuccession.objects.create(old=old, new=new, share=Share.MAIN, on=date(2018, 7, 1))
    client.force_login(of_the_agency())

    page = client.get(f"/units/{old.pk}/").content.decode()

    assert "30/06/2018" in page
    assert f'href="/units/{new.pk}/"' in page
    assert f'href="/units/{old.pk}/"' in client.get(f"/units/{new.pk}/").content.decode()


def test_unit_page_of_an_ended_district_names_who_took_over_its_communes(client):
    district = make_unit(place="Hà Tây", ends_on=date(2018, 6, 30))
    commune = make_unit(place="Cũ", level="commune", parent=district, ends_on=date(2018, 6, 30))
    new = make_unit(place="Mới", kind="Xã", level="commune", starts_on=date(2018, 7, 1))
    UnitSuccession.objects.create(old=commune, new=new, share=Share.WHOLE, on=date(2018, 7, 1))
    client.force_login(of_the_agency())

    page = client.get(f"/units/{district.pk}/").context["page"]

    assert [place.name for place in page.heirs] == ["Đoàn xã Mới"]


def test_unit_page_counts_days_and_lists_visits(client, early_october):
    agency = make_agency()
    visit = approved_visit(agency, date(2018, 10, 9))
    client.force_login(agency.stranger)
    assert [v.pk for v in client.get(f"/units/{agency.unit.pk}/").context["page"].ahead] == [
        visit.pk
    ]
    early_october.move_to("2018-10-10 09:00+07:00")
    visits.report(
        visit, by=agency.cadre, result="Đã làm việc với Ban Thường vụ Huyện đoàn",
        starts_on=visit.starts_on, ends_on=visit.ends_on, session=visit.session,
    )  # fmt: skip
    client.force_login(agency.stranger)  # the session of eight days ago is over

    page = client.get(f"/units/{agency.unit.pk}/").context["page"]

    assert [v.pk for v in page.past] == [visit.pk]
    assert (page.days.half_days, page.days.people) == (2, 1)
    assert [half_days for _kind, half_days in page.kinds] == [2]


def test_visit_not_public_stays_off_the_unit_page_for_strangers(client):
    guest = PersonFactory()
    agency = make_agency()
    approved_visit(agency, date(2018, 10, 9))
    client.force_login(guest)

    assert client.get(f"/units/{agency.unit.pk}/").context["page"].ahead == []


@pytest.mark.parametrize("count", [1, 3])
def test_unit_page_query_count_does_not_grow(client, count, django_assert_num_queries):
    unit = UnitFactory()
    for n in range(count):
        new = make_unit(place=f"Mới {n}")
        UnitSuccession.objects.create(old=unit, new=new, share=Share.PART, on=date(2018, 7, 1))
    client.force_login(of_the_agency())

    # session, person, unit, versions, regulation, tree, offices, ahead, past, links, names,
    # days, queues
    with django_assert_num_queries(13):
        client.get(f"/units/{unit.pk}/")


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_successor_query_count_does_not_grow(client, count, django_assert_num_queries):
    unit = UnitFactory()
    for n in range(count):
        old = make_unit(place=f"Cũ {n}", ends_on=date(2018, 6, 30))
        UnitSuccession.objects.create(old=old, new=unit, share=Share.WHOLE, on=date(2018, 7, 1))
    client.force_login(of_the_agency())

    # as above; wholes, days with them, what came: links, names, days
    with django_assert_num_queries(18):
        client.get(f"/units/{unit.pk}/")


def test_days_of_a_unit_that_ended_are_listed_as_they_were_or_as_of_today(client):
    old = make_unit(place="Cũ", ends_on=date(2018, 6, 30))
    split = make_unit(place="Chia", ends_on=date(2018, 6, 30))
    new = make_unit(place="Mới", starts_on=date(2018, 7, 1))
    UnitSuccession.objects.create(old=old, new=new, share=Share.WHOLE, on=date(2018, 7, 1))
    UnitSuccession.objects.create(old=split, new=new, share=Share.PART, on=date(2018, 7, 1))
    booked_visit(PersonFactory(), "2018-05-21", unit=old)
    booked_visit(PersonFactory(), "2018-05-22", unit=split)
    client.force_login(of_the_agency())

    def days(address):
        page = client.get(address).context
        return [row.days.half_days for row in page["rows"]], [row.unit_id for row in page["kept"]]

    assert days("/units/?name=moi") == ([0], [])
    assert days("/units/?name=moi&days=today") == ([2], [split.pk])
    page = client.get(f"/units/{new.pk}/").context["page"]
    assert (page.days.half_days, page.rolled.half_days) == (0, 2)
    assert [(row.unit_id, row.days.half_days) for row in page.before] == [
        (old.pk, 2), (split.pk, 2),
    ]  # fmt: skip


def test_unknown_unit_is_not_found(client):
    client.force_login(of_the_agency())

    assert client.get("/units/99999/").status_code == 404
