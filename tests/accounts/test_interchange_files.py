"""What files may be, what cells may hold, and that it is all or nothing."""

import csv
import io
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from accounts.interchange import workbook
from accounts.interchange.exporting import export_tables
from accounts.interchange.importing import Refused, import_tables
from accounts.models import Department, Person, Unit
from fieldvisits.models import Visit
from tests.factories import tables
from tests.factories.tables import agency, visit, write_folder, write_workbook

pytestmark = pytest.mark.django_db

DATA = Path("accounts/data")


def refusal(path):
    with pytest.raises(Refused) as refused:
        import_tables(path)
    return refused.value.problems


def person(**values):
    return {"people": [{"code": "P1", "full_name": "Lê Ân"} | values]}


def test_one_bad_row_keeps_everything_out(tmp_path):
    bad = agency(visits=[visit(), visit("H2", unit_code="X9"), visit("H3", date_to="31/02/2018")])

    found = refusal(write_folder(tmp_path, bad))

    assert [(p.table, p.row, p.column) for p in found] == [
        ("visits", 3, "unit_code"),
        ("visits", 4, "date_to"),
    ]
    assert not Person.objects.exists()
    assert not Unit.objects.exists()


def test_database_that_fails_in_the_middle_keeps_everything_out(tmp_path, monkeypatch):
    def fail(*_anything):
        raise DatabaseError("disk full")

    monkeypatch.setattr("fieldvisits.interchange.booking.keeping.book", fail)

    assert "disk full" in str(refusal(write_folder(tmp_path, agency()))[0])
    assert not Person.objects.exists()
    assert not Visit.objects.exists()


def test_without_the_bad_row_everything_comes_in(tmp_path):
    import_tables(write_folder(tmp_path, agency()))

    assert (Person.objects.count(), Visit.objects.count()) == (2, 1)


def test_every_problem_is_told_with_its_row_and_column(tmp_path):
    people = [
        {"code": "P1", "full_name": "", "email": "không", "in_scope": "hai"},
        {"code": "", "full_name": "Lê Ân", "email": "", "in_scope": ""},
    ]

    found = refusal(write_folder(tmp_path, {"people": people}))

    assert [(p.row, p.column) for p in found] == [
        (2, "full_name"),
        (2, "email"),
        (2, "in_scope"),
        (3, "code"),
    ]


def test_row_with_a_problem_does_not_make_rows_that_refer_to_it_wrong(tmp_path):
    bad = agency(people=[{"code": "P1", "full_name": ""}, {"code": "P2", "full_name": "Lê Ân"}])

    assert [(p.table, p.row) for p in refusal(write_folder(tmp_path, bad))] == [("people", 2)]


def test_dry_run_shows_and_writes_nothing(tmp_path, capsys):
    write_folder(tmp_path, agency())

    call_command("import_tables", tmp_path, "--dry-run")

    told = capsys.readouterr().out
    assert "people" in told
    assert "P1" in told
    assert not Person.objects.exists()


def test_command_fails_with_problems_on_stderr(tmp_path, capsys):
    write_folder(tmp_path, person(in_scope=2))

    with pytest.raises(CommandError):
        call_command("import_tables", tmp_path)

    written = capsys.readouterr()
    assert "in_scope" in written.err
    assert written.out == ""


def test_workbook_and_folder_give_the_same(tmp_path):
    write_workbook(tmp_path / "a.xlsx", agency())
    import_tables(tmp_path / "a.xlsx")

    assert import_tables(write_folder(tmp_path / "b", agency())).is_idle


@pytest.mark.parametrize(
    "day", ["2018-05-22", "22/05/2018", "22/5/2018", " 2018-5-22 ", "2018-05-22 00:00:00", "43242"]
)
def test_day_is_read_however_it_is_written(tmp_path, day):
    rows = agency(visits=[visit(date_from=day, date_to=day)])

    import_tables(write_folder(tmp_path, rows))

    assert Visit.objects.get().starts_on == date(2018, 5, 22)


