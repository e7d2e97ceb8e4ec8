"""Visits over HTTP: lists, one visit, its report and its acceptance."""

import csv
import io
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from fieldvisits.actions import visits
from fieldvisits.choices import VisitState
from fieldvisits.models import Visit
from tests.factories.agency import add_visit, approved_visit, make_agency, make_plan
from tests.factories.fieldvisits import report_fields

pytestmark = pytest.mark.django_db
DAY = date(2018, 9, 24)


@pytest.fixture
def clock():
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def agency(clock):
    return make_agency()


@pytest.fixture
def visit(agency, clock, client):
    visit = approved_visit(agency, DAY, kind="thematic")
    clock.move_to("2018-09-26 09:00+07:00")
    client.force_login(agency.cadre)
    return visit


def report_url(visit):
    return reverse("fieldvisits:visit-report", args=[visit.pk])


def reported(visit, by, **changed):
    visits.report(
        visit,
        by=by,
        result="Đã khảo sát 104 phiếu tại ba xã",
        starts_on=visit.starts_on,
        ends_on=visit.ends_on,
        session=changed.get("session", visit.session),
    )
    return visit


# ---- reporting ---------------------------------------------------------------------------


def test_report_sent_twice_is_one_report(client, visit):
    fields = report_fields(version=visit.version, session="morning")
    answers = [client.post(report_url(visit), fields) for _ in range(2)]

    visit.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 409]
    assert (visit.state, visit.session) == (VisitState.REPORTED, "morning")
    assert visit.steps.filter(name="report").count() == 1


WRONG = {
    "no such day": ({"starts_on": "31/02/2018"}, "starts_on"),
    "a day not approved": ({"ends_on": "25/09/2018"}, "starts_on"),
    "last before first": ({"ends_on": "23/09/2018"}, "ends_on"),
    "year 9999": ({"ends_on": "01/01/9999"}, "ends_on"),
    "vague": ({"result": "Tốt"}, "result"),
    "empty": ({"result": ""}, "result"),
    "NUL": ({"result": "Đã khảo\0 sát 104 phiếu tại ba xã"}, "result"),
    "1 MB": ({"result": "tốt " * 250_000}, "result"),
    "no session": ({"session": ""}, "session"),
}


@pytest.mark.parametrize(("typed", "field"), WRONG.values(), ids=WRONG)
def test_wrong_report_is_refused_at_its_field_and_keeps_what_was_typed(client, visit, typed, field):
    answer = client.post(report_url(visit), report_fields(**typed))

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert answer.context["form"]["result"].value() == report_fields(**typed)["result"]
    visit.refresh_from_db()
    assert (visit.state, visit.result) == (VisitState.APPROVED, "")


def test_report_before_the_last_day_is_refused(client, visit, clock):
    clock.move_to("2018-09-23 09:00+07:00")

    answer = client.post(report_url(visit), report_fields())

    assert answer.context["form"].errors["ends_on"]


def test_report_of_somebody_else_is_refused(client, agency, visit):
    client.force_login(agency.head)

    assert client.get(report_url(visit)).status_code == 403
    assert client.post(report_url(visit), report_fields()).status_code == 403


def test_stale_report_keeps_what_was_typed(client, visit):
    answer = client.post(report_url(visit), report_fields(version=0))

    assert answer.status_code == 409
    assert "104 phiếu" in answer.content.decode()


# ---- one visit ---------------------------------------------------------------------------


def test_visit_shows_planned_beside_done(client, agency, visit):
    reported(visit, agency.cadre, session="morning")

    page = client.get(visit.get_absolute_url())

    first = page.context["page"].comparison[0]
    assert first.differs
    assert "cả ngày" in first.planned
    assert "sáng" in first.done
    assert "104 phiếu" in page.content.decode()


def test_result_is_hidden_from_who_may_not_read_it(client, agency, visit):
    reported(visit, agency.cadre)
    client.force_login(agency.stranger)

    page = client.get(visit.get_absolute_url()).content.decode()

    assert "104 phiếu" not in page
    assert "vay vốn" not in page  # the content
    assert "Thường trực Thành đoàn xem" in page


def test_thematic_days_are_provisional_until_the_product(client, agency, visit):
    visits.accept(reported(visit, agency.cadre), by=agency.head)

    page = client.get(visit.get_absolute_url()).content.decode()

    assert "đang tạm tính" in page
    assert "09/10/2018" in page


def test_proposed_visit_of_somebody_else_does_not_exist(client, agency, visit, clock):
    proposed = add_visit(make_plan(agency, visit.quarter.next), agency.unit, date(2018, 10, 16))
    client.force_login(agency.colleague)

    for path in ("", "report/", "steps/withdraw/", "steps/fly/"):
        assert client.get(f"{proposed.get_absolute_url()}{path}").status_code == 404


