"""Departments and units through time: found, rename, merge, split, end, and taking it back."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.actions import through_time as actions
from accounts.actions.ending import Ending, end, preview
from accounts.actions.organisation import Decision
from accounts.choices import Body, Office, OrganisationVerb, Share, UnitLevel
from accounts.models import (
    Appointment,
    DepartmentVersion,
    OrganisationEvent,
    Portfolio,
    UnitSuccession,
    UnitVersion,
)
from accounts.permissions import superior
from accounts.through_time import DEPARTMENTS, UNITS
from tests.factories.accounts import (
    DepartmentFactory,
    PersonFactory,
    appoint,
    make_unit,
    make_version,
)
from tests.factories.agency import make_agency, representative
from tests.together import all_at_once

pytestmark = pytest.mark.django_db
NOVEMBER, LAST = date(2018, 11, 1), date(2018, 10, 31)
PAPER = Decision(number="12-QĐ/TĐTN", on=date(2018, 10, 1))


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def administrator():
    person = PersonFactory(full_name="Quản trị")
    appoint(person, body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR)
    return person


def names(name, short_name=""):
    return {"name": name, "short_name": short_name or name}


def ended(nature, olds, by, **more):
    ending = Ending(nature=nature, olds=olds, on=NOVEMBER, **more)
    return end(ending, by=by, seen=preview(ending).mark, decision=PAPER)


def test_only_the_administrator_changes_the_organisation():
    agency = make_agency()
    for by in (agency.secretary, agency.coordinator, agency.cadre):
        with pytest.raises(PermissionDenied, match="Chỉ quản trị"):
            actions.rename(DEPARTMENTS, agency.rural, names=names("Ban X"), on=NOVEMBER, by=by)
    assert not OrganisationEvent.objects.exists()


def test_renamed_department_has_each_name_on_its_days(administrator):
    rural = DepartmentFactory(code="NT", name="Ban Thanh niên Nông thôn")

    event = actions.rename(
        DEPARTMENTS, rural, names=names("Ban Nông thôn mới"), on=NOVEMBER, by=administrator,
        decision=PAPER,
    )  # fmt: skip

    assert [rural.name_on(day) for day in (LAST, NOVEMBER)] == [
        "Ban Thanh niên Nông thôn", "Ban Nông thôn mới",
    ]  # fmt: skip
    assert (event.kind, event.decision_number) == (OrganisationVerb.RENAMED, "12-QĐ/TĐTN")
    with pytest.raises(ValidationError, match="Không có gì khác"):
        actions.rename(
            DEPARTMENTS, rural, names=names("Ban Nông thôn mới"), on=NOVEMBER, by=administrator
        )


@pytest.mark.parametrize("on", [date(2016, 1, 1), date(2015, 6, 1)])
def test_rename_before_the_names_in_force_is_refused(administrator, on):
    rural = DepartmentFactory()

    with pytest.raises(ValidationError) as refusal:
        actions.rename(DEPARTMENTS, rural, names=names("Ban X"), on=on, by=administrator)

    assert set(refusal.value.error_dict) == {"on"}
    assert DepartmentVersion.objects.count() == 1


def test_unit_placed_under_what_stands_below_it_is_refused(administrator):
    top = make_unit(place="Sóc Sơn")
    below = make_unit(place="Minh Phú", level=UnitLevel.COMMUNE, parent=top)
    placed = {"level": "district", "kind": "Huyện", "name": "Huyện Sóc Sơn", "short_name": "S"}

    with pytest.raises(ValidationError) as refusal:
        actions.rename(UNITS, top, names={**placed, "parent": below}, on=NOVEMBER, by=administrator)

    assert set(refusal.value.error_dict) == {"parent"}


def test_department_that_ends_passes_people_and_papers_to_its_main_successor(administrator):
    agency = make_agency()

    ended(
        DEPARTMENTS, [agency.rural], administrator, moves_people=True,
        heirs=[(agency.office, Share.WHOLE)],
    )  # fmt: skip

    there = Appointment.objects.on(NOVEMBER).filter(department=agency.office)
    assert {row.person: row.office for row in there} == {
        agency.office_head: "head", agency.stranger: "cadre",
        agency.head: "cadre", agency.cadre: "cadre", agency.colleague: "cadre",
    }  # fmt: skip
    assert not Appointment.objects.on(NOVEMBER).filter(department=agency.rural).exists()
    assert superior(agency.cadre, NOVEMBER) == agency.office_head
    assert superior(agency.cadre, LAST) == agency.head
    assert Portfolio.objects.on(NOVEMBER).get().department == agency.office


def test_departments_merged_into_a_new_one_keep_their_one_head(administrator):
    agency = make_agency()
    Appointment.objects.filter(person=agency.office_head).update(ends_on=LAST)
    founded = {"code": "NTVP", "fixed": {}, "names": names("Ban Nông thôn và Văn phòng")}

    event = ended(
        DEPARTMENTS, [agency.rural, agency.office], administrator, founded=founded,
        moves_people=True,
    )  # fmt: skip

    assert event.kind == OrganisationVerb.MERGED
    rows = Appointment.objects.on(NOVEMBER).filter(department__code="NTVP")
    assert {row.person for row in rows if row.office == Office.HEAD} == {agency.head}
    assert rows.count() == 4
    assert OrganisationEvent.objects.filter(subject_kind="department").count() == 3


def test_what_is_concerned_is_counted_by_name_before_it_is_confirmed():
    agency = make_agency()
    unit = make_unit(place="Tây Hồ")
    representative(unit)

    rows = preview(Ending(nature=UNITS, olds=[unit], on=NOVEMBER)).rows
    offices = preview(Ending(nature=DEPARTMENTS, olds=[agency.rural], on=NOVEMBER)).rows

    assert [(row.count, row.rows) for row in rows] == [(1, ("Ngô Văn Sơn, đại diện đơn vị",))]
    assert [row.count for row in offices] == [3, 1]


def test_confirming_what_was_not_seen_changes_nothing(administrator):
    unit = make_unit(place="Tây Hồ")
    ending = Ending(nature=UNITS, olds=[unit], on=NOVEMBER)
    mark = preview(ending).mark
    representative(unit)

    with pytest.raises(ValidationError, match="đã thay đổi") as refusal:
        end(ending, by=administrator, seen=mark)

    assert refusal.value.code == "stale"
    assert unit.exists_on(NOVEMBER)


WHOLE, MAIN, PART = Share.WHOLE, Share.MAIN, Share.PART


@pytest.mark.parametrize(
    ("shares", "problem"),
    [
        ((WHOLE, PART), "trọn vẹn"),
        ((MAIN, MAIN), "phần chính"),
        ((PART, PART), "phần chính"),
        ((MAIN, PART), ""),
        ((WHOLE,), ""),
    ],
)
def test_split_has_one_main_part_and_a_whole_stands_alone(shares, problem):
    old = make_unit(place="Cũ")
    heirs = [(make_unit(place=f"Mới {n}"), share) for n, share in enumerate(shares)]
    ending = Ending(nature=UNITS, olds=[old], on=NOVEMBER, heirs=heirs)
    if not problem:
        assert preview(ending).mark
        return

    with pytest.raises(ValidationError, match=problem):
        preview(ending)


def test_end_is_taken_back_with_everything_it_wrote(administrator):
    agency = make_agency()
    before = list(Appointment.objects.order_by("pk").values_list())
    event = ended(
        DEPARTMENTS, [agency.rural], administrator, moves_people=True,
        heirs=[(agency.office, WHOLE)],
    )  # fmt: skip

    actions.take_back(DEPARTMENTS, agency.office, event=event.pk, by=administrator)

    assert list(Appointment.objects.order_by("pk").values_list()) == before
    assert agency.rural.exists_on(NOVEMBER)
    assert not agency.rural.successors.exists()
    assert actions.last_event(DEPARTMENTS, agency.rural) is None
    with pytest.raises(ValidationError):
        actions.take_back(DEPARTMENTS, agency.rural, event=event.pk, by=administrator)


def test_event_is_not_taken_back_once_something_is_built_on_it(administrator):
    old, new = make_unit(place="Cũ"), make_unit(place="Mới")
    founded = actions.found(
        UNITS, code="N1", fixed={}, on=NOVEMBER, by=administrator,
        names={"level": "commune", "kind": "Xã", "name": "Xã N", "short_name": "N"},
    )  # fmt: skip
    representative(founded, starts_on=NOVEMBER)
    event = ended(UNITS, [old], administrator, heirs=[(new, WHOLE)])
    UnitVersion.objects.filter(unit=old).update(ends_on=date(2018, 9, 30))

    for unit in (founded, old):
        last = actions.last_event(UNITS, unit)
        with pytest.raises(ValidationError, match="không thể rút lại"), transaction.atomic():
            actions.take_back(UNITS, unit, event=last.pk, by=administrator)
    assert UnitSuccession.objects.filter(old=old).exists()
    assert event.pk


def test_ended_district_gets_a_successor_named_for_confirmations(administrator):
    district = make_unit(place="Hà Tây", ends_on=date(2018, 6, 30))
    ward = make_unit(place="Hà Đông", level="commune", starts_on=date(2018, 7, 1))

    actions.name_successor(district, successor=ward, by=administrator, decision=PAPER)

    link = UnitSuccession.objects.get()
    assert (link.old, link.new, link.share, link.on) == (district, ward, MAIN, date(2018, 7, 1))
    with pytest.raises(ValidationError, match="đã có"):
        actions.name_successor(district, successor=ward, by=administrator)


# --- two at once -------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_press_at_once_make_one_change(administrator):
    unit, heir = make_unit(place="Cũ"), make_unit(place="Mới")
    ending = Ending(nature=UNITS, olds=[unit], on=NOVEMBER, heirs=[(heir, WHOLE)])
    mark = preview(ending).mark

    results = all_at_once(2, lambda _n: end(ending, by=administrator, seen=mark))

    assert sum(isinstance(one, OrganisationEvent) for one in results) == 1
    assert sum(isinstance(one, ValidationError) for one in results) == 1
    assert UnitSuccession.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_rename_at_once_leave_one_name_in_force(administrator):
    rural = DepartmentFactory()

    def act(number):
        day = date(2018, 11, 1 + number)
        return actions.rename(
            DEPARTMENTS, rural, names=names(f"Ban {number}"), on=day, by=administrator
        )

    all_at_once(2, act)

    for day in (LAST, NOVEMBER, date(2018, 11, 2), date(2018, 12, 1)):
        assert DepartmentVersion.objects.on(day).count() == 1


@pytest.mark.services
def test_postgresql_itself_refuses_versions_that_overlap():
    unit = make_unit(place="Cũ", ends_on=LAST)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_version(unit, place="Chồng", starts_on=LAST)

    make_version(unit, place="Tiếp", starts_on=NOVEMBER)
