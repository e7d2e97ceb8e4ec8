"""Days off by year: the office's own beside the proposal, changed on record (R21)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import OrganisationEvent
from fieldvisits.actions import holidays
from fieldvisits.models import Holiday
from fieldvisits.overview.holidays import holiday_page
from fieldvisits.proposals import proposed
from reports.figures import Window
from tests.factories.accounts import PersonFactory, make_administrator

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY = date(2018, 10, 19), date(2018, 10, 20)
PAGE = "/organisation/holidays/?year=2018"


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def administrator():
    return make_administrator(full_name="Quản trị")


def working_days():
    return len(Window.read(2018, date(2018, 12, 31)).working_days)


def test_day_off_and_its_make_up_saturday_move_pace_and_due_day(client, administrator):
    before = working_days()
    client.force_login(administrator)
    day = {"do": "save", "kind": "off", "name": "Nghỉ", "date": "19/10/2018"}
    assert client.post(PAGE, day).status_code == 302
    assert working_days() == before - 1
    assert (42, date(2018, 10, 22)) in holiday_page(2018).now.moved_dues

    work = day | {"kind": "makeup_work", "name": "Làm bù", "date": "20/10/2018"}
    client.post(PAGE, work)

    assert working_days() == before
    assert (42, SATURDAY) in holiday_page(2018).now.moved_dues
    assert OrganisationEvent.objects.filter(subject_code="2018").count() == 2
    assert holiday_page(2018).differing == 2


def test_only_weekends_are_worked_to_make_up(client, administrator):
    client.force_login(administrator)
    work = {"do": "save", "kind": "makeup_work", "name": "Làm bù", "date": "19/10/2018"}

    page = client.post(PAGE, work)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"date"}
    assert not Holiday.objects.filter(date=FRIDAY).exists()


def test_proposal_of_a_year_is_taken_over_as_it_was_seen(administrator):
    holidays.remove_day(date(2018, 9, 3), by=administrator)
    holidays.set_day(FRIDAY, kind="off", name="Nghỉ", by=administrator)
    seen = holidays.mark_of(2018)
    with pytest.raises(ValidationError, match="đã thay đổi"):
        holidays.take_over(2018, by=administrator, seen="else")

    assert holidays.take_over(2018, by=administrator, seen=seen) == 2

    own = Holiday.objects.filter(date__year=2018).values_list("date", "kind", "name")
    assert list(own) == [(day.date, day.kind, day.name) for day in proposed(2018)]


def test_year_beyond_the_table_is_computed(administrator):
    days = {day.date: day.name for day in proposed(2028)}

    assert days[date(2028, 1, 26)] == "Tết Nguyên Đán"
    assert not holiday_page(2028).announced
    assert proposed(1990) == ()


def test_days_off_are_the_administrators(client):
    person = PersonFactory()
    client.force_login(person)

    assert client.get(PAGE).status_code == 404
    with pytest.raises(PermissionDenied):
        holidays.set_day(FRIDAY, kind="off", name="Nghỉ", by=person)
