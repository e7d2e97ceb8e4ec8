"""What stands in the annual summary, and the command that writes it."""

import json
import re
import subprocess
import time
from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts.models import Appointment, DepartmentVersion
from accounts.text import sort_key
from fieldvisits.ledger.keeping import book
from fieldvisits.models import Visit
from reports.documents import annual, pdf
from reports.figures import year_figures
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import make_agency

AS_OF = date(2018, 10, 24)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make_agency()


def made(agency, first, last=None, *, by=None, **fields):
    """A visit in the state given, with its days in the ledger."""
    values = {"kind": "working_session", "state": "accepted", "session": "full", **fields}
    visit = Visit.objects.create(
        code=f"V{Visit.objects.count():04d}", cadre=by or agency.cadre, unit=agency.unit,
        starts_on=first, ends_on=last or first, content="Khảo sát", **values,
    )  # fmt: skip
    book([visit])
    return visit


def read(document, tmp_path):
    path = tmp_path / "read.pdf"
    path.write_bytes(document)
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True
    ).stdout


def row_of(text, name):
    """The table row that begins with a name, its spaces collapsed."""
    rows = [" ".join(line.split()) for line in text.splitlines()]
    return next(row for row in rows if re.match(rf"(\d+ )?{name}\b", row))


def test_name_and_official_total_stand_in_one_row(agency, tmp_path):
    made(agency, date(2018, 3, 5), date(2018, 4, 14))
    made(agency, date(2018, 10, 23), session="morning")
    made(agency, date(2018, 10, 24), date(2018, 10, 26), state="approved")
    made(agency, date(2018, 7, 2), kind="thematic", product="owed")

    text = read(pdf.render(annual.html(annual.freeze(2018, AS_OF))), tmp_path)

    assert row_of(text, "Trần Thu Hà").endswith("60,0 27,0 14,0 0,0 0,5 41,5 1,0 2,0 18,5 Chưa đạt")
    assert row_of(text, "Phạm Đức Long").endswith("60,0 0,0 0,0 0,0 0,0 0,0 0,0 0,0 60,0 Chưa đạt")
    assert row_of(text, "Toàn cơ quan") == "Toàn cơ quan 9 0 540,0 41,5 1,0 2,0 498,5"
    assert "Tổng số ngày đi cơ sở được tính chính thức là 41,5 ngày" in " ".join(text.split())


def test_head_title_and_day_are_those_of_the_form(agency, tmp_path):
    text = " ".join(read(pdf.render(annual.html(annual.freeze(2018, AS_OF))), tmp_path).split())

    assert text.startswith("THÀNH ĐOÀN HÀ NỘI ĐOÀN TNCS HỒ CHÍ MINH BAN TỔ CHỨC - KIỂM TRA ***")
    assert "BÁO CÁO Kết quả đi công tác cơ sở của cán bộ năm 2018" in text
    assert "Số liệu tính đến hết ngày 24/10/2018" in text
    assert "35-KH/TĐTN-TCKT" in text


def test_met_and_left_are_told_apart(agency, tmp_path):
    made(agency, date(2018, 1, 2), date(2018, 3, 2))
    Appointment.objects.filter(person=agency.colleague).update(ends_on=date(2018, 6, 30))

    text = read(pdf.render(annual.html(annual.freeze(2018, AS_OF))), tmp_path)

    assert row_of(text, "Trần Thu Hà").endswith(" 0,0 Đạt")
    assert row_of(text, "Đặng Hữu Chiến").endswith("Không xét")
    assert "trong đó 1 đồng chí đã đạt chỉ tiêu 60 ngày/năm" in " ".join(text.split())


def test_sums_are_those_of_the_figures_after_a_transfer(agency, tmp_path):
    Appointment.objects.filter(person=agency.cadre).update(ends_on=date(2018, 6, 30))
    appoint(agency.cadre, department=agency.office, starts_on=date(2018, 7, 1))
    made(agency, date(2018, 3, 5), date(2018, 3, 6))
    made(agency, date(2018, 9, 3))

    snapshot = annual.freeze(2018, AS_OF)

    figures = {row.code: row.days.accepted for row in year_figures(2018, as_of=AS_OF).departments}
    assert {row["code"]: row["accepted"] for row in snapshot["departments"]} == figures
    assert (figures["NT"], figures["VP"]) == (4, 2)
    office = next(row for row in snapshot["departments"] if row["code"] == "VP")
    assert office["moved"] == {
        "accepted": -4, "provisional": 0, "ahead": 0, "by_quarter": [-4, 0, 0, 0]
    }  # fmt: skip
    text = read(pdf.render(annual.html(snapshot)), tmp_path)
    moved = re.findall(r"Người chuyển đến, chuyển đi +(.+)", text)
    assert [" ".join(row.split()) for row in moved] == [
        "2,0 0,0 0,0 0,0 2,0 0,0 0,0", "-2,0 0,0 0,0 0,0 -2,0 0,0 0,0"
    ]  # fmt: skip


def test_people_stand_in_vietnamese_order(agency):
    for name in ("Lê Ân", "Vũ Ngọc Anh", "Trần Thị Ánh", "Nguyễn Văn An", "Lê Đức Anh"):
        appoint(PersonFactory(full_name=name), department=agency.rural)

    snapshot = annual.freeze(2018, AS_OF)

    rural = next(row for row in snapshot["departments"] if row["code"] == "NT")
    names = [person["name"] for person in rural["people"]]
    assert names[:5] == ["Nguyễn Văn An", "Lê Đức Anh", "Vũ Ngọc Anh", "Trần Thị Ánh", "Lê Ân"]
    assert names == sorted(names, key=sort_key)


