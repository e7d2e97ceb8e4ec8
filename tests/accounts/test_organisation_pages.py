"""The administrator's screens of people and offices."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.choices import Body, Office
from accounts.models import Appointment, Delivery, OrganisationEvent, Person
from tests.factories.accounts import ExemptionFactory, PersonFactory, appoint
from tests.factories.agency import make_agency
from tests.factories.delegations import delegate
from tests.factories.links import invited, newcomer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency():
    agency = make_agency()
    agency.administrator = PersonFactory(full_name="Quản trị")
    appoint(agency.administrator, body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR)
    return agency


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def text_of(answer):
    return b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()


def names(agency, query):
    page = browser_of(agency.administrator).get(f"/organisation/people/?{query}")
    return [row.person.full_name for row in page.context["rows"]]


def test_people_are_found_without_diacritics_in_vietnamese_order(agency):
    for name in ("Đỗ Thị Đường", "Đỗ Thị Đường Lê", "Đỗ Thị Ánh"):
        PersonFactory(full_name=name)

    assert names(agency, "q=do+thi+duong") == ["Đỗ Thị Đường", "Đỗ Thị Đường Lê"]
    assert names(agency, "q=do+thi") == ["Đỗ Thị Ánh", "Đỗ Thị Đường", "Đỗ Thị Đường Lê"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("office=department:head&department={rural}", {"Phạm Đức Long"}),
        ("standing=gone", {"Đã thôi"}),
        ("standing=none", {"Chưa có"}),
        ("account=without", {"Chưa có"}),
        ("scope=out", {"Đã thôi"}),
        ("account=blocked", set()),
        ("account=waiting", {"Được mời"}),
        ("department=x&office=y", None),  # what cannot be read is left out
    ],
)
def test_people_are_filtered_by_what_stands_in_the_address(agency, query, found):
    gone = PersonFactory(full_name="Đã thôi", in_scope=False)
    appoint(gone, department=agency.rural, ends_on=date(2018, 9, 30))
    PersonFactory(full_name="Chưa có", email=None)
    coming = newcomer(full_name="Được mời")
    appoint(coming, department=agency.rural)
    invited(coming, by=agency.administrator)

    shown = set(names(agency, query.format(rural=agency.rural.pk)))

    assert len(shown) == Person.objects.count() if found is None else shown == found


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_people_takes_the_same_queries(agency, count, django_assert_num_queries):
    for _number in range(count):
        appoint(PersonFactory(full_name="Ngô Văn Ước"), department=agency.rural)
    browser = browser_of(agency.administrator)
    browser.get("/organisation/people/")  # what is prepared once is prepared

    # session, person, offices, departments and versions for the filter, the page of people,
    # their offices with departments' versions, the menu
    with django_assert_num_queries(9):
        page = browser.get("/organisation/people/?q=ngo+van+uoc")

    assert len(page.context["rows"]) == count


def test_list_of_people_goes_on_from_its_last_row_and_into_a_file(agency, monkeypatch):
    monkeypatch.setattr("accounts.views.people.PER_PAGE", 4)
    browser = browser_of(agency.administrator)
    first = browser.get("/organisation/people/").context["page"]
    second = browser.get(f"/organisation/people/{first.next_url}").context["page"]

    shown = [row.pk for row in (*first.rows, *second.rows)]
    in_order = list(Person.objects.order_by("sort_key", "pk").values_list("pk", flat=True))
    assert shown == in_order[:8]
    file = text_of(browser.get("/organisation/people/?format=csv&q=tran+thu"))
    assert "Trần Thu Hà" in file
    assert "Phạm Đức Long" not in file


def test_person_is_added_with_the_next_code_and_a_taken_email_is_said_at_its_field(agency):
    Person.objects.filter(pk=agency.cadre.pk).update(code="CB041", email="ha@example.org")
    browser, address = browser_of(agency.administrator), "/organisation/people/new/"
    page = text_of(browser.get(address))
    assert 'name="code" value="P' in page
    sent = {"code": "CB042", "full_name": " Đỗ  Thị Đường", "email": "HA@example.org",
            "in_scope": "on"}  # fmt: skip

    refused = browser.post(address, sent)
    assert refused.status_code == 422
    assert "Đồng chí Trần Thu Hà (CB041) đã dùng" in str(refused.context["form"].errors["email"])
    answer = browser.post(address, sent | {"email": "duong@example.org"})

    new = Person.objects.get(code="CB042")
    assert answer.url == f"/organisation/people/{new.pk}/"
    assert (new.full_name, new.has_usable_password()) == ("Đỗ Thị Đường", False)
    assert OrganisationEvent.objects.get().kind == "added"


def test_address_changed_among_the_particulars_is_told_and_on_the_record_of_the_account(agency):
    person, browser = agency.cadre, browser_of(agency.administrator)
    old, address = person.email, f"/organisation/people/{person.pk}/edit/"
    seen = browser.get(address).context["form"]["seen"].value()

    browser.post(address, {"full_name": "Trần Thu Hà", "email": "moi@x.org", "seen": seen})

    assert person.account_events.get().note == f"{old} → moi@x.org"
    told = Delivery.objects.filter(item__recipient=person, item__key__startswith="email-changed")
    assert set(told.values_list("address", flat=True)) == {old, "moi@x.org"}


def test_particulars_changed_by_two_are_not_lost(agency):
    browser = browser_of(agency.administrator)
    address = f"/organisation/people/{agency.cadre.pk}/edit/"
    seen = browser.get(address).context["form"]["seen"].value()
    sent = {"full_name": "Trần Thu Hà", "email": agency.cadre.email, "in_scope": "on"}
    browser.post(address, sent | {"phone": "0911", "seen": seen})

    second = browser.post(address, sent | {"phone": "0922", "seen": seen})

    assert second.status_code == 409
    assert "0911" in text_of(second)
    assert Person.objects.get(pk=agency.cadre.pk).phone == "0911"
    again = second.context["form"]["seen"].value()
    assert browser.post(address, sent | {"phone": "0922", "seen": again}).status_code == 302


def test_page_of_a_person_shows_offices_drawn_and_in_words(agency):
    delegate(agency.head, agency.cadre)
    ExemptionFactory(person=agency.cadre, starts_on=date(2018, 12, 1))

    page = text_of(browser_of(agency.administrator).get(f"/organisation/people/{agency.cadre.pk}/"))

    assert page.count('class="f-done"') == 2  # the office, and standing in
    assert 'class="f-appr"' in page
    assert f"/people/{agency.cadre.pk}/leave/" in page
    assert "Ban Thanh niên Nông thôn" in page


def test_appointment_is_shown_first_and_then_confirmed(agency):
    new = PersonFactory(full_name="Đỗ Thị Đường", email=None)
    browser, address = browser_of(agency.administrator), f"/organisation/people/{new.pk}/appoint/"
    sent = {"office": "department:cadre", "department": agency.rural.pk, "starts_on": "15/10/2018",
            "decision_number": "12-QĐ"}  # fmt: skip
    shown = browser.post(address, sent)
    assert "chưa có thư điện tử" in text_of(shown)
    assert not Appointment.objects.filter(person=new).exists()

    seen = shown.context["form"]["seen"].value()
    answer = browser.post(address, sent | {"seen": seen})

    assert answer.url == f"/organisation/people/{new.pk}/"
    assert Appointment.objects.get(person=new).department == agency.rural


def test_office_is_ended_moved_and_corrected_from_its_pages(agency):
    browser = browser_of(agency.administrator)
    row = agency.colleague.appointments.get()
    for name, sent in {
        "correct": {"office": "department:cadre", "department": agency.rural.pk,
                    "starts_on": "01/02/2016"},
        "move": {"department": agency.office.pk, "office": "deputy", "starts_on": "15/10/2018"},
        "end": {"last_day": "10/10/2018"},
    }.items():  # fmt: skip
        address = f"/organisation/offices/{row.pk}/{name}/"
        shown = browser.post(address, sent)
        assert shown.status_code == 200, name
        seen = shown.context["form"]["seen"].value()
        assert browser.post(address, sent | {"seen": seen}).status_code == 302, name

    offices = agency.colleague.appointments.order_by("starts_on")
    assert [(one.office, f"{one.ends_on}") for one in offices] == [
        ("cadre", "2018-10-10"), ("deputy", "None"),
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["people/", "portfolios/", "exemptions/", "delegations/"])
def test_organisation_is_the_administrators_alone(agency, address):
    for role in ("secretary", "coordinator", "cadre"):
        assert browser_of(getattr(agency, role)).get(f"/organisation/{address}").status_code == 404
    assert browser_of(agency.administrator).get(f"/organisation/{address}").status_code == 200


def test_exemptions_and_delegations_are_listed_by_standing(agency):
    ExemptionFactory(person=agency.cadre, starts_on=date(2018, 9, 1))
    ExemptionFactory(person=agency.colleague, starts_on=date(2018, 12, 1))
    delegate(agency.head, agency.cadre)
    browser = browser_of(agency.administrator)

    for name, query, count in (
        ("exemptions", "when=now", 1), ("exemptions", "when=later&q=chien", 1),
        ("exemptions", "when=over", 0), ("delegations", "when=now&body=department", 1),
        ("delegations", "when=over", 0), ("delegations", "q=long", 1),
    ):  # fmt: skip
        page = browser.get(f"/organisation/{name}/?{query}")
        assert len(page.context["rows"]) == count, (name, query)
        file = text_of(browser.get(f"/organisation/{name}/?{query}&format=csv"))
        assert file.count("\r\n") == count + 1
