"""What people of a unit see and say: visits to it, remarks unasked (R26), the overview (R13)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.choices import UnitLevel
from accounts.models import (
    InboxItem,
    ResponsibleUnits,
    Unit,
    UnitSuccession,
    answering_unit,
    responsible_unit,
)
from fieldvisits import permissions
from fieldvisits.actions import units
from fieldvisits.models import UnitOverview, UnitRemark, Visit
from tests.factories.accounts import UnitFactory, make_unit, make_version
from tests.factories.agency import (
    approved_visit,
    inspector_of_agency,
    make_agency,
    representative,
)

pytestmark = pytest.mark.django_db
DAY = date(2018, 10, 9)
CHANGE = date(2025, 7, 1)
LAST_OF_DISTRICTS = date(2025, 6, 30)


@pytest.fixture
def agency():
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False):
        yield make_agency()


@pytest.fixture
def tree():
    """City, district and commune until 30/6/2025; the commune stands under the city after it."""
    city = make_unit(place="Hà Nội", kind="Thành phố", level=UnitLevel.CITY)
    district = make_unit(place="Sóc Sơn", parent=city, ends_on=LAST_OF_DISTRICTS)
    commune = UnitFactory(version=False)
    below = {"place": "Phù Linh", "kind": "Xã", "level": UnitLevel.COMMUNE}
    make_version(commune, **below, parent=district, ends_on=LAST_OF_DISTRICTS)
    make_version(commune, **below, parent=city, starts_on=CHANGE)
    branch = make_unit(place="Thôn Một", kind="", level=UnitLevel.BRANCH, parent=commune)
    return {"city": city, "district": district, "commune": commune, "branch": branch}


RESPONSIBLE = [
    ("district", date(2018, 5, 1), "district"),
    ("commune", date(2018, 5, 1), "district"),
    ("branch", date(2018, 5, 1), "district"),
    ("commune", LAST_OF_DISTRICTS, "district"),
    ("commune", CHANGE, "commune"),
    ("branch", CHANGE, "commune"),
    ("city", date(2018, 5, 1), "city"),
]


@pytest.mark.parametrize(("visited", "day", "expected"), RESPONSIBLE)
def test_responsible_unit_stands_directly_under_the_city(tree, visited, day, expected):
    assert responsible_unit(Unit.objects.get(pk=tree[visited].pk), day) == tree[expected]
    assert ResponsibleUnits.read().of(tree[visited].pk, day) == tree[expected].pk


def test_affiliated_union_answers_for_itself_and_what_is_below(tree):
    university = make_unit(place="Bách khoa", level=UnitLevel.AFFILIATED, parent=tree["city"])
    faculty = make_unit(place="Khoa Điện", level=UnitLevel.BASE, parent=university)

    assert responsible_unit(faculty, DAY) == university


def test_what_an_ended_district_was_asked_goes_to_the_successor_of_the_commune(tree):
    old = make_unit(place="Tân Minh", level=UnitLevel.COMMUNE, parent=tree["district"],
                    ends_on=LAST_OF_DISTRICTS)  # fmt: skip
    UnitSuccession.objects.create(old=old, new=tree["commune"], share="main", on=CHANGE)

    assert answering_unit(old, date(2025, 5, 1), date(2025, 6, 1)) == tree["district"]
    assert answering_unit(old, date(2025, 5, 1), date(2025, 8, 1)) == tree["commune"]


def standing(agency, unit, code, state):
    return Visit.objects.create(
        code=code, cadre=agency.cadre, unit=unit, starts_on=DAY, ends_on=DAY, kind="inspection",
        state=state, content="x",
    )  # fmt: skip


def seen(person):
    person.__dict__.pop("_offices", None)
    return set(Visit.objects.visible_to(person).values_list("unit__code", flat=True))


def test_representatives_see_visits_to_their_unit_and_below_on_the_day(agency, tree):
    for number, name in enumerate(("district", "commune", "branch")):
        standing(agency, tree[name], f"V{number}", "approved")
    names = {name: unit.code for name, unit in tree.items()}

    assert seen(representative(tree["district"])) == {
        names["district"], names["commune"], names["branch"],
    }  # fmt: skip
    assert seen(representative(tree["commune"])) == {names["commune"]}
    assert seen(representative(tree["city"])) == set()
    assert seen(representative(agency.unit)) == set()
    Visit.objects.update(starts_on=CHANGE, ends_on=CHANGE)
    assert seen(representative(tree["commune"])) == {names["commune"], names["branch"]}


def test_proposed_visit_is_not_seen_by_the_unit(agency):
    standing(agency, agency.unit, "V1", "proposed")

    assert seen(representative(agency.unit)) == set()


def test_responsible_unit_reads_the_content_and_no_result(agency, tree):
    visit = approved_visit(agency, DAY, unit=tree["commune"])
    person = representative(tree["district"])

    assert permissions.reads_content(person, visit)
    assert not permissions.reads_result(person, visit)
    assert not permissions.reads_content(representative(agency.unit), visit)


@pytest.fixture
def visit(agency):
    return approved_visit(agency, DAY)


def remark(visit, person):
    return units.remark(visit, by=person, text="Cán bộ đến đúng giờ, làm việc kỹ")


def readers(made, people):
    return {
        name
        for name, person in people.items()
        if UnitRemark.objects.visible_to(person).filter(pk=made.pk).exists()
    }


def test_unit_reports_unasked_and_the_cadre_reads_once_it_is_passed_on(agency, visit):
    person, ubkt = representative(agency.unit), inspector_of_agency()
    made = remark(visit, person)
    people = {
        "unit": person, "ubkt": ubkt, "head": agency.head, "secretary": agency.secretary,
        "cadre": agency.cadre, "colleague": agency.colleague, "tckt": agency.coordinator,
        "other unit": representative(agency.other_unit),
    }  # fmt: skip
    first = {"unit", "ubkt", "head", "secretary"}

    assert readers(made, people) == first
    told = InboxItem.objects.filter(kind="remark")
    assert set(told.values_list("recipient", flat=True)) == {agency.head.pk, ubkt.pk}
    units.pass_on(made, by=agency.head)
    assert readers(made, people) == first | {"cadre"}
    with pytest.raises(ValidationError):
        units.pass_on(made, by=agency.head)


@pytest.mark.parametrize("role", ["cadre", "head", "coordinator"])
def test_only_the_unit_reports(agency, visit, role):
    with pytest.raises(PermissionDenied):
        remark(visit, getattr(agency, role))


@pytest.mark.parametrize("role", ["cadre", "secretary", "colleague"])
def test_only_the_head_passes_on(agency, visit, role):
    made = remark(visit, representative(agency.unit))

    with pytest.raises(PermissionDenied):
        units.pass_on(made, by=getattr(agency, role))


def test_overview_grows_entry_by_entry_and_shows_the_latest(client, agency, visit):
    client.force_login(agency.cadre)
    address = f"/units/{agency.unit.pk}/overview/"
    for text in ("12 cơ sở Đoàn", "13 cơ sở Đoàn", "13 cơ sở Đoàn"):
        assert client.post(address, {"organisation": text}).status_code == 302

    assert UnitOverview.objects.count() == 2  # the third said nothing new
    page = client.get(f"/units/{agency.unit.pk}/").content.decode()
    assert "13 cơ sở Đoàn" in page
    assert "12 cơ sở Đoàn" not in page


def test_overview_is_kept_by_visitors_and_read_by_the_agency(client, agency, visit):
    units.describe(agency.unit, by=agency.cadre, parts={"difficulties": "Thiếu cán bộ thôn"})
    for person, reads in ((agency.colleague, True), (representative(agency.unit), False)):
        client.force_login(person)
        assert (
            client.post(f"/units/{agency.unit.pk}/overview/", {"activity": "x"}).status_code == 403
        )
        page = client.get(f"/units/{agency.unit.pk}/").content.decode()
        assert ("Thiếu cán bộ thôn" in page) == reads


def test_who_has_left_the_agency_neither_reads_nor_writes_the_overview(client, agency, visit):
    units.describe(agency.unit, by=agency.cadre, parts={"difficulties": "Thiếu cán bộ thôn"})
    agency.cadre.appointments.update(ends_on=date(2018, 9, 19))
    client.force_login(agency.cadre)
    address = f"/units/{agency.unit.pk}/overview/"

    answers = [client.get(address), client.post(address, {"activity": "x"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert not any("Thiếu cán bộ thôn" in answer.content.decode() for answer in answers)


def test_unit_sees_the_days_of_its_own_and_of_those_below_and_no_others(client, tree, agency):
    client.force_login(representative(tree["district"]))

    listed = {row.version.unit_id for row in client.get("/units/").context["rows"]}

    assert listed == {tree[name].pk for name in ("district", "commune", "branch")}
    shown = [
        client.get(f"/units/{tree[name].pk}/").context["page"].shows_figures
        for name in ("city", "district", "branch")
    ]
    assert shown == [False, True, True]
    file = b"".join(client.get("/units/?format=csv").streaming_content).decode()
    assert tree["city"].code not in file.replace(";", "|").split("|")


def test_empty_overview_is_refused(agency, visit):
    with pytest.raises(ValidationError):
        units.describe(agency.unit, by=agency.cadre, parts={})
