"""What may be uploaded, and what copies from Excel bring along."""

import io
import unicodedata
import zipfile
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from accounts.choices import ImportState
from accounts.imports.uploads import accepted
from accounts.interchange.patterns import pattern_of
from accounts.interchange.tables import tables
from accounts.models import Department, Person
from tests.factories.imports import (
    administrator,
    as_csv,
    as_zip,
    reason,
    sent,
    taken_in,
    uploaded,
    workbook,
)
from tests.factories.tables import DEPARTMENTS, PEOPLE
from tests.factories.uploads import PDF, archive

pytestmark = pytest.mark.django_db

BOOK = "people.xlsx"
WORDS = [(1, "không"), (2, "có"), (3, "không"), (4, "1")]


REFUSED = {
    "nothing.csv": b"",
    "macros.xlsm": b"PK\x03\x04",
    "old.xls": b"\xd0\xcf\x11\xe0",
    "password.xlsx": b"\xd0\xcf\x11\xe0" + b"x" * 600,
    "sheet.ods": b"PK\x03\x04",
    "run.exe": b"MZ",
    "people.csv": b"PK\x03\x04",
    "people.xlsx": as_csv(PEOPLE),
    "people.zip": PDF,
    "unknown.csv": as_csv(PEOPLE),
    "../../etc/passwd": b"root",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_in_a_sentence(name):
    with pytest.raises(ValidationError) as refused:
        accepted([sent(REFUSED[name], name)])

    assert len(refused.value.messages) == 1


def test_csv_whose_table_is_chosen_is_taken():
    assert uploaded(as_csv(PEOPLE), administrator(), "unknown.csv", "people").created == 2


@pytest.mark.parametrize("name", ["People (1).csv", "People - Copy.CSV", "C:\\x\\people.csv"])
def test_csv_is_known_by_its_name(name):
    assert uploaded(as_csv(PEOPLE), administrator(), name).created == 2


def test_several_csv_files_are_one_import():
    files = [sent(as_csv(PEOPLE), "people.csv"), sent(as_csv(DEPARTMENTS), "departments.csv")]

    with zipfile.ZipFile(accepted(files).content) as kept:
        assert kept.namelist() == ["people.csv", "departments.csv"]
    with pytest.raises(ValidationError):
        accepted([*files, sent(as_csv(PEOPLE), "People (2).csv")])
    with pytest.raises(ValidationError):
        accepted([*files, sent(as_zip({}), "a.zip")])


def test_file_larger_than_the_limit_is_refused(settings):
    settings.IMPORT_FILE_BYTES = 10

    with pytest.raises(ValidationError):
        accepted([sent(as_csv(PEOPLE), "people.csv")])


def bomb():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("people.csv", b"0" * 5_000_000)
    return content.getvalue()


def link():
    content, part = io.BytesIO(), zipfile.ZipInfo("people.csv")
    part.external_attr = 0o120777 << 16
    with zipfile.ZipFile(content, "w") as file:
        file.writestr(part, "/etc/passwd")
    return content.getvalue()


TRICKS = {
    "bomb": bomb(),
    "out": archive({"../people.csv": as_csv(PEOPLE)}),
    "root": archive({"/etc/people.csv": as_csv(PEOPLE)}),
    "drive": archive({"C:\\people.csv": as_csv(PEOPLE)}),
    "link": link(),
    "many": archive({f"{n}.csv": b"" for n in range(101)}),
    "workbook": archive({"xl/workbook.xml": b"<w/>"}),
    "cut": as_zip({"people": PEOPLE})[:-30],
    "empty": archive({"readme.txt": b""}),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_zip_that_is_a_bomb_or_a_trick_is_refused(trick):
    job = uploaded(TRICKS[trick], administrator())

    assert (job.state, len(job.found["problems"])) == (ImportState.REFUSED, 1)


def test_zip_without_tricks_is_taken_also_from_a_folder_in_it():
    """The control."""
    parts = {"bảng/people.csv": as_csv(PEOPLE), "__MACOSX/._people.csv": b"x"}

    job = uploaded(archive(parts), administrator())

    assert (job.created, job.found["warning_count"]) == (2, 0)


def test_workbook_with_macros_inside_is_refused():
    content = io.BytesIO(workbook([["code", "full_name"], ["P1", "Lê Ân"]]))
    with zipfile.ZipFile(content, "a") as file:
        file.writestr("xl/vbaProject.bin", b"x")

    assert uploaded(content.getvalue(), administrator(), BOOK).state == ImportState.REFUSED


def test_formula_is_refused_and_named_and_its_text_is_not():
    rows = [["code", "full_name"], ["P1", '=CONCATENATE("Lê"," Ân")'], ["P2", "Lê Ân"]]

    job = uploaded(workbook(rows), administrator(), BOOK)

    assert [(p["row"], p["column"]) for p in job.found["problems"]] == [(2, "full_name")]
    assert "CONCATENATE" in reason(job)


def test_text_like_a_formula_in_a_csv_stays_text():
    taken_in(as_csv([{"code": "P1", "full_name": "=1+1"}]), administrator(), "people.csv")

    assert Person.objects.get(code="P1").full_name == "=1+1"


def test_copies_from_excel_are_read_and_every_liberty_is_said():
    name = unicodedata.normalize("NFD", "Đỗ Thị Đường")
    people = [
        ["Mã ", "HỌ VÀ TÊN", "Thư điện tử", "Thuộc diện đi cơ sở"],
        ["\u00a0P1", name, "DUONG@example.org", "có"],
        [2, "Lê  Ân", None, True],
    ]

    job = taken_in(workbook(people, "Cán bộ"), administrator(), "Danh sách.xlsx")

    assert list(Person.objects.filter(code__in=["P1", "2"]).values_list("full_name", "email")) == [
        ("Lê Ân", None),
        ("Đỗ Thị Đường", "duong@example.org"),
    ]
    assert len(job.found["readings"]) == 6  # headings in our own words need no mention


def test_days_are_read_as_excel_keeps_them_and_as_people_write_them():
    kept, written = date(2018, 9, 3), "04/09/2018"
    rows = [["date", "kind", "name"], [kept, "off", "Bù"], [written, "ngày nghỉ", "Bù"]]

    job = taken_in(workbook(rows, "holidays"), administrator(), BOOK)

    assert job.state == ImportState.DONE
    assert [sentence for sentence in job.found["readings"] if "2018-09-04" in sentence]


def test_each_word_that_was_understood_is_said_by_itself():
    people = [{"code": f"P{n}", "full_name": "Lê Ân", "in_scope": said} for n, said in WORDS]

    said = uploaded(as_csv(people), administrator(), "people.csv").found["readings"]

    assert [sentence.partition(": ")[2] for sentence in said] == [
        "“không” được hiểu là 0 (2 ô).",
        "“có” được hiểu là 1 (1 ô).",
    ]


def test_semicolons_are_said():
    marked = b"\xef\xbb\xbf" + as_csv(PEOPLE, ";")

    job = uploaded(marked, administrator(), "people.csv")

    assert (job.created, len(job.found["readings"])) == (2, 1)


def test_plain_file_is_read_without_a_word():
    """The control of what is said."""
    assert uploaded(as_csv(PEOPLE), administrator(), "people.csv").found["readings"] == []


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_template_can_be_uploaded_and_its_example_is_left_out(table):
    content = pattern_of(table)

    book = openpyxl.load_workbook(io.BytesIO(content))
    job = uploaded(content, administrator(), "mau.xlsx")

    assert book.worksheets[1].max_row == len(table.columns) + 3
    assert (job.state, job.created, job.found["warnings"]) == (ImportState.CHECKED, 0, [])
    assert Department.objects.count() == 0
