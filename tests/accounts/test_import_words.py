"""Lists as they lie in offices: headings, places and offices by the names people use."""

import pytest

from accounts.choices import ImportState
from accounts.models import Appointment, Person
from tests.factories.accounts import DepartmentFactory, PersonFactory
from tests.factories.imports import administrator, reason, taken_in, uploaded, workbook

pytestmark = pytest.mark.django_db
BOOK = "bảng.xlsx"


def test_list_as_it_lies_in_the_office_is_known_by_its_headings():
    """One sheet of any name, rows numbered, some numbers with nothing behind them."""
    rows = [["STT", "Mã", "Họ và tên"], [1, "P1", "Lê Ân"], [2, None, None]]

    job = taken_in(workbook(rows, "Sheet1"), administrator(), "Danh sách.xlsx")

    assert (job.created, job.found["warnings"]) == (1, [])
    assert "“Sheet1” được hiểu là bảng “Danh sách người”." in job.found["readings"]


def test_list_of_unknown_headings_is_taken_for_nothing_and_its_name_is_said():
    rows = [["STT", "Họ và tên", "Quê quán"], [1, "Lê Ân", "Huế"]]

    job = uploaded(workbook(rows, "Sheet1"), administrator(), "Danh sách.xlsx")

    assert job.state == ImportState.REFUSED
    assert reason(job).startswith("Danh sách.xlsx: ")
    assert "Danh sách người (people)" in reason(job)


def test_department_and_office_in_a_list_of_people_are_sent_to_the_sheet_that_takes_them():
    rows = [["Mã", "Họ và tên", "Ban", "Chức vụ", "Quê quán"], ["P1", "Lê Ân", "TG", "ban", "Huế"]]

    admin = administrator()

    named = uploaded(workbook(rows, "Danh sách cán bộ"), admin, BOOK)
    rows[0].pop(), rows[1].pop()
    nameless = uploaded(workbook(rows, "Sheet1"), admin, BOOK)

    sheet = "ghi ở trang tính “Chức vụ đang giữ” (appointments), cột "
    assert [
        (one["column"], one["reason"].partition(sheet)[2]) for one in named.found["problems"]
    ] == [
        ("ban", "“Nơi công tác”."),
        ("chức vụ", "“Chức vụ”."),
        ("quê quán", ""),
    ]
    assert reason(nameless).count(sheet) == 2


def test_places_and_offices_are_taken_by_the_names_people_use():
    propaganda = DepartmentFactory(name="Ban Tuyên giáo", code="TG")
    for code in ("P1", "P2", "P3"):
        PersonFactory(code=code)
    rows = [
        ["Mã cán bộ", "Nơi công tác", "Chức vụ", "Từ ngày"],
        ["P1", "Ban  Tuyên giáo", "Phó Trưởng ban", "1/3/2024"],
        ["P2", "BAN TUYÊN GIÁO", "chuyên viên", "1/3/2024"],
        ["P3", "Thường trực", "Ủy viên", "1/3/2024"],
    ]

    taken_in(workbook(rows, "Chức vụ đang giữ"), administrator(), BOOK)

    held = Appointment.objects.filter(person__code__startswith="P").order_by("person__code")
    assert list(held.values_list("body", "department", "office"))[-3:] == [
        ("department", propaganda.pk, "deputy"),
        ("department", propaganda.pk, "cadre"),
        ("standing_committee", None, "member"),
    ]


def test_office_nobody_knows_is_refused_with_those_there_are_in_words():
    PersonFactory(code="P1")
    rows = [["Mã cán bộ", "Nơi công tác", "Chức vụ", "Từ ngày"],
            ["P1", "Thường trực", "Chủ tịch", "1/3/2024"]]  # fmt: skip

    job = uploaded(workbook(rows, "Chức vụ đang giữ"), administrator(), BOOK)

    assert "head (trưởng ban)" in reason(job)


def test_telephone_that_lost_its_nought_in_excel_has_it_again():
    rows = [["Mã", "Họ và tên", "Điện thoại"], ["P1", "Lê Ân", 912345678], ["P2", "Lê Anh", "113"]]

    taken_in(workbook(rows, "Danh sách người"), administrator(), BOOK)

    phones = Person.objects.filter(code__in=["P1", "P2"]).order_by("code")
    assert list(phones.values_list("phone", flat=True)) == ["0912345678", "113"]
