"""What the system holds about a person: nothing is left out, nothing of others is in."""

import io

import pytest
from openpyxl import load_workbook

from accounts.choices import EventKind
from accounts.holdings import Holding, holdings, register
from accounts.models import Person
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint
from tests.factories.sign_in import SECRET, give_app, give_password

pytestmark = pytest.mark.django_db
PAGE = "/me/data/"
# Relations to a person that are in no holding of their own, and why.
SOMEBODY_ELSES = {
    # Papers of others, on which this person decides: what they did stands among the steps.
    "plans_to_decide", "requests_to_endorse", "requests_decided_alone", "visits_to_decide",
    "visits_reported_for_others", "products_to_decide", "quarterlyreports_to_read",
    "weeklyreports_to_read", "lines_decided", "steps_delegated", "reportsteps_delegated",
    # Sums of the ledger, which is held.
    "day_ledger", "month_totals",
    # allauth's own list of addresses is not used: the address stands with the person.
    "emailaddress",
}  # fmt: skip
HELD = {
    "appointments", "portfolios", "exemptions", "delegations_given", "delegations_held",
    "delegations_made", "delegations_ended", "account_events", "inbox_items", "authenticator",
    "usersession", "invitations", "emailchanges", "steps_taken", "plans", "visits",
    "unit_remarks", "remarks_passed_on",
    "unit_overviews", "wishes_answered", "team_invitations", "ledger", "activities",
    "activities_changed", "regulations_read", "settings_changed", "sittings_chaired",
    "sittings_written", "presences", "reportsteps_taken", "issues_raised", "issues_owned",
    "report_jobs", "quarterlyreports", "weeklyreports", "objections",
    "organisation_changed", "imports", "confirmed_imports", "undone_imports",
}  # fmt: skip


@pytest.fixture
def person():
    person = PersonFactory(full_name="Đỗ Thị Đường")
    appoint(person, department=DepartmentFactory(name="Ban Nông thôn"))
    return person


def book_of(client):
    return load_workbook(io.BytesIO(client.post(PAGE).content), read_only=False)


def texts(book):
    return [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    ]


def test_every_relation_to_a_person_is_held_or_named_as_somebody_elses():
    relations = {relation.name for relation in Person._meta.related_objects}

    assert relations - HELD - SOMEBODY_ELSES == set()
    assert set() == HELD & SOMEBODY_ELSES


def test_every_column_can_be_read(person):
    give_app(person)

    for holding in holdings():
        rows = holding.rows(person).model.objects.none()
        assert len(holding.headings()) == len(holding.columns)
        for _heading, path in holding.columns:
            if not callable(path):
                assert hasattr(rows.model, path.split(".")[0]), (holding.name, path)


def test_page_counts_and_the_file_tells_all(client, person):
    give_app(person)
    give_password(client, person)
    other = PersonFactory(full_name="Người Khác")
    give_password(client, other)
    client.force_login(person)

    page = client.get(PAGE).content.decode()
    book = book_of(client)

    said = texts(book)
    assert "Lần đăng nhập" in page
    assert len(book.sheetnames) == len(holdings())
    assert {"Đỗ Thị Đường", "Ban Nông thôn"} <= set(said)
    assert not any("Người Khác" in text or SECRET in text for text in said)
    assert not any(person.password in text for text in said)
    assert person.account_events.filter(kind=EventKind.DATA_TAKEN).count() == 1


def test_choices_of_mail_stand_in_the_file_in_words(client, person):
    person.mail_ways = {"reminders": "none"}
    person.save()
    client.force_login(person)

    assert any("Nhắc hạn: không gửi thư; " in text for text in texts(book_of(client)))


def test_texts_do_not_become_formulas(client, person):
    person.phone = "=HYPERLINK(1)"
    person.save()
    client.force_login(person)

    cells = [cell for row in book_of(client).worksheets[0].iter_rows() for cell in row]

    assert [cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"] in (["s"], ["f"])
    assert b"<f>" not in client.post(PAGE).content


def test_app_above_brings_its_own(client, person, monkeypatch):
    monkeypatch.setattr("accounts.holdings._holdings", {})
    rows = Person.objects.filter
    register(
        Holding(
            name="new",
            title="Mới",
            rows=lambda one: rows(pk=one.pk),
            columns=(("Tên", "full_name"),),
        )
    )
    client.force_login(person)

    assert "Mới" in client.get(PAGE).content.decode()
    assert texts(book_of(client)) == ["Tên", "Đỗ Thị Đường"]
