"""Pages of departments and units: lists of any day, events previewed, confirmed, taken back."""

from datetime import date

import pytest
import time_machine

from accounts.choices import Body, Office
from accounts.models import DepartmentSuccession, OrganisationEvent, Unit, UnitSuccession
from fieldvisits.choices import VisitState
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint, make_unit
from tests.factories.agency import approved_visit, make_agency

pytestmark = pytest.mark.django_db
DEPARTMENTS, UNITS = "/organisation/departments/", "/organisation/units/"
EVENT = {"on": "01/11/2018", "decision_number": "12-QĐ/TĐTN", "decision_on": "", "seen": ""}


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def browser(client):
    person = PersonFactory(full_name="Quản trị")
    appoint(person, body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR)
    client.force_login(person)
    return client


def confirmed(browser, address, fields):
    """The first POST shows what is concerned, the second confirms it."""
    shown = browser.post(address, fields)
    assert shown.status_code == 200, shown.context["form"].errors
    mark = shown.context["preview"].mark
    return shown, browser.post(address, fields | {"seen": mark})


def test_lists_show_what_existed_on_a_day_or_had_ended(browser):
    make_unit(place="Hà Tây", ends_on=date(2018, 6, 30))
    make_unit(place="Ba Vì")

    def names(query):
        return [row.union_name for row in browser.get(UNITS + query).context["page"].rows]

    assert names("") == ["Huyện đoàn Ba Vì"]
    assert names("?state=ended") == ["Huyện đoàn Hà Tây"]
    assert names("?on=01/05/2018&name=ha+tay") == ["Huyện đoàn Hà Tây"]
    assert b"U" in browser.get(UNITS + "?format=csv").getvalue()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_query_count_does_not_grow(browser, count, django_assert_num_queries):
    for _n in range(count):
        make_unit(parent=make_unit())
        DepartmentFactory()

    with django_assert_num_queries(7):  # session, person, offices, rows, parents 2, queues
        browser.get(UNITS)
    with django_assert_num_queries(5):  # session, person, offices, rows, queues
        browser.get(DEPARTMENTS)


