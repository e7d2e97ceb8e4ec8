"""The pages of the imports, for the administrator alone."""

import io

import openpyxl
import pytest
from django.urls import reverse

from accounts.choices import ImportState
from accounts.imports import asking
from accounts.imports.uploads import accepted
from accounts.models import ImportJob, Person
from tests.factories.accounts import PersonFactory
from tests.factories.imports import administrator, as_csv, as_zip, sent, taken_in, uploaded
from tests.factories.tables import PEOPLE, agency, visit

pytestmark = pytest.mark.django_db

PAGE = "/organisation/import/"
BAD = [PEOPLE[0] | {"in_scope": "x"}]


@pytest.fixture
def by():
    return administrator()


@pytest.fixture
def browser(client, by):
    client.force_login(by)
    return client


def text(answer):
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_upload_leads_to_its_page_and_back_from_there(browser, by):
    answer = browser.post(PAGE, {"file": sent(as_csv(PEOPLE), "people.csv"), "table": ""})

    job = ImportJob.objects.get()
    assert answer.headers["Location"] == job.get_absolute_url()
    assert (job.state, job.asked_by, job.name) == (ImportState.TO_CHECK, by, "people.csv")
    assert "hx-get" in browser.get(job.get_absolute_url()).content.decode()


def test_several_files_are_uploaded_together(browser):
    files = [sent(as_csv(PEOPLE), "people.csv"), sent(as_csv(PEOPLE), "holidays.csv")]

    browser.post(PAGE, {"file": files})

    assert ImportJob.objects.get().name == "people.csv, holidays.csv"


@pytest.mark.parametrize("files", [[], [sent(b"x", "a.exe")], [sent(b"", "people.csv")]])
def test_refusal_stands_at_the_field(browser, files):
    answer = browser.post(PAGE, {"file": files, "table": "people"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
    assert not ImportJob.objects.exists()


def test_table_named_in_the_address_is_chosen(browser):
    page = browser.get(f"{PAGE}?table=appointments").content.decode()

    assert '<option value="appointments" selected' in page


def test_ready_made_units_are_looked_through(browser):
    answer = browser.post(f"{PAGE}ready-made/", {"on": "01/01/2026"})

    assert answer.status_code == 302
    assert browser.post(f"{PAGE}ready-made/", {"on": "31/02/2026"}).status_code == 422


def test_errors_stand_with_table_row_and_column_and_can_be_downloaded(browser, by):
    job = uploaded(as_csv(BAD), by, "people.csv")

    page = browser.get(job.get_absolute_url()).content.decode()
    listed = text(browser.get(reverse("accounts:import-problems", args=[job.pk])))

    assert "Thuộc diện đi cơ sở" in page
    assert "confirm/" not in page
    assert "Danh sách người;2;Thuộc diện đi cơ sở;" in listed


def test_long_list_of_errors_is_paged_with_its_number(browser, by):
    rows = [PEOPLE[0] | {"code": f"P{n}", "in_scope": "x", "email": ""} for n in range(60)]
    job = uploaded(as_csv(rows), by, "people.csv")

    first = browser.get(job.get_absolute_url()).content.decode()
    second = browser.get(f"{job.get_absolute_url()}?page=2").content.decode()

    assert "1–50 trên tổng số 60" in first
    assert "51–60 trên tổng số 60" in second


def test_confirming_takes_it_in_and_a_second_time_is_told(browser, by):
    job = uploaded(as_zip({"people": PEOPLE}), by)
    confirm = reverse("accounts:import-confirm", args=[job.pk])

    assert browser.post(confirm).status_code == 302
    again = browser.post(confirm)

    assert again.status_code == 409
    assert by.full_name in again.content.decode()


def test_taking_back_asks_first_and_says_what_forbids_it(browser, by):
    job = taken_in(as_zip({"people": PEOPLE}), by)
    page = reverse("accounts:import-undo", args=[job.pk])
    Person.objects.filter(code="P1").update(full_name="Đã Sửa")
    assert "Đã Sửa" in browser.get(page).content.decode()
    assert browser.post(page).status_code == 409

    Person.objects.filter(code="P1").update(full_name=PEOPLE[0]["full_name"])
    assert "<form" in browser.get(page).content.decode()
    assert browser.post(page).status_code == 302
    assert not Person.objects.filter(code="P1").exists()


def test_progress_ends_by_loading_the_page_anew(browser, by):
    job = asking.ask(uploads_of(PEOPLE), by=by)
    address = reverse("accounts:import-progress", args=[job.pk])

    assert "HX-Refresh" not in browser.get(address).headers
    ImportJob.objects.update(state=ImportState.REFUSED)
    assert browser.get(address).headers["HX-Refresh"] == "true"


def uploads_of(rows):
    return accepted([sent(as_csv(rows), "people.csv")])


def test_template_and_organisation_are_workbooks_without_papers(browser, by):
    taken_in(as_zip(agency(visits=[visit(content="Nội dung của cán bộ")])), by)

    template = browser.get(f"{PAGE}template/?table=people")
    export = b"".join(browser.get(f"{PAGE}export/").streaming_content)

    book = openpyxl.load_workbook(io.BytesIO(export))
    assert template.headers["Content-Disposition"] == 'attachment; filename="mau-people.xlsx"'
    assert "visits" not in book.sheetnames
    assert [row[0].value for row in book["people"].rows] == ["code", "P1", "P2", "QT"]
    assert browser.get(f"{PAGE}template/?table=x").status_code == 404


def test_what_others_wrote_is_not_quoted_to_the_administrator(by):
    taken_in(as_zip(agency(visits=[visit(content="Lời của cán bộ")])), by)

    job = uploaded(as_zip({"visits": [visit(content="khác", session="morning")]}), by)

    reason = job.found["problems"][0]["reason"]
    assert ("full" in reason, "Lời của cán bộ" in reason) == (True, False)


def test_uploaded_file_is_served_whole_under_a_name_of_ours(browser, by):
    job = uploaded(as_zip({"people": PEOPLE}), by, "../../x.zip")

    answer = browser.get(reverse("accounts:import-file", args=[job.pk]))

    assert job.file.name.startswith("imports/")
    assert "x.zip" not in job.file.name
    assert answer.headers["Content-Disposition"] == f'attachment; filename="nhap-{job.pk}.zip"'
    assert b"".join(answer.streaming_content) == as_zip({"people": PEOPLE})


# The session, the reader, the offices, the list, the unread messages of the menu.
QUERIES = 5


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_often_for_three_as_for_one(browser, by, count, django_assert_num_queries):
    for number in range(count):
        uploaded(as_csv(BAD), by, "people.csv", f"{number}")

    with django_assert_num_queries(QUERIES):
        browser.get(PAGE)


def test_nobody_else_finds_anything(client, by):
    job = uploaded(as_zip({"people": PEOPLE}), by)
    client.force_login(PersonFactory())

    names = ["detail", "progress", "undo", "problems", "file"]
    pages = [reverse(f"accounts:import-{name}", args=[job.pk]) for name in names]
    posts = [reverse(f"accounts:import-{name}", args=[job.pk]) for name in ("confirm", "again")]
    found = [client.get(page).status_code for page in [PAGE, *pages, f"{PAGE}export/"]]
    found += [client.post(page).status_code for page in [*posts, f"{PAGE}ready-made/"]]
    assert set(found) == {404}
