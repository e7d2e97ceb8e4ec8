"""The first days: each step is read from what is on record, and none locks another."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.actions import first_offices
from accounts.actions.first_offices import Choices
from accounts.beginning import progress_on
from accounts.choices import Body, Office
from accounts.interchange import hanoi
from accounts.models import Appointment, Department, InboxItem, Person, Portfolio, Unit
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint, make_unit
from tests.factories.links import invited, newcomer

TODAY = date(2026, 3, 17)
NEW_YEAR = date(2026, 1, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel("2026-03-17 09:00+07:00", tick=False):
        yield


@pytest.fixture
def administrator(client):
    person = PersonFactory(full_name="Lê Quản Trị", in_scope=False)
    appoint(person, body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR)
    client.force_login(person)
    return person


def states():
    return {step.key: step.state for step in progress_on(TODAY).steps}


def table(*rows, **more):
    size = {"TOTAL_FORMS": len(rows), "INITIAL_FORMS": 0}
    data = {f"form-{name}": str(value) for name, value in size.items()}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-{name}": str(value) for name, value in row.items()}
    return {"starts_on": "01/01/2026"} | data | more


def department(code, **values):
    row = {"code": code, "name": f"Ban {code}", "short_name": code, "kind": "department"}
    return row | values


def test_new_office_lacks_everything_but_a_regulation(administrator):
    assert states() == dict.fromkeys(
        ("agency", "departments", "people", "units", "offices", "accounts", "quarter"), "missing"
    ) | {"regulation": "done"}
    assert all(step.missing and step.without for step in progress_on(TODAY).steps)


def test_office_with_everything_is_done():
    coordinating = DepartmentFactory(is_coordinating=True)
    head, secretary = PersonFactory(), PersonFactory()
    appoint(head, department=coordinating, office=Office.HEAD)
    appoint(secretary, body=Body.STANDING_COMMITTEE, office=Office.SECRETARY)
    make_unit()

    assert {key for key, state in states().items() if state != "done"} == {"agency", "quarter"}


def test_department_without_anybody_is_named():
    DepartmentFactory(name="Ban Nông thôn")
    appoint(PersonFactory(), department=DepartmentFactory(is_coordinating=True))

    steps = {step.key: step for step in progress_on(TODAY).steps}

    assert (steps["people"].state, "Ban Nông thôn" in steps["people"].missing) == ("begun", True)
    assert steps["departments"].state == "done"


def test_who_holds_nothing_and_who_cannot_sign_in_is_said(administrator):
    lately = newcomer(full_name="Lê Ân")
    said = {step.key: step for step in progress_on(TODAY).steps}
    assert "Lê Ân" in said["people"].missing
    assert said["accounts"].missing == "Chưa mời ai."

    appoint(lately, department=DepartmentFactory())
    said = {step.key: step for step in progress_on(TODAY).steps}
    assert "Lê Ân" not in said["people"].missing
    assert said["accounts"].missing == "Chưa mời 1 đồng chí."

    invited(lately, by=administrator)
    assert states()["accounts"] == "done"


def test_table_of_departments_is_taken(client, administrator):
    rows = [department("TCKT", is_coordinating="on"), department("VP", kind="office")]

    answer = client.post(reverse("accounts:start-departments"), table(*rows, department("")))
    again = client.post(reverse("accounts:start-departments"), table(*rows))

    assert (answer.status_code, again.status_code) == (422, 302)
    assert [(d.code, d.is_coordinating) for d in Department.objects.all()] == [
        ("TCKT", True),
        ("VP", False),
    ]
    assert Department.objects.get(code="VP").exists_on(NEW_YEAR)


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([department("A", is_coordinating="on"), department("B", is_coordinating="on")], 1),
        ([department("A"), department("a")], 1),
        ([department("standing_committee")], 0),
        ([department("a b")], 0),
    ],
)
def test_table_of_departments_with_a_mistake_writes_nothing(client, administrator, rows, field):
    answer = client.post(reverse("accounts:start-departments"), table(*rows))

    assert answer.status_code == 422
    assert answer.context["rows"].forms[field].errors
    assert not Department.objects.exists()


def test_empty_table_is_told_so(client, administrator):
    answer = client.post(reverse("accounts:start-departments"), table())

    assert (answer.status_code, bool(answer.context["form"].non_field_errors())) == (422, True)


def person(name, place, **values):
    return {"full_name": name, "department": place.pk, "office": "cadre"} | values


def test_table_of_people_is_taken(client, administrator):
    place = DepartmentFactory()
    rows = [person(" Trần  Bình", place, email="B@example.org"), person("Vũ An", place, code="X1")]

    assert client.post(reverse("accounts:start-people"), table(*rows)).status_code == 302

    made = Person.objects.exclude(pk=administrator.pk).in_order()
    assert [(one.full_name, one.code) for one in made] == [
        ("Vũ An", "X1"),
        ("Trần Bình", "CB001"),
    ]
    assert not any(one.has_usable_password() for one in made)
    assert {one.offices(TODAY).department_id for one in made} == {place.pk}
    assert not InboxItem.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "AN@example.org"}, "email"),
        ({"full_name": "vũ an"}, "full_name"),
        ({"code": "x1"}, "code"),
        ({"office": "head"}, "office"),
        ({"department": ""}, "department"),
    ],
)
def test_table_of_people_with_a_mistake_writes_nothing(client, administrator, values, field):
    place = DepartmentFactory()
    known = PersonFactory(code="X1", full_name="Vũ An", email="an@example.org")
    appoint(known, department=place, office=Office.HEAD)

    row = person("Đỗ Mới", place) | values
    answer = client.post(reverse("accounts:start-people"), table(row))

    assert (answer.status_code, list(answer.context["rows"].forms[0].errors)) == (422, [field])
    assert Person.objects.count() == 2


def test_units_of_today_come_at_one_press_and_once(client, administrator):
    form = {"with_table": "on", "affiliated": "Đoàn Đại học Bách khoa\n\nĐoàn  Khối"}
    assert hanoi.missing_on(TODAY) == 126

    for _press in range(2):
        assert client.post(reverse("accounts:start-units"), form).status_code == 302

    assert (Unit.objects.count(), hanoi.missing_on(TODAY)) == (128, 0)
    assert list(Unit.objects.filter(code__startswith="TT").values_list("code", flat=True)) == [
        "TT01",
        "TT02",
    ]


def test_table_of_units_follows_the_day():
    assert [len(hanoi.rows_on(day)) for day in (date(2025, 6, 30), date(2025, 7, 1))] == [556, 126]


def test_offices_are_filled_at_one_go(client, administrator):
    place = DepartmentFactory()
    head, secretary = PersonFactory(), PersonFactory()
    appoint(head, department=place, starts_on=date(2024, 1, 1))
    form = {
        "starts_on": "01/01/2026",
        f"head_{place.pk}": head.pk,
        f"charge_{place.pk}": secretary.pk,
        "secretary_1": secretary.pk,
        "inspector_1": head.pk,
    }

    assert client.post(reverse("accounts:start-offices"), form).status_code == 302

    days = [date(2025, 12, 31), NEW_YEAR]
    assert [Person.objects.get(pk=head.pk).offices(day).headed_id for day in days] == [
        None,
        place.pk,
    ]
    assert Portfolio.objects.get().person == secretary
    assert Appointment.objects.filter(body=Body.INSPECTION_COMMITTEE).get().person == head


def test_offices_are_filled_all_or_none(administrator):
    place, other = DepartmentFactory(), DepartmentFactory()
    stranger, secretary = PersonFactory(), PersonFactory()
    appoint(stranger, department=other)
    choices = Choices(
        heads={place: stranger},
        in_charge={place: stranger},
        seats=[(Body.STANDING_COMMITTEE, Office.SECRETARY, secretary)],
    )

    with pytest.raises(ValidationError) as refusal:
        first_offices.fill(choices, by=administrator, starts_on=NEW_YEAR)

    codes = {error.code for error in refusal.value.error_list}
    assert codes == {f"field-head_{place.pk}", f"field-charge_{place.pk}"}
    assert not Appointment.objects.filter(body=Body.STANDING_COMMITTEE).exists()


def test_desk_says_how_far_it_is_until_that_is_put_away(client, administrator):
    start = reverse("accounts:start")
    assert f'href="{start}#agency"' in client.get("/").content.decode()

    client.post(reverse("accounts:hints"), {"page": "start_progress", "next": "/"})

    assert f'href="{start}#agency"' not in client.get("/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_steps_do_not_grow(client, administrator, count, django_assert_num_queries):
    for place in DepartmentFactory.create_batch(count):
        appoint(PersonFactory(), department=place)
        make_unit()
    # session, person, offices, menu; departments, appointments, portfolios, who holds nothing,
    # units; invitations; regulation twice, told, plans
    with django_assert_num_queries(14):
        client.get(reverse("accounts:start"))
