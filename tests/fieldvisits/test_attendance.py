"""R3: attending an activity is logged, read by the superior, and counts nothing."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import InboxItem
from fieldvisits.actions import attendances, visits
from fieldvisits.actions.door import take
from fieldvisits.history import contradictions
from fieldvisits.ledger.checking import disagreements
from fieldvisits.ledger.totals import totals
from fieldvisits.models import LedgerEntry, Visit
from tests.factories.agency import approved_visit, make_agency

pytestmark = pytest.mark.django_db
TODAY = date(2018, 10, 10)
ACTIVITY = "Lễ ra quân tháng thanh niên do huyện đoàn tổ chức"
ROLE = "Đại biểu tham dự"
FIELDS = {
    "starts_on": "10/10/2018", "ends_on": "", "session": "morning", "content": ACTIVITY,
    "role": ROLE,
}  # fmt: skip


@pytest.fixture(autouse=True)
def tenth_of_october():
    with (
        override("en"),
        time_machine.travel("2018-10-10 09:00+07:00", tick=False) as traveller,
    ):
        yield traveller


@pytest.fixture
def agency(tenth_of_october):
    return make_agency()


@pytest.fixture(autouse=True)
def books_agree(agency):
    yield
    assert (list(disagreements()), list(contradictions())) == ([], [])


def log(agency, first=TODAY, last=None, **fields):
    values = {"unit": agency.unit, "session": "full", "content": ACTIVITY, "role": ROLE, **fields}
    visit = Visit(starts_on=first, ends_on=last or first, **values)
    return attendances.log(visit, by=agency.cadre)


def browser_of(person):
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(person)
    return browser


def test_logged_attendance_waits_for_the_head_and_takes_no_slot(agency):
    visit = log(agency)

    assert (visit.state, visit.superior, visit.plan) == ("reported", agency.head, None)
    assert not LedgerEntry.objects.filter(visit=visit, live=True).exists()
    assert InboxItem.objects.get().recipient == agency.head


def test_accepted_attendance_counts_nothing_anywhere(agency):
    visits.accept(log(agency), by=agency.head)

    (found,) = totals(date(2018, 1, 1), date(2018, 12, 31), TODAY).values()
    assert (found.planned, found.carried_out, found.accepted, found.ad_hoc) == (0, 0, 0, 0)
    assert found.event_attendance == 2


def test_attendance_stands_beside_an_approved_visit_in_the_same_half_day(agency, tenth_of_october):
    approved_visit(agency, date(2018, 10, 11))
    tenth_of_october.move_to("2018-10-11 17:00+07:00")

    assert log(agency, date(2018, 10, 11)).state == "reported"


def test_attendance_logged_twice_is_one(agency):
    assert log(agency).pk == log(agency).pk
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"first": date(2018, 10, 11)}, "ends_on"),
        ({"role": " "}, "role"),
        ({"content": "Dự lễ"}, "content"),
        ({"last": date(2018, 10, 9)}, "ends_on"),
    ],
)
def test_attendance_that_says_too_little_or_lies_ahead_is_refused(agency, fields, at):
    with pytest.raises(ValidationError) as refused:
        log(agency, **fields)
    assert set(refused.value.message_dict) == {at}
    assert not Visit.objects.exists()


def test_only_an_attendance_is_logged(agency):
    """The control: the step itself refuses a kind that counts."""
    visit = approved_visit(agency, date(2018, 10, 11))
    Visit.objects.filter(pk=visit.pk).update(state="proposed")
    with pytest.raises(PermissionDenied, match="without an approval"):
        take(visit, "log", by=agency.cadre)
    Visit.objects.filter(pk=visit.pk).update(state="approved")


def test_nobody_but_the_superior_accepts_an_attendance(agency):
    visit = log(agency)
    for by in (agency.cadre, agency.colleague, agency.secretary):
        with pytest.raises(PermissionDenied):
            visits.accept(visit, by=by)


def test_attendance_is_withdrawn_until_it_is_accepted_and_never_sent_back(agency):
    first, second = log(agency), log(agency, session="morning")
    with pytest.raises(PermissionDenied, match="never approved"):
        visits.send_back(first, by=agency.head, comment="Sai")
    visits.withdraw(first, by=agency.cadre)
    visits.accept(second, by=agency.head)
    with pytest.raises(ValidationError):
        visits.withdraw(second, by=agency.cadre)

    assert (first.state, second.state) == ("cancelled", "accepted")


def test_reported_visit_that_counts_is_not_withdrawn(agency, tenth_of_october):
    visit = approved_visit(agency, date(2018, 10, 11))
    tenth_of_october.move_to("2018-10-12 09:00+07:00")
    said = {"starts_on": visit.starts_on, "ends_on": visit.ends_on, "session": "full"}
    visits.report(visit, by=agency.cadre, result="Đã làm xong việc theo kế hoạch", **said)

    with pytest.raises(PermissionDenied, match="send it back"):
        visits.withdraw(visit, by=agency.cadre)


def test_attendance_logged_through_the_page_shows_its_role_to_the_head(agency):
    fields = {**FIELDS, "unit": agency.unit.pk}
    answer = browser_of(agency.cadre).post(reverse("fieldvisits:attendance-log"), fields)
    visit = Visit.objects.get()
    assert (answer.status_code, answer.url) == (302, visit.get_absolute_url())
    page = browser_of(agency.cadre).get(answer.url).content.decode()
    asked = browser_of(agency.head).get(
        reverse("fieldvisits:visit-step", args=[visit.pk, "accept"])
    )

    assert "counts 0 days" in page
    assert ROLE in asked.content.decode()


def test_attendance_form_keeps_what_was_typed(agency):
    fields = {**FIELDS, "unit": agency.unit.pk, "role": "", "starts_on": "31/02/2018"}
    answer = browser_of(agency.cadre).post(reverse("fieldvisits:attendance-log"), fields)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"role", "starts_on"}
    assert ACTIVITY in answer.content.decode()
    assert "joint activity" in answer.content.decode()


def test_attendance_page_is_not_found_by_who_goes_on_no_visits(agency):
    agency.stranger.appointments.all().delete()
    browser = browser_of(agency.stranger)
    for name in ("attendance-log", "request-new", "request-list"):
        assert browser.get(reverse(f"fieldvisits:{name}")).status_code == 404