def test_department_report_shows_nobody_else(agency, tmp_path):
    made(agency, date(2018, 3, 5))

    text = read(pdf.render(annual.html(annual.freeze(2018, AS_OF, "NT"))), tmp_path)

    assert "BAN THANH NIÊN NÔNG THÔN" in text
    assert "Trần Thu Hà" in text
    assert "Hoàng Kim Oanh" not in text
    assert "Toàn cơ quan" not in text


def test_names_are_those_of_the_day_and_stay(agency):
    snapshot = annual.freeze(2018, AS_OF)
    before = annual.content_hash(snapshot)
    agency.rural.versions.update(ends_on=date(2018, 10, 31))
    DepartmentVersion.objects.create(
        department=agency.rural, name="Ban Phong trào", short_name="PT", starts_on=date(2018, 11, 1)
    )

    assert annual.content_hash(annual.freeze(2018, AS_OF)) == before
    names = [row["name"] for row in annual.freeze(2018, date(2018, 11, 1))["departments"]]
    assert "Ban Phong trào" in names


def test_same_snapshot_is_the_same_document_on_another_day_and_in_another_language(agency):
    made(agency, date(2018, 3, 5))
    with time_machine.travel("2018-10-24 09:00+07:00", tick=False):
        snapshot = annual.freeze(2018, AS_OF)
        document = pdf.render(annual.html(snapshot))

    kept = json.loads(json.dumps(snapshot))
    with time_machine.travel("2020-02-29 23:00+07:00", tick=False), translation.override("en"):
        assert annual.content_hash(kept) == annual.content_hash(snapshot)
        assert pdf.render(annual.html(kept)) == document


def test_page_is_made_without_a_query(agency, django_assert_num_queries):
    snapshot = annual.freeze(2018, AS_OF)

    with django_assert_num_queries(0):
        annual.html(snapshot)


def test_year_without_a_regulation_says_so(agency):
    assert "chưa có quy định riêng" in annual.html(annual.freeze(2024, date(2024, 10, 24)))
    assert "chưa có quy định riêng" not in annual.html(annual.freeze(2018, AS_OF))


def test_hostile_name_stays_text(agency):
    agency.cadre.describe('<img src="file:///etc/passwd"> & Sơn').save()

    page = annual.html(annual.freeze(2018, AS_OF))

    assert "&lt;img src=&quot;file:///etc/passwd&quot;&gt; &amp; Sơn" in page


def test_three_hundred_cadres_within_fifteen_seconds(agency):
    snapshot = annual.freeze(2018, AS_OF)
    row = next(row for row in snapshot["departments"] if row["code"] == "NT")
    row["people"] = [{**row["people"][0], "name": f"Nguyễn Thị {n}"} for n in range(300)]
    began = time.process_time()

    pdf.render(annual.html(snapshot))

    assert time.process_time() - began < 15


# --- The command ------------------------------------------------------------------------------


def test_command_writes_the_same_document(agency, tmp_path):
    output = tmp_path / "bao-cao.pdf"

    call_command("build_annual_report", year="2018", as_of="2018-10-24", output=output)

    assert output.read_bytes() == pdf.render(annual.html(annual.freeze(2018, AS_OF)))
    assert [path.name for path in tmp_path.iterdir()] == ["bao-cao.pdf"]


def test_command_takes_a_department(agency, tmp_path):
    output = tmp_path / "nt.pdf"

    call_command(
        "build_annual_report", "--year=2018", "--department=NT", f"--output={output}",
        "--as-of=2018-10-24",
    )  # fmt: skip

    assert output.read_bytes() == pdf.render(annual.html(annual.freeze(2018, AS_OF, "NT")))


def test_command_works_on_an_empty_database(tmp_path):
    call_command("build_annual_report", year="2018", output=tmp_path / "x.pdf")

    text = read((tmp_path / "x.pdf").read_bytes(), tmp_path)
    assert "Không có cán bộ nào thuộc diện thực hiện" in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"output": "x.docx"}, "Word and Excel come with the papers"),
        ({"output": "x.XLSX"}, "Word and Excel come with the papers"),
        ({"output": "x.txt"}, "has to end in .pdf"),
        ({"output": "nowhere/x.pdf"}, "there is no folder"),
        ({"output": "folder.pdf"}, "this is a folder"),
        ({"year": "zwei"}, "is no year"),
        ({"year": "0"}, "is no year"),
        ({"as_of": "24/10/2018"}, "is no day"),
        ({"department": "XX"}, "no department with the code 'XX'"),
    ],
)
def test_command_refuses_in_one_sentence(tmp_path, changed, said):
    (tmp_path / "folder.pdf").mkdir()
    asked = {"year": "2018", "output": "x.pdf", **changed}
    asked["output"] = tmp_path / asked["output"]

    with pytest.raises(CommandError, match=re.escape(said)):
        call_command("build_annual_report", **asked)

    assert [path.name for path in tmp_path.iterdir()] == ["folder.pdf"]


def test_command_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    output = tmp_path / "x.pdf"
    output.write_text("old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reports.management.commands.build_annual_report.os.fsync", full)
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("build_annual_report", year="2018", output=output)

    assert output.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]
