"""The programme of the year in the demonstration, and which joint activities belong to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fieldvisits.actions import programme
from fieldvisits.choices import ActivityEnd
from fieldvisits.demo.clock import standing_at
from fieldvisits.demo.people import HOST
from fieldvisits.models import ProgrammeActivity

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.demo.season import Season

# Month, day, days, department, title, hosted by the unit with a sign-in, cancelled.
type_of_line = tuple[int, int, int, str, str, bool, bool]
LINES: tuple[type_of_line, ...] = (
    (1, 15, 3, "CNDT", "Tết sum vầy cho công nhân và lao động trẻ", False, False),
    (2, 20, 1, "TNNT", "Tết trồng cây, ra quân làm thủy lợi nội đồng", False, False),
    (3, 1, 31, "VP", "Tháng Thanh niên", False, False),
    (3, 20, 7, "TG", "Liên hoan tiếng hát thanh niên Thủ đô", False, False),
    (4, 14, 2, "TNTH", "Ngày hội thanh niên khởi nghiệp khối trường học", True, False),
    (5, 13, 3, "TTN", "Đại hội cháu ngoan Bác Hồ", False, False),
    (6, 1, 61, "TNTH", "Chiến dịch Thanh niên tình nguyện hè", True, False),
    (7, 20, 8, "TG", "Thắp nến tri ân các Anh hùng liệt sĩ", False, False),
    (8, 10, 1, "DKTH", "Hội trại thanh niên tôn giáo, dân tộc", False, True),
    (9, 5, 10, "TCKT", "Hội thi cán bộ đoàn giỏi cấp cơ sở", False, False),
    (10, 8, 8, "TNNT", "Tuần lễ sản phẩm của thanh niên nông thôn", False, False),
    (11, 10, 20, "CNDT", "Ngày hội văn hóa, thể thao công nhân khu công nghiệp", True, False),
    (12, 1, 25, "DKTH", "Hành trình tình nguyện mùa đông", False, False),
)
NEAR = timedelta(days=20)
ONE_DAY = timedelta(days=1)
REASON = "Chuyển sang năm sau theo ý kiến của Thường trực"


@dataclass
class Programme:
    """Entered by the head of TCKT at the turn of the year; what is over is closed since."""

    season: Season
    activities: list[ProgrammeActivity] = field(default_factory=list)
    asked: int = 0

    def enter(self) -> None:
        by = self.season.coordinator
        with standing_at(date(self.season.today.year, 1, 2), 10):
            self.activities = [self._line(by, line) for line in LINES]
        for activity, line in zip(self.activities, LINES, strict=True):
            self._close(activity, by, cancelled=line[6])

    def _line(self, by: Person, line: type_of_line) -> ProgrammeActivity:
        month, day, days, code, title, hosted, _cancelled = line
        first = date(self.season.today.year, month, day)
        members = self.season.tables.members[code]
        activity = ProgrammeActivity(
            title=title,
            starts_on=first,
            ends_on=first + (days - 1) * ONE_DAY,
            department=self.season.departments[code],
            person=self.season.people[members[1]],
            host_unit=next(u for u in self.season.units if u.code == HOST) if hosted else None,
        )
        return programme.save(activity, by=by)

    def _close(self, activity: ProgrammeActivity, by: Person, *, cancelled: bool) -> None:
        """The last ones are still open: somebody has to say what became of them."""
        day = activity.ends_on + 2 * ONE_DAY
        if day + NEAR > self.season.today:
            return
        how, note = (ActivityEnd.CANCELLED, REASON) if cancelled else (ActivityEnd.HELD, "")
        with standing_at(day, 10):
            programme.close(activity, by=by, closed_as=how, closed_on=day, note=note)

    def near(self, day: date) -> ProgrammeActivity | None:
        """What goes on around a day, for two joint activities of three."""
        self.asked += 1
        if not self.asked % 3:
            return None
        found = [
            one
            for one in self.activities
            if one.starts_on - NEAR <= day <= one.ends_on + NEAR and one.year == day.year
        ]
        open_ones = ProgrammeActivity.objects.exclude(closed_as=ActivityEnd.CANCELLED)
        known = set(open_ones.values_list("pk", flat=True))
        return next((one for one in found if one.pk in known), None)