def test_real_dates_and_numbers_of_excel_are_read(tmp_path):
    day = date(2018, 5, 22)
    people = [{"code": 7, "full_name": "Lê Ân", "in_scope": True}]
    book = agency(
        people=[*people, *tables.PEOPLE],
        visits=[visit(date_from=day, date_to=day, cadre_code=7.0)],
    )

    import_tables(write_workbook(tmp_path / "a.xlsx", book))

    assert Visit.objects.get().starts_on == day
    assert Visit.objects.get().cadre.code == "7"


def test_text_is_stored_composed_and_with_single_spaces(tmp_path):
    spread = "  " + unicodedata.normalize("NFD", "Đỗ  Thị\tĐường") + " "

    import_tables(write_folder(tmp_path, person(full_name=spread, code=" P1 ")))

    assert Person.objects.get(code="P1").full_name == "Đỗ Thị Đường"


def test_line_breaks_of_long_texts_are_kept(tmp_path):
    rows = agency(visits=[visit(content="- một \r\n\r\n-  hai\n")])

    import_tables(write_folder(tmp_path, rows))

    assert Visit.objects.get().content == "- một\n\n- hai"


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_byte_order_mark_and_delimiters_are_understood(tmp_path, mark, delimiter):
    text = delimiter.join(["Code", " full_name"]) + "\r\n\r\n" + delimiter.join(["P1", "Lê Ân"])
    (tmp_path / "People.CSV").write_text(mark + text, encoding="utf-8")

    import_tables(tmp_path)

    assert Person.objects.get().full_name == "Lê Ân"


def test_empty_rows_are_passed_over_and_counted(tmp_path):
    (tmp_path / "people.csv").write_text("code,full_name,\n,,\n\nP1,,\n", encoding="utf-8")

    assert [(p.row, p.column) for p in refusal(tmp_path)] == [(4, "full_name")]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("code,full_name,salary", "salary"),
        ("code,full_name,code", "code"),
        ("code", "full_name"),
        ("", ""),
    ],
)
def test_header_that_is_not_the_table_is_named(tmp_path, header, column):
    (tmp_path / "people.csv").write_text(f"{header}\nP1,Lê Ân,1\n", encoding="utf-8")

    assert [(p.row, p.column) for p in refusal(tmp_path)] == [(1, column)]


def test_files_that_are_no_table_are_left_out_with_a_note(tmp_path):
    told = []
    write_folder(tmp_path, person() | {"salaries": [{"code": "P1"}]})

    import_tables(tmp_path, tell=told.append)

    assert ["salaries.csv" in sentence for sentence in told] == [True]


HOSTILE = [
    "a\0b", "\x1b[31m", "\ud800", "x" * 1_000_000, "0000-01-01", "31/12/9999", "9999-12-31",
    "00/00/0000", "=cmd|' /C calc'!A0", "٣٤", "1e400", "nan", "-1", "𝟙" * 50, "\u202e", "{}", "%s",
    "'; DROP TABLE", "<script>", "\u2028", "99999", "2018-W99", "unit:", "null", '"',
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value[:12]))
def test_hostile_values_are_refused_or_stored_but_never_crash(tmp_path, value):
    """In every column of every table at once, one row each."""
    raw = value.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
    for name, rows in agency().items():
        some = [row | {column: raw} for row in rows for column in row]
        text = io.StringIO()
        write_rows(text, some)
        folder = tmp_path / name
        folder.mkdir()
        (folder / f"{name}.csv").write_bytes(text.getvalue().encode("utf-8", "surrogateescape"))
        assert all(str(problem).encode() for problem in refusal(folder))


def write_rows(file, rows):
    writer = csv.DictWriter(file, tables.headings(rows))
    writer.writeheader()
    writer.writerows(rows)


PLAIN = ["<script>", "%s", "\u202e", "{}", "'; DROP TABLE", "=1+1", "null", '"', "𝟙" * 50]


def test_strange_texts_that_may_be_stored_come_back_whole(tmp_path):
    people = [{"code": f"P{n}", "full_name": text} for n, text in enumerate(PLAIN)]

    import_tables(write_folder(tmp_path, {"people": people}))

    assert list(Person.objects.order_by("code").values_list("full_name", flat=True)) == PLAIN


