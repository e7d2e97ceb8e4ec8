"""What looking back adds to the demonstration: quarterly reports, issues, a year reported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from accounts.permissions import Superiors
from fieldvisits.calendar import Quarter
from fieldvisits.demo.clock import standing_at
from fieldvisits.demo.people import WALK, code_of
from fieldvisits.models import Regulation
from reports.actions import annual_reports, issues, writing
from reports.models import Issue

if TYPE_CHECKING:
    from accounts.models import Department, Person
    from fieldvisits.demo.season import Season

ONE_DAY = timedelta(days=1)
RESULTS = (
    "Đã hoàn thành các chuyến đi theo kế hoạch: làm việc với Ban Thường vụ các đơn vị, "
    "dự sinh hoạt chi đoàn và khảo sát nhu cầu vay vốn của thanh niên."
)
ASSESSMENT = "Thực hiện đủ kế hoạch quý; một chuyến lùi ngày theo đề nghị của đơn vị."
PROPOSALS = (
    "Đề nghị cấp thêm tài liệu hướng dẫn đại hội điểm cho các đơn vị ngoại thành.",
    "Đề nghị Văn phòng bố trí xe cho các chuyến đi trên 40 km.",
    "Đề nghị tổ chức tập huấn chuyển đổi số cho bí thư chi đoàn.",
)
YEAR = {
    "results": "Ban đã phân công cán bộ theo địa bàn, mỗi xã, phường có ít nhất một lượt cán bộ "
    "đến làm việc; bốn chuyên đề có sản phẩm được nghiệm thu.",
    "difficulties": "Quý I trùng dịp Tết, số ngày đi cơ sở còn thấp.",
    "lessons": "Thống nhất lịch với đơn vị trước ít nhất một tuần; đi theo tổ để đỡ phiền cơ sở.",
    "proposals": "Bố trí kinh phí cho các chuyến đi xã xa trung tâm.",
}


def play(season: Season) -> None:
    _quarter(season)
    _year(season)


def _quarter(season: Season) -> None:
    """Of the quarter before: most accepted, one to be looked at; proposals become issues."""
    quarter = Quarter.of(season.today).previous
    sent_on = min(quarter.last_day + 4 * ONE_DAY, season.today)
    cadres = [code for code in season.tables.members[WALK] if code != code_of("canbo")]
    superiors = Superiors.of_day(season.today)
    for number, code in enumerate(cadres):
        cadre = season.people[code]
        with standing_at(sent_on, 10):
            proposals = PROPOSALS[number] if number < len(PROPOSALS) else "Không có."
            said = {"results": RESULTS, "self_assessment": ASSESSMENT, "proposals": proposals}
            report = writing.save_quarterly(quarter, by=cadre, said=said)
            writing.submit(report, by=cadre)
        by = superiors.of(cadre, report.department_id)
        if by is not None and number < len(cadres) - 1:
            with standing_at(min(sent_on + 2 * ONE_DAY, season.today), 15):
                writing.accept(report, by=by)
    _issues(season)


def _issues(season: Season) -> None:
    """One answered, one with its owner; the others still without a day."""
    owner = season.people[code_of("vanphong")]
    found = list(Issue.objects.select_related("owner", "raised_by").order_by("pk")[:2])
    for issue in found:
        with standing_at(season.today - ONE_DAY, 9):
            due_on = season.today + 3 * ONE_DAY
            issues.assign(issue, by=issue.owner, owner=owner, due_on=due_on)
    for issue in found[:1]:
        with standing_at(season.today - ONE_DAY, 14):
            words = "Văn phòng đã bố trí; danh sách gửi các ban trong tuần."
            issues.answer(issue, by=owner, comment=words)


def _year(season: Season) -> None:
    """The year that was due last: most received, others late, on their way or missing."""
    year = season.today.year
    due_on = Regulation.objects.for_year(year).annual_due_on(year)
    if season.today < due_on + 7 * ONE_DAY:
        year, due_on = year - 1, date(year - 1, due_on.month, due_on.day)
    codes = [WALK, *(code for code in season.departments if code != WALK)]
    for number, code in enumerate(codes):
        if number != 1:  # one has not submitted
            head = season.people[season.tables.members[code][0]]
            late = 2 * ONE_DAY if number == 2 else -2 * ONE_DAY  # noqa: PLR2004 -- the third
            _report(season, season.departments[code], year, head, due_on + late, number)


def _report(
    season: Season, department: Department, year: int, head: Person, day: date, number: int
) -> None:
    with standing_at(day, 10):
        report = annual_reports.save(department, year, by=head, said=YEAR)
        annual_reports.submit(report, by=head)
    if number == 3:  # noqa: PLR2004 -- one still lies with TCKT
        return
    with standing_at(day + ONE_DAY, 9):
        annual_reports.put_before(report, by=season.coordinator)
    if number != 2:  # noqa: PLR2004 -- the late one is before the committee
        with standing_at(day + 3 * ONE_DAY, 15):
            secretary = season.people[season.tables.committee[0]]
            annual_reports.receive(report, by=secretary)