def test_superior_sends_a_result_back_with_a_reason(client, agency, visit):
    reported(visit, agency.cadre)
    client.force_login(agency.head)
    url = reverse("fieldvisits:visit-step", args=[visit.pk, "send_back"])

    assert client.post(url, {"comment": ""}).status_code == 422
    assert client.post(url, {"comment": "Ghi rõ tên ba xã"}).status_code == 302
    visit.refresh_from_db()
    assert visit.state == VisitState.APPROVED


# ---- lists ---------------------------------------------------------------------------------


def test_list_shows_approved_visits_of_the_agency_and_no_proposed_ones(client, agency, visit):
    add_visit(make_plan(agency, visit.quarter.next), agency.unit, date(2018, 10, 16))
    client.force_login(agency.stranger)

    lines = client.get("/visits/").context["lines"]

    assert [line.visit for line in lines] == [visit]


FOUND = [
    ("year=2018", 1), ("year=2019", 0), ("quarter=3", 1), ("quarter=4", 0), ("state=approved", 1),
    ("state=reported", 0), ("kind=thematic", 1), ("kind=inspection", 0), ("unit=soc+son", 1),
    ("unit=ba+vi", 0), ("person=tran+thu", 1), ("person=binh", 0), ("whose=mine", 1),
    ("waiting=me", 0), ("year=x&state=y&department=z&page=-1", 1), ("unit=%00", 1),
    ("page=99999999999", 0), ("page=9999999999999999999999", 1), ("page=2", 0),
]  # fmt: skip


@pytest.mark.parametrize(("query", "count"), FOUND)
def test_filter_stays_in_the_address_and_never_breaks(client, visit, query, count):
    answer = client.get(f"/visits/?{query}")

    assert answer.status_code == 200
    assert len(answer.context["lines"]) == count


def test_export_has_the_same_rows_and_no_formula(client, agency, visit):
    agency.cadre.describe('=HYPERLINK("x")').save()

    text = b"".join(client.get("/visits/?whose=mine&format=csv").streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))

    assert len(rows) == 2
    assert rows[1][1] == '\'=HYPERLINK("x")'
    none = b"".join(client.get("/visits/?year=2019&format=csv").streaming_content).decode()
    assert none.count("\n") == 1


def test_bulk_acceptance_tells_each_result(client, agency, visit):
    own = reported(visit, agency.cadre)
    client.force_login(agency.head)
    assert [line.visit for line in client.get("/visits/?waiting=me").context["lines"]] == [own]

    url = reverse("fieldvisits:visit-accept-all")
    ticked = {"visit": [own.pk, "x", "\0", "9" * 30]}
    first, second = (client.post(url, ticked, follow=True) for _ in range(2))

    assert "Đã công nhận 1 kết quả" in first.content.decode()
    assert "Không còn thực hiện được" in second.content.decode()
    own.refresh_from_db()
    assert own.state == VisitState.ACCEPTED
    assert own.steps.filter(name="accept").count() == 1


def test_bulk_acceptance_of_ones_own_result_is_refused(client, agency, visit):
    reported(visit, agency.cadre)

    client.post(reverse("fieldvisits:visit-accept-all"), {"visit": [visit.pk]})

    visit.refresh_from_db()
    assert visit.state == VisitState.REPORTED


# ---- how many questions the pages ask the database -----------------------------------------


def more(visit, count):
    """Copies of ``visit`` for the same cadre, a day later each, without papers behind them."""
    for number in range(1, count):
        Visit.objects.create(
            code=f"X{number}",
            cadre=visit.cadre,
            unit=visit.unit,
            starts_on=date(2018, 9, 24 - number),
            ends_on=date(2018, 9, 24 - number),
            kind="working_session",
            state=visit.state,
            superior=visit.superior,
            content="Làm việc",
        )


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("query", "number"), [("", 7), ("waiting=me", 9)])
def test_visit_list_query_count_does_not_grow(  # noqa: PLR0917 -- as above
    client, agency, visit, count, query, number, django_assert_num_queries
):
    if query:
        reported(visit, agency.cadre)
    more(visit, count)
    client.force_login(agency.head)

    with django_assert_num_queries(number):
        assert len(client.get(f"/visits/?{query}").context["lines"]) == count


def test_visit_page_asks_a_fixed_number_of_questions(
    client, agency, visit, django_assert_num_queries
):
    reported(visit, agency.cadre)
    client.force_login(agency.head)

    # session, person, offices 2, visit, unit names, steps, frozen version, regulation,
    # department of the cadre, superiors 2, half-days with reasons
    with django_assert_num_queries(13):
        client.get(visit.get_absolute_url())