def test_bytes_that_are_not_utf_8_are_named_with_row_and_column(tmp_path):
    (tmp_path / "people.csv").write_bytes(b"code,full_name\nP1,L\xea \xc2n\n")

    assert [(p.row, p.column) for p in refusal(tmp_path)] == [(2, "full_name")]


def test_utf_16_is_told_apart(tmp_path):
    (tmp_path / "people.csv").write_text("code,full_name\nP1,Lê Ân\n", encoding="utf-16")

    assert "UTF-16" in str(refusal(tmp_path)[0])


def broken_workbooks():
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * 2_000_000)
    entities = io.BytesIO()
    with zipfile.ZipFile(entities, "w") as archive:
        laughs = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'
        archive.writestr("xl/workbook.xml", laughs)
    return {
        "nothing": b"",
        "noise": b"\xd0\xcf\x11\xe0" + b"x" * 600,  # how a workbook with a password begins
        "cut": book.getvalue()[:-9],
        "hollow": book.getvalue(),
        "bomb": bomb.getvalue(),
        "entities": entities.getvalue(),
    }


@pytest.mark.parametrize("kind", ["nothing", "noise", "cut", "hollow", "bomb", "entities"])
def test_workbook_that_is_none_is_refused_in_a_sentence(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(workbook, "MOST_SHARED_BYTES", 1_000_000)
    (tmp_path / "a.xlsx").write_bytes(broken_workbooks()[kind])

    assert len(refusal(tmp_path / "a.xlsx")) == 1


@pytest.mark.parametrize("name", ["nothing.xlsx", "nothing", "a.ods", "x" * 300, "a\0b"])
def test_path_that_leads_nowhere_is_refused_in_a_sentence(tmp_path, name):
    (tmp_path / "a.ods").touch()

    assert len(refusal(tmp_path / name)) == 1


def test_folder_without_a_table_is_refused(tmp_path):
    assert "people" in str(refusal(tmp_path)[0])


FORMULAS = ["=1+1", "+84 24", "-một", "@x", "'=quoted", "''", "'plain", "'''-x"]


@pytest.mark.parametrize("place", ["out", "out.xlsx"])
def test_texts_like_formulas_come_back_as_they_were(tmp_path, place):
    rows = [visit(f"=H{n}", state="cancelled", content=text) for n, text in enumerate(FORMULAS)]
    write_workbook(tmp_path / "a.xlsx", agency(visits=rows))
    import_tables(tmp_path / "a.xlsx")
    export_tables(tmp_path / place)

    assert import_tables(tmp_path / place).is_idle
    assert list(Visit.objects.order_by("code").values_list("content", flat=True)) == FORMULAS


def test_no_cell_of_an_export_is_a_formula(tmp_path):
    write_workbook(tmp_path / "a.xlsx", agency(visits=[visit("=H1", content="=1+1")]))
    import_tables(tmp_path / "a.xlsx")
    export_tables(tmp_path / "out")
    export_tables(tmp_path / "out.xlsx")

    assert "\n'=H1," in (tmp_path / "out" / "visits.csv").read_text().replace("\r", "")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert not [name for name in sheets if b"<f>" in book.read(name)]


@pytest.mark.parametrize("place", ["out", "out.xlsx"])
def test_export_is_the_same_bytes_each_time(tmp_path, place):
    import_tables(write_folder(tmp_path / "in", agency()))
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    export_tables(tmp_path / "1" / place)
    export_tables(tmp_path / "2" / place)

    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def contents(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_units_of_the_city_come_in_and_go_out_unchanged(tmp_path):
    """682 units and 794 links of the real city: every byte of them."""
    for name in ("units", "unit_succession"):
        (tmp_path / f"{name}.csv").write_bytes((DATA / f"hanoi_{name}.csv").read_bytes())
    import_tables(tmp_path)
    export_tables(tmp_path / "out")

    given = (tmp_path / "units.csv").read_text().splitlines()
    assert sorted((tmp_path / "out" / "units.csv").read_text().splitlines()) == sorted(given)
    assert not Department.objects.exists()
