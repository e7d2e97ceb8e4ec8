"""Tables of people and organisation, each taken in and given out again."""

from datetime import date

import pytest

from accounts.choices import Body
from accounts.interchange.exporting import export_tables
from accounts.interchange.importing import Refused, import_tables
from accounts.models import (
    Appointment,
    Department,
    Exemption,
    Person,
    Portfolio,
    Unit,
    UnitSuccession,
)
from tests.factories import tables
from tests.factories.tables import agency, write_folder

pytestmark = pytest.mark.django_db


def take(path, **some):
    """Import the small agency with ``some`` tables in other words."""
    return import_tables(write_folder(path, agency(**some)))


def problems(path, **some):
    with pytest.raises(Refused) as refused:
        take(path, **some)
    return [(p.table, p.row, p.column) for p in refused.value.problems]


def changed(rows, number, **values):
    """``rows`` with other values in the row that a person sees as ``number``."""
    return [row | values if n == number else row for n, row in enumerate(rows, start=2)]


def test_departments_are_made_with_their_first_version(tmp_path):
    take(tmp_path)

    department = Department.objects.get(code="TCKT")
    assert (department.kind, department.is_coordinating) == ("department", True)
    assert department.name_on(date(2018, 5, 1)) == "Ban Tổ chức - Kiểm tra"


def test_rows_of_one_department_are_its_history(tmp_path):
    first, office = tables.DEPARTMENTS
    old = first | {"name": "Ban Tổ chức", "valid_to": "2017-12-31"}
    new = first | {"valid_from": "01/01/2018"}

    take(tmp_path, departments=[new, old, office])

    department = Department.objects.get(code="TCKT")
    assert department.name_on(date(2017, 12, 31)) == "Ban Tổ chức"
    assert department.name_on(date(2018, 1, 1)) == "Ban Tổ chức - Kiểm tra"


def test_versions_that_an_import_does_not_name_are_removed(tmp_path):
    first, office = tables.DEPARTMENTS
    old = first | {"name": "Ban Tổ chức", "valid_to": "2017-12-31"}
    take(tmp_path, departments=[old, first | {"valid_from": "2018-01-01"}, office])

    outcome = take(tmp_path)

    assert (outcome.tallies["departments"].changed, outcome.tallies["departments"].removed) == (
        1,
        1,
    )
    assert Department.objects.get(code="TCKT").versions.count() == 1


def test_versions_of_one_department_that_overlap_are_refused(tmp_path):
    first, office = tables.DEPARTMENTS
    again = first | {"valid_from": "2018-01-01"}

    assert problems(tmp_path, departments=[first, office, again]) == [
        ("departments", 4, "valid_from")
    ]


def test_department_named_like_a_body_is_refused(tmp_path):
    found = problems(
        tmp_path,
        departments=[*tables.DEPARTMENTS, tables.DEPARTMENTS[0] | {"code": "executive_bureau"}],
    )

    assert found == [("departments", 4, "code")]


def test_units_find_parents_further_down_and_are_searchable(tmp_path):
    take(tmp_path)

    unit = Unit.objects.get(code="C1")
    assert unit.dated()[0].parent == Unit.objects.get(code="D1")
    assert (unit.lat, unit.lon) == (21.25, 105.8)
    assert list(Unit.objects.matching("minh phu")) == [unit]


def test_units_that_lead_back_to_themselves_are_refused(tmp_path):
    units = changed(tables.UNITS, 3, parent_code="C1")

    assert problems(tmp_path, units=units) == [
        ("units", 2, "parent_code"),
        ("units", 3, "parent_code"),
    ]


def test_unit_succession_is_changed_by_its_two_codes(tmp_path):
    take(tmp_path)

    outcome = take(tmp_path, unit_succession=changed(tables.UNIT_SUCCESSION, 2, share="whole"))

    assert outcome.tallies["unit_succession"].changed == 1
    assert [row.share for row in UnitSuccession.objects.all()] == ["whole"]


def test_people_are_made_searchable_and_cannot_sign_in_without_email(tmp_path):
    take(tmp_path)

    person = Person.objects.get(code="P1")
    assert Person.objects.matching("do thi duong").get() == person
    assert (person.in_scope, person.has_usable_password()) == (True, False)
    assert Person.objects.get(code="P2").email is None
    assert [p.code for p in Person.objects.in_order()] == ["P2", "P1"]


def test_columns_that_are_missing_change_nothing(tmp_path):
    take(tmp_path)
    Person.objects.filter(code="P1").update(phone="024 3826 0000", in_scope=False)

    write_folder(tmp_path / "b", {"people": [{"code": "P1", "full_name": "Đỗ Thị Đường"}]})
    import_tables(tmp_path / "b")

    person = Person.objects.get(code="P1")
    assert (person.phone, person.email, person.in_scope) == (
        "024 3826 0000",
        "duong@example.org",
        False,
    )


def test_name_that_changes_is_sorted_and_found_anew(tmp_path):
    take(tmp_path)

    take(tmp_path, people=changed(tables.PEOPLE, 2, full_name="Hoàng Yến"))

    person = Person.objects.matching("hoang yen").get()
    assert [p.code for p in Person.objects.in_order()] == ["P2", person.code]