def in_rows(*rows):
    told = {"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        told |= {f"rows-{number}-{name}": said for name, said in row.items()}
    return told


def test_department_is_founded_renamed_and_shown_on_any_day(browser):
    made = {"code": "MOI", "name": "Ban Mới", "short_name": "Mới", "department_kind": "department"}
    page = browser.post(f"{DEPARTMENTS}new/", made | EVENT | {"on": "01/10/2018"}, follow=True)
    here = page.request["PATH_INFO"]

    browser.post(f"{here}rename/", {"name": "Ban Khác", "short_name": "Khác"} | EVENT)

    assert browser.get(here).context["name"] == "Ban Mới"
    page = browser.get(f"{here}?on=02/11/2018")
    assert page.context["name"] == "Ban Khác"
    assert "12-QĐ/TĐTN" in page.content.decode()
    assert not browser.get(f"{here}?on=01/09/2018").context["page"].exists


def test_merge_shows_papers_and_people_before_it_is_confirmed_and_can_be_taken_back(browser):
    agency = make_agency()
    visit = approved_visit(agency, date(2018, 11, 6))
    here = f"{DEPARTMENTS}{agency.rural.pk}/"
    fields = {"into": agency.office.pk, "moves_people": "on"} | in_rows() | EVENT

    shown, done = confirmed(browser, f"{here}merge/", fields)

    said = shown.content.decode()
    assert visit.cadre.full_name in said
    assert done.status_code == 302
    assert DepartmentSuccession.objects.get().new == agency.office
    assert "journal" not in browser.get("/organisation/").content.decode()
    assert visit.ledger.values_list("department", flat=True)[0] == agency.office.pk
    event = browser.get(f"{here}undo/").context["event"]
    browser.post(f"{here}undo/", {"event": event.pk})
    assert not DepartmentSuccession.objects.exists()
    assert b"<s>" in browser.get(here).content


def test_unit_is_split_over_as_many_as_are_added_row_by_row(browser):
    unit = make_unit(place="Cũ")
    heirs = [make_unit(place=f"Mới {number}") for number in range(5)]
    here = f"{UNITS}{unit.pk}/end/"
    rows = []
    for number, heir in enumerate(heirs):
        rows.append({"heir": heir.pk, "share": "part" if number else "main"})
        page = browser.post(here, EVENT | in_rows(*rows) | {"add_row": "1"})
        assert (page.status_code, page.context["rows"].total_form_count()) == (200, number + 2)
    typed = [(row["heir"].value(), row["share"].value()) for row in page.context["rows"]]
    assert typed == [*((str(row["heir"]), row["share"]) for row in rows), (None, None)]
    shown = page.content.decode()
    assert "12-QĐ/TĐTN" in shown
    assert 'class="err"' not in shown
    assert not UnitSuccession.objects.exists()

    confirmed(browser, here, EVENT | in_rows(*rows, {"heir": "", "share": ""}))

    assert UnitSuccession.objects.filter(old=unit).count() == 5


def test_new_department_begins_out_of_two_at_least(browser):
    department = DepartmentFactory()
    new = {"into": "", "code": "M", "name": "Ban Mới", "short_name": "Mới"}

    page = browser.post(f"{DEPARTMENTS}{department.pk}/merge/", EVENT | in_rows({}) | new)

    assert page.status_code == 422
    assert list(page.context["rows"].errors[0]) == ["partner"]
    assert 'href="#id_rows-0-partner"' in page.content.decode()
    assert (
        browser.post(f"{DEPARTMENTS}{department.pk}/merge/", EVENT | in_rows() | new)
        .context["form"]
        .non_field_errors()
    )


def test_unit_is_split_and_visits_after_it_stay_approved(browser):
    agency = make_agency()
    visit = approved_visit(agency, date(2018, 11, 6))
    one, two = make_unit(place="Một"), make_unit(place="Hai")
    fields = in_rows({"heir": one.pk, "share": "main"}, {"heir": two.pk, "share": "part"}) | EVENT

    shown, _done = confirmed(browser, f"{UNITS}{agency.unit.pk}/end/", fields)

    assert visit.cadre.full_name in shown.content.decode()
    assert UnitSuccession.objects.count() == 2
    visit.refresh_from_db()
    assert visit.state == VisitState.APPROVED
    assert not Unit.objects.get(pk=agency.unit.pk).exists_on(date(2018, 11, 1))


@pytest.mark.parametrize(
    ("row", "fields", "at"),
    [
        ({"heir": "x", "share": "whole"}, {}, "heir"),
        ({"heir": "own"}, {}, "share"),
        ({}, {"on": "31/02/2018"}, "on"),
        ({}, {"on": "01/01/2010"}, "on"),
        ({"heir": "own", "share": "whole"}, {}, "heir"),
    ],
)
def test_refusal_stands_at_its_field_and_what_was_typed_stays(browser, row, fields, at):
    department = DepartmentFactory()
    row = {name: department.pk if said == "own" else said for name, said in row.items()}

    page = browser.post(f"{DEPARTMENTS}{department.pk}/end/", EVENT | in_rows(row) | fields)

    assert page.status_code == 422
    assert [*page.context["form"].errors, *page.context["rows"].errors[0]] == [at]
    assert "12-QĐ/TĐTN" in page.content.decode()
    assert not OrganisationEvent.objects.exists()


def test_who_answers_for_an_ended_district_is_named_on_its_page(browser):
    district = make_unit(place="Hà Tây", ends_on=date(2018, 6, 30))
    ward = make_unit(place="Hà Đông", level="commune", starts_on=date(2018, 7, 1))
    here = f"{UNITS}{district.pk}/"
    assert f"{here}successor/" in browser.get(here).content.decode()

    answer = browser.post(f"{here}successor/", {"successor": ward.pk, "decision_number": "1"})

    assert answer.status_code == 302
    assert UnitSuccession.objects.get().new == ward
    assert "Hà Đông" in browser.get(here).content.decode()
