"""Emulation clusters (R22): a unit is in at most one on a day, and the numbers side by side."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.actions import clusters
from accounts.choices import UnitLevel
from accounts.clustering import may_join, members_on
from accounts.models import ClusterMembership, EmulationCluster
from tests.browsing import browser_of
from tests.factories.accounts import make_unit
from tests.factories.agency import make_agency, representative
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
JANUARY, MAY = date(2018, 1, 1), date(2018, 5, 1)


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency():
    return make_agency("administrator")


def cluster_of(agency, name, *units, starts_on=JANUARY, ends_on=None):
    by = agency.administrator
    cluster = EmulationCluster(name=name, starts_on=starts_on, ends_on=ends_on)
    cluster = clusters.save(cluster, by=by)
    clusters.join(cluster, units=units, starts_on=starts_on, by=by)
    return cluster


def test_clusters_are_kept_by_the_administrator_alone(agency):
    for role in ("coordinator", "secretary", "office_head", "cadre"):
        by = getattr(agency, role)
        with pytest.raises(PermissionDenied, match="Chỉ quản trị"):
            clusters.save(EmulationCluster(name="Cụm", starts_on=JANUARY), by=by)
        assert browser_of(by).get("/clusters/new/").status_code == 404
    assert not EmulationCluster.objects.exists()


def test_unit_in_a_cluster_joins_no_other_before_it_left(agency):
    first = cluster_of(agency, "Cụm 1", agency.unit)
    other = cluster_of(agency, "Cụm 2", agency.other_unit)
    by = agency.administrator
    with pytest.raises(ValidationError, match="thuộc “Cụm 1” từ ngày 01/01/2018"):
        clusters.join(other, units=[agency.unit], starts_on=MAY, by=by)

    clusters.leave(first.memberships.get(), by=by, ends_on=date(2018, 4, 30))
    clusters.join(other, units=[agency.unit], starts_on=MAY, by=by)
    clusters.join(other, units=[agency.unit], starts_on=MAY, by=by)  # pressed twice

    assert [members_on(day)[agency.unit.pk] for day in (JANUARY, date(2018, 4, 30), MAY)] == [
        first.pk, first.pk, other.pk,
    ]  # fmt: skip


def test_database_itself_refuses_a_second_open_membership(agency):
    cluster = cluster_of(agency, "Cụm 1", agency.unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClusterMembership.objects.create(cluster=cluster, unit=agency.unit, starts_on=MAY)

    row = cluster.memberships.get()  # the control: the same rows, one after the other
    row.ends_on = date(2018, 4, 30)
    row.save()
    ClusterMembership.objects.create(cluster=cluster, unit=agency.unit, starts_on=MAY)


@pytest.mark.services
def test_postgresql_itself_refuses_periods_that_overlap(agency):
    cluster = cluster_of(agency, "Cụm 1", agency.unit, ends_on=date(2018, 6, 30))
    values = {"cluster": cluster, "unit": agency.unit, "ends_on": date(2018, 8, 1)}
    with pytest.raises(IntegrityError), transaction.atomic():
        ClusterMembership.objects.create(**values, starts_on=MAY)

    ClusterMembership.objects.create(**values, starts_on=date(2018, 7, 1))


def test_cluster_that_ends_takes_its_units_out(agency):
    cluster = cluster_of(agency, "Cụm 1", agency.unit)
    cluster.ends_on = date(2018, 9, 30)
    clusters.save(cluster, by=agency.administrator)
    assert members_on(date(2018, 9, 30)) == {agency.unit.pk: cluster.pk}
    assert members_on(date(2018, 10, 1)) == {}

    cluster.starts_on = MAY
    with pytest.raises(ValidationError) as refusal:
        clusters.save(cluster, by=agency.administrator)
    assert set(refusal.value.error_dict) == {"starts_on"}


def test_unit_entered_by_mistake_is_taken_out_with_a_day_before_the_first(agency):
    cluster = cluster_of(agency, "Cụm 1", agency.unit)

    clusters.leave(cluster.memberships.get(), by=agency.administrator, ends_on=date(2017, 12, 31))

    assert not cluster.memberships.exists()


def test_units_that_may_join_stand_under_the_city_and_in_no_cluster(agency):
    city = make_unit(place="Hà Nội", kind="Thành phố", level=UnitLevel.CITY)
    ward = make_unit(place="Tây Hồ", kind="Phường", level=UnitLevel.COMMUNE, parent=city)
    make_unit(place="Minh Phú", kind="Xã", level=UnitLevel.COMMUNE, parent=agency.unit)
    gone = make_unit(place="Đã hết", ends_on=date(2017, 1, 1))
    cluster = cluster_of(agency, "Cụm 1", agency.unit)

    assert {row.unit for row in may_join(MAY)} == {agency.other_unit, ward}
    with pytest.raises(ValidationError, match="Đã hết"):
        clusters.join(cluster, units=[gone], starts_on=MAY, by=agency.administrator)


def test_clusters_stand_side_by_side_with_units_visited_and_days(agency, django_assert_num_queries):
    below = make_unit(place="Minh Phú", kind="Xã", level=UnitLevel.COMMUNE, parent=agency.unit)
    third = make_unit(place="Ba Vì")
    cluster_of(agency, "Cụm 1", agency.unit, third)
    cluster_of(agency, "Cụm 2", agency.other_unit)
    booked_visit(agency.cadre, "2018-03-05", "2018-03-06", unit=below)
    booked_visit(agency.colleague, "2018-03-07", unit=agency.unit, session="morning")
    browser = browser_of(agency.cadre)

    with django_assert_num_queries(10):
        rows = browser.get("/clusters/").context["rows"]

    assert [
        (row.cluster.name, row.days.units, row.days.covered, row.percent, row.days.half_days)
        for row in rows
    ] == [("Cụm 1", 2, 1, 50, 5), ("Cụm 2", 1, 0, 0, 0)]
    text = b"".join(browser.get("/clusters/?format=csv").streaming_content).decode()
    assert "Cụm 1;2;1;50;2.5" in text
    assert browser_of(representative(agency.unit)).get("/clusters/").status_code == 404


def test_list_of_units_is_narrowed_to_a_cluster(agency):
    plain = browser_of(agency.cadre).get("/units/")
    assert "cluster" not in plain.context["form"].fields
    cluster = cluster_of(agency, "Cụm 1", agency.unit)

    page = browser_of(agency.cadre).get(f"/units/?cluster={cluster.pk}")

    assert [row.version.unit for row in page.context["rows"]] == [agency.unit]
    assert "thuộc cụm “Cụm 1”" in page.content.decode()
    at, host = f"/units/{agency.unit.pk}/", representative(agency.unit)
    assert "Cụm 1" in browser_of(agency.cadre).get(at).content.decode()
    assert "Cụm 1" not in browser_of(host).get(at).content.decode()


def test_administrator_enters_a_cluster_over_http(agency):
    browser = browser_of(agency.administrator)
    said = {"name": "Cụm 1", "starts_on": "01/01/2018", "ends_on": ""}
    assert browser.post("/clusters/new/", {**said, "name": ""}).status_code == 422
    assert browser.post("/clusters/new/", said).status_code == 302
    cluster = EmulationCluster.objects.get()

    at = f"/clusters/{cluster.pk}/"
    joining = {"starts_on": "01/05/2018", "units": [agency.unit.pk, agency.other_unit.pk]}
    assert browser.post(f"{at}join/", {"starts_on": "01/05/2018"}).status_code == 422
    assert browser.post(f"{at}join/", joining).status_code == 302
    row = cluster.memberships.get(unit=agency.unit)
    leaving = {"ends_on": "30/09/2018"}
    assert browser.post(f"/clusters/members/{row.pk}/", leaving).status_code == 302

    page = browser.get(at)
    assert page.context["page"].row.days.units == 1
    assert browser.post(f"{at}edit/", {**said, "name": "Cụm 2"}).status_code == 302
    assert EmulationCluster.objects.get().name == "Cụm 2"
