"""What people do with plans, dossiers, sittings and results, told as clicks and keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import expect

from tests.browser.people import Somebody


@dataclass(frozen=True)
class Row:
    """A visit as its cadre types it."""

    typed: str  # in the search of units, without diacritics
    unit: str
    first: date
    content: str
    last: date | None = None
    session: str = "cả ngày"
    kind: str = "Làm việc, tập huấn"


# --- the cadre -----------------------------------------------------------------------


def open_plan(cadre: Somebody, quarter: str) -> None:
    cadre.menu("Kế hoạch quý").click(f"Lập kế hoạch {quarter}")
    cadre.reads("Kế hoạch chưa có chuyến nào")


def add_row(cadre: Somebody, row: Row) -> None:
    cadre.click("Thêm chuyến")
    fill_row(cadre, row)
    save_row(cadre, row.content)


def fill_row(cadre: Somebody, row: Row) -> None:
    cadre.find_in("Đơn vị", row.typed, row.unit)
    cadre.pick("Nội dung thuộc loại", row.kind)
    cadre.write("Từ ngày", row.first)
    if row.last:
        cadre.write("Đến hết ngày", row.last)
    cadre.tick("Buổi", row.session)
    cadre.write("Nội dung cụ thể", row.content)


def save_row(cadre: Somebody, content: str) -> None:
    cadre.click("Lưu chuyến này")
    expect(cadre.main().get_by_role("button", name="Lưu chuyến này")).to_have_count(0)
    expect(cadre.main().get_by_role("alert")).to_have_count(0)
    cadre.reads(content)


def submit(cadre: Somebody) -> None:
    cadre.click("Kiểm tra và gửi").click("Gửi").reads("Chờ thống nhất")


def file_plan(cadre: Somebody, quarter: str, *rows: Row) -> None:
    open_plan(cadre, quarter)
    for row in rows:
        add_row(cadre, row)
    submit(cadre)


def mend(cadre: Somebody, reason: str, said: str, *, content: str) -> None:
    """Read why the plan came back, change the row that it says, submit again."""
    cadre.menu("Kế hoạch quý").click(re.compile("^Quý")).reads("Bị trả lại", reason)
    cadre.click(re.compile(f"^Sửa .*{said}")).write("Nội dung cụ thể", content)
    save_row(cadre, content)
    submit(cadre)


def report(cadre: Somebody, day: str, result: str) -> None:
    cadre.menu("Chuyến đi").click(day).click("Ghi kết quả")
    cadre.write("Việc đã làm và kết quả", result).click("Gửi cấp trên")
    cadre.reads("Chờ công nhận", result)


# --- the head and the coordinating department -----------------------------------------


def return_plan(head: Somebody, name: str, reason: str) -> None:
    head.menu("Kế hoạch quý").click(f"Trả lại {name}")
    head.write("Lý do", reason).click("Trả lại")
    head.reads("Bị trả lại")


def agree(head: Somebody, name: str) -> None:
    head.menu("Kế hoạch quý").click(f"Thống nhất {name}").click("Thống nhất")
    head.reads("Đã thống nhất")


def meet_and_forward(head: Somebody, met_on: date) -> None:
    head.menu("Kế hoạch của ban")
    head.write("Ngày họp ban", met_on).write("Thành phần dự họp", "Toàn ban")
    head.write("Kết luận của cuộc họp", "Nhất trí, ưu tiên các huyện xa")
    head.write("Lý do gửi thiếu kế hoạch", "Trưởng ban đăng ký sau").click("Ghi biên bản họp ban")
    head.click("Gửi Ban Tổ chức - Kiểm tra").click("Gửi Ban Tổ chức - Kiểm tra")
    head.reads("Toàn ban", "Nhất trí, ưu tiên các huyện xa")


def put_before(coordinator: Somebody, department: str) -> None:
    coordinator.menu("Hồ sơ các ban")
    row = coordinator.main().get_by_role("row").filter(has_text=department)
    coordinator.click("Trình Thường trực", within=row).click("Trình Thường trực")


def accept(head: Somebody, name: str) -> None:
    head.menu("Chuyến đi").click(re.compile("^Kết quả chờ đồng chí"))
    for box in head.main().get_by_role("checkbox", name=re.compile(name)).all():
        box.check()
    head.click("Công nhận các kết quả đã đánh dấu")
    expect(head.main().get_by_role("checkbox", name=re.compile(name))).to_have_count(0)


# --- the sitting ---------------------------------------------------------------------


def convene(secretary: Somebody, held_on: date) -> None:
    secretary.menu("Phiên họp").click("Mở phiên họp")
    secretary.write("Ngày họp", held_on).pick("Chủ trì", secretary.person.full_name)
    secretary.click("Mở phiên họp").reads("Phiên họp Thường trực")


def focus(member: Somebody, day: str) -> None:
    """Choose a line of the agenda by its day."""
    member.click(re.compile(f"^{re.escape(day).replace('/', '.')}.*, dòng"))
    expect(member.page).to_have_url(re.compile("line="))
    expect(member.main().locator("#decide")).to_contain_text(day)


def has_decided(member: Somebody, day: str, word: str) -> None:
    line = member.main().get_by_role("row").filter(has=member.page.get_by_role("link", name=day))
    expect(line).to_contain_text(word)


def approve(member: Somebody, day: str) -> None:
    focus(member, day)
    member.click(re.compile("^Đồng ý"))
    has_decided(member, day, "Đồng ý")


def defer(member: Somebody, day: str) -> None:
    focus(member, day)
    member.click(re.compile("^Để lại phiên sau"))
    has_decided(member, day, "Để lại phiên sau")


def decline(member: Somebody, day: str, reason: str) -> None:
    focus(member, day)
    member.click(re.compile("^Không đồng ý")).write("Lý do", reason).click("Không đồng ý")
    has_decided(member, day, "Không đồng ý")


def adjust(member: Somebody, day: str, *, to: date, session: str, reason: str) -> None:
    focus(member, day)
    member.click(re.compile("^Điều chỉnh"))
    member.write("Từ ngày", to).write("Đến (hết )?ngày", to).tick("Buổi", session)
    member.write("Lý do", reason).click("Điều chỉnh")
    has_decided(member, day, "Điều chỉnh")


def close(chair: Somebody, number: str) -> None:
    chair.click(re.compile("^Xem Thông báo trước khi kết thúc"))
    chair.write("Số, ký hiệu Thông báo", number).click("Kết thúc phiên họp")
    chair.reads(f"Số: {number}")
