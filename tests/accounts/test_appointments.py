"""Offices given, ended, changed and corrected: shown first, on a decision, on record."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actions import appointments as actions
from accounts.actions.organisation import Decision
from accounts.choices import Body, Office
from accounts.consequences import preview
from accounts.models import Appointment, OrganisationEvent, Portfolio
from fieldvisits.calendar import Quarter
from tests.factories.accounts import PersonFactory, appoint, make_administrator
from tests.factories.agency import make_agency, make_plan
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
OCTOBER, DECEMBER = date(2018, 10, 15), date(2018, 12, 31)
DECISION = Decision("12-QĐ/TĐTN", date(2018, 10, 1))


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency():
    return make_agency("administrator")


def office(person, **fields):
    values = {"body": Body.DEPARTMENT, "office": Office.CADRE, "starts_on": OCTOBER, **fields}
    return Appointment(person=person, **values)


def give(agency, row, by=None):
    seen = preview(actions.change_of_appointing(row)).mark
    return actions.appoint(row, by=by or agency.administrator, seen=seen, decision=DECISION)


def finish(agency, row, last_day):
    seen = preview(actions.change_of_ending(row, last_day)).mark
    return actions.end(row, by=agency.administrator, last_day=last_day, seen=seen)


def transfer(agency, row, department, office=Office.CADRE, on=OCTOBER):
    to = actions.moved(row, department, office, on)
    seen = preview(actions.change_of_moving(row, to)).mark
    return actions.move(row, by=agency.administrator, to=to, seen=seen)


def said(row, change):
    return " ".join(one.text for one in preview(change).rows)


def held_by(person):
    rows = person.appointments.order_by("starts_on")
    return list(rows.values_list("office", "starts_on", "ends_on"))


def test_appointment_is_written_with_its_decision_and_pressed_twice_is_one(agency):
    new = PersonFactory()
    give(agency, office(new, department=agency.rural))
    give(agency, office(new, department=agency.rural))

    event = OrganisationEvent.objects.get()
    assert held_by(new) == [("cadre", OCTOBER, None)]
    assert (event.subject_code, event.kind, event.on) == (new.code, "appointed", OCTOBER)
    assert (event.decision_number, event.details["after"]["department"]) == ("12-QĐ/TĐTN", "NT")


@pytest.mark.parametrize("role", ["coordinator", "secretary", "head"])
def test_offices_are_given_by_the_administrator_alone(agency, role):
    with pytest.raises(PermissionDenied, match="Chỉ quản trị"):
        give(agency, office(PersonFactory(), department=agency.rural), by=getattr(agency, role))


@pytest.mark.parametrize(
    ("who", "fields", "field"),
    [
        ("cadre", {"department": "office"}, "department"),  # is in a department already
        ("new", {"department": "rural", "office": Office.HEAD}, "office"),  # there is a head
        ("new", {"body": Body.STANDING_COMMITTEE, "office": Office.SECRETARY}, "office"),
        ("member", {"body": Body.STANDING_COMMITTEE, "office": Office.MEMBER}, "office"),
        ("new", {"department": None}, "department"),
        ("new", {"body": Body.UNIT, "office": Office.REPRESENTATIVE}, "unit"),
        ("new", {"department": "rural", "office": Office.SECRETARY}, "office"),
        ("new", {"department": "rural", "ends_on": date(2018, 10, 14)}, "ends_on"),
        ("new", {"department": "rural", "starts_on": date(2010, 1, 1)}, "department"),
    ],
)
def test_office_that_does_not_fit_is_refused_at_its_field(agency, who, fields, field):
    person = PersonFactory() if who == "new" else getattr(agency, who)
    if isinstance(fields.get("department"), str):
        fields = {**fields, "department": getattr(agency, fields["department"])}
    before = Appointment.objects.count()

    with pytest.raises(ValidationError) as refusal:
        give(agency, office(person, **fields))

    assert list(refusal.value.error_dict) == [field]
    assert Appointment.objects.count() == before


def test_holder_is_told_once_of_an_office_given_and_ended(agency):
    new = PersonFactory()
    row = give(agency, office(new, department=agency.rural))
    give(agency, office(new, department=agency.rural))
    finish(agency, row, DECEMBER)
    give(agency, office(new, body=Body.UNIT, unit=agency.unit, office=Office.REPRESENTATIVE,
                        starts_on=date(2018, 1, 1), ends_on=date(2018, 2, 1)))  # fmt: skip

    told = new.inbox_items.filter(kind="appointed", delivery__isnull=False).order_by("pk")
    assert [item.subject for item in told] == [
        f"Từ ngày 15/10/2018, đồng chí là cán bộ, {agency.rural}",
        f"Ngày cuối đồng chí là cán bộ, {agency.rural}: 31/12/2018",
    ]
    assert told[0].body.startswith("Quyết định 12-QĐ/TĐTN ngày 01/10/2018.")


def test_change_of_department_ends_the_old_the_day_before(agency):
    row = agency.cadre.appointments.get()
    transfer(agency, row, agency.office)
    transfer(agency, row, agency.office)  # pressed twice

    assert held_by(agency.cadre) == [
        ("cadre", row.starts_on, date(2018, 10, 14)), ("cadre", OCTOBER, None),
    ]  # fmt: skip
    assert OrganisationEvent.objects.get().kind == "moved"


def test_days_already_made_follow_a_change_that_reaches_back(agency):
    visit = booked_visit(agency.cadre, "2018-09-18")
    row = agency.cadre.appointments.get()
    assert {one.department for one in visit.ledger.all()} == {agency.rural}
    to = actions.moved(row, agency.office, Office.CADRE, date(2018, 9, 1))
    assert "2 nửa ngày" in said(row, actions.change_of_moving(row, to))

    transfer(agency, row, agency.office, on=date(2018, 9, 1))

    assert {one.department for one in visit.ledger.all()} == {agency.office}


def test_end_of_a_head_says_what_is_left_behind(agency):
    make_plan(agency, Quarter(2018, 4), cadre=agency.head, days=(date(2018, 10, 9),))
    booked_visit(agency.head, "2018-11-20", state="approved")
    row = agency.head.appointments.get()

    words = said(row, actions.change_of_ending(row, DECEMBER.replace(day=1, month=11)))

    assert "không có trưởng ban" in words
    assert "không có phó trưởng ban" in words
    assert "1 chuyến đã duyệt" in words
    assert "Kế hoạch đang làm" in words


def test_end_of_a_members_seat_ends_their_portfolios(agency):
    row = agency.deputy_secretary.appointments.get()
    words = said(row, actions.change_of_ending(row, OCTOBER))
    assert "còn 2 đồng chí" in words
    assert "có mặt ít nhất 2" in words

    finish(agency, row, OCTOBER)

    assert Portfolio.objects.get().ends_on == OCTOBER
    assert {event.kind for event in OrganisationEvent.objects.all()} == {
        "portfolio", "office_ended",
    }  # fmt: skip


def test_what_changed_since_it_was_shown_is_shown_again(agency):
    row = agency.head.appointments.get()
    seen = preview(actions.change_of_ending(row, OCTOBER)).mark
    appoint(PersonFactory(), department=agency.rural, office=Office.DEPUTY)

    with pytest.raises(ValidationError, match="đã thay đổi") as refusal:
        actions.end(row, by=agency.administrator, last_day=OCTOBER, seen=seen)

    assert refusal.value.code == "stale"
    assert held_by(agency.head) == [("head", row.starts_on, None)]


def test_last_administrator_stays(agency):
    row = agency.administrator.appointments.get()
    with pytest.raises(ValidationError, match="quản trị cuối cùng"):
        finish(agency, row, OCTOBER)

    make_administrator()
    assert finish(agency, row, OCTOBER).ends_on == OCTOBER


def test_mistaken_entry_is_corrected_or_taken_out_while_nothing_was_done_in_it(agency):
    row = appoint(PersonFactory(), department=agency.rural, starts_on=date(2018, 10, 1))
    wanted = {
        "body": Body.DEPARTMENT, "office": Office.DEPUTY, "department": agency.office,
        "unit": None, "starts_on": date(2018, 10, 1), "ends_on": None,
    }  # fmt: skip
    new = Appointment(pk=row.pk, person=row.person, **wanted)
    change = actions.Change(person=row.person, on=new.starts_on, ends=row, begins=new)
    actions.correct(row, by=agency.administrator, seen=preview(change).mark, **wanted)
    assert held_by(row.person) == [("deputy", date(2018, 10, 1), None)]

    actions.withdraw(row, by=agency.administrator)
    actions.withdraw(row, by=agency.administrator)  # pressed twice

    assert held_by(row.person) == []
    assert [one.kind for one in OrganisationEvent.objects.all()] == ["withdrawn", "corrected"]


def test_entry_in_which_something_was_done_is_only_ended(agency):
    booked_visit(agency.cadre, "2018-09-18")
    row = agency.cadre.appointments.get()

    with pytest.raises(ValidationError, match="kết thúc") as refusal:
        actions.withdraw(row, by=agency.administrator)

    assert refusal.value.code == "used"
    assert finish(agency, row, OCTOBER).ends_on == OCTOBER