def test_addresses_may_change_hands_in_one_import(tmp_path):
    people = changed(tables.PEOPLE, 3, email="an@example.org")
    take(tmp_path, people=people)

    swapped = changed(changed(people, 2, email="an@example.org"), 3, email="DUONG@example.org")
    take(tmp_path, people=swapped)

    emails = dict(Person.objects.values_list("code", "email"))
    assert emails == {"P1": "an@example.org", "P2": "duong@example.org"}


def test_address_of_somebody_else_is_refused(tmp_path):
    assert problems(tmp_path, people=changed(tables.PEOPLE, 3, email="Duong@example.org")) == [
        ("people", 3, "email")
    ]


def test_appointments_name_departments_units_and_bodies(tmp_path):
    take(tmp_path)

    held = Person.objects.get(code="P2").offices(date(2017, 6, 1))
    assert held.headed_id == Department.objects.get(code="TCKT").pk
    assert held.committee_office == "member"
    assert held.unit_ids == {Unit.objects.get(code="D1").pk}


def test_appointment_is_changed_by_person_body_and_day(tmp_path):
    take(tmp_path)

    rows = changed(tables.APPOINTMENTS, 2, office="deputy", to="2018-12-31")
    outcome = take(tmp_path, appointments=rows)

    assert outcome.tallies["appointments"].changed == 1
    row = Appointment.objects.get(person__code="P1")
    assert (row.office, row.ends_on) == ("deputy", date(2018, 12, 31))


def test_one_may_be_clerk_and_administrator_from_the_same_day(tmp_path):
    both = [
        {"person_code": "P2", "body": "administration", "office": office, "from": "2018-01-01"}
        for office in ("clerk", "administrator")
    ]

    take(tmp_path, appointments=both)

    assert Appointment.objects.filter(body=Body.ADMINISTRATION).count() == 2


def test_two_departments_at_a_time_are_refused_naming_both_rows(tmp_path):
    other = {"person_code": "P1", "body": "VP", "office": "cadre", "from": "2018-01-01"}

    with pytest.raises(Refused, match=r"P1 VP 2018-01-01.* 2 .*P1 TCKT 2016-01-01") as refused:
        take(tmp_path, appointments=[*tables.APPOINTMENTS, other])

    assert [problem.row for problem in refused.value.problems] == [6]


def test_earlier_records_in_which_two_hold_one_office_come_in_and_are_named(tmp_path):
    """P2 is head; P1 is another, and both Secretary; both in charge of the Office."""
    secretary = {"body": "standing_committee", "office": "secretary", "from": "2018-01-01"}
    both = [{"person_code": code, **secretary} for code in ("P1", "P2")]
    heads = changed(tables.APPOINTMENTS, 2, office="head")
    other = {"person_code": "P1", "department_code": "VP", "from": "2017-12-31"}
    some = agency(appointments=[*heads, *both], portfolios=[*tables.PORTFOLIOS, other])
    told = []

    import_tables(write_folder(tmp_path, some), tell=told.append)

    starts = [sentence.partition(":")[0] for sentence in told]
    assert starts == [
        "Bảng appointments, dòng 3", "Bảng appointments, dòng 7", "Bảng portfolios, dòng 3",
    ]  # fmt: skip
    assert "P1" in told[0]
    assert Appointment.objects.filter(office="head", department__code="TCKT").count() == 2


def test_transfer_on_one_day_is_taken(tmp_path):
    take(tmp_path)
    ended = changed(tables.APPOINTMENTS, 2, to="2018-06-30")
    other = {"person_code": "P1", "body": "VP", "office": "cadre", "from": "2018-07-01"}

    take(tmp_path, appointments=[other, *ended])

    person = Person.objects.get(code="P1")
    codes = [
        Department.objects.get(pk=person.offices(day).department_id).code
        for day in (date(2018, 6, 30), date(2018, 7, 1))
    ]
    assert codes == ["TCKT", "VP"]


def test_portfolios_and_exemptions_are_changed_by_their_keys(tmp_path):
    take(tmp_path)

    outcome = take(
        tmp_path,
        portfolios=changed(tables.PORTFOLIOS, 2, to="2018-12-31"),
        exemptions=changed(tables.EXEMPTIONS, 2, note="Nghiên cứu sinh"),
    )

    assert (outcome.tallies["portfolios"].changed, outcome.tallies["exemptions"].changed) == (1, 1)
    assert [row.ends_on for row in Portfolio.objects.all()] == [date(2018, 12, 31)]
    assert [row.note for row in Exemption.objects.all()] == ["Nghiên cứu sinh"]


def test_second_import_changes_nothing(tmp_path):
    take(tmp_path)

    outcome = take(tmp_path)

    assert outcome.is_idle
    assert outcome.tallies["people"].unchanged == 2


def test_export_of_an_import_reads_the_same(tmp_path):
    take(tmp_path / "in")
    export_tables(tmp_path / "out")

    assert import_tables(tmp_path / "out").is_idle
