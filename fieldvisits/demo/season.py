"""The current quarter, acted out through the actions people use, each on its day.

The main dossiers went through a sitting before the quarter began. A few late people per
department leave papers in every state: one plan empty, one department with an open
round, one dossier with TCKT, one before an open sitting.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from accounts.models import Department, Person, Unit
from accounts.permissions import Superiors
from fieldvisits import demo, permissions
from fieldvisits.actions import closing, dossiers, numbering, plans, sittings, visits
from fieldvisits.calendar import SATURDAY, Quarter, days_from
from fieldvisits.choices import Decision, VisitKind, VisitState
from fieldvisits.demo import at_unit, clusters, tour, words
from fieldvisits.demo.ad_hoc import AdHoc
from fieldvisits.demo.clock import standing_at
from fieldvisits.demo.past import is_out_of_the_way
from fieldvisits.demo.people import WALK, Tables, code_of
from fieldvisits.demo.programme import Programme
from fieldvisits.models import Plan, Sitting, Visit

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE_DAY = timedelta(days=1)
LATE_PER_DEPARTMENT = 3


@dataclass
class Season:
    tables: Tables
    today: date
    dice: random.Random

    def __post_init__(self) -> None:
        self.quarter = Quarter.of(self.today)
        self.people = {person.code: person for person in Person.objects.all()}
        self.departments = {row.code: row for row in Department.objects.all()}
        there = Unit.objects.existing_on(self.today).prefetch_related("versions")
        self.units = [unit for unit in there if not is_out_of_the_way(unit.code)]
        self.coordinator = self.people[code_of("tckt")]
        self.programme = Programme(self)

    def play(self) -> None:
        late = {code: people[-LATE_PER_DEPARTMENT:] for code, people in self.tables.members.items()}
        late[WALK] = [code_of("canbo"), *late[WALK][-2:]]
        if self.walk_quarter != self.quarter:  # its own plan of this quarter was in time
            late[WALK] = late[WALK][1:]
        clusters.play(self)
        self.programme.enter()
        self._main_round(late)
        self._carry_out()
        self._late_papers(late)
        AdHoc(self).play()
        at_unit.play(self)
        for act in demo.ACTS:
            act(self)
        self._walk()

    @property
    def walk_quarter(self) -> Quarter:
        """Where the empty plan lies: this quarter, or the next when this one is over."""
        ends = self.quarter.last_day - 4 * ONE_DAY
        return self.quarter if self.today <= ends else self.quarter.next

    # ---- the main round -----------------------------------------------------------------

    def _main_round(self, late: dict[str, list[str]]) -> None:
        begin = self.quarter.first_day
        filed: list[Plan] = []
        for code, people in self.tables.members.items():
            in_time = [person for person in people if person not in late[code]]
            if code == WALK:
                filed += self._file_tour(in_time[: tour.PEOPLE], begin - 11 * ONE_DAY)
                in_time = in_time[tour.PEOPLE :]
            filed += [self._file(person, begin - 11 * ONE_DAY) for person in in_time]
        filed += [self._file(person, begin - 11 * ONE_DAY) for person in self.tables.committee]
        self._agree(filed, begin - 8 * ONE_DAY)
        for department in [*self.departments.values(), None]:
            self._forward(department, begin - 7 * ONE_DAY)
        with standing_at(begin - 3 * ONE_DAY, 14):
            sitting = sittings.convene(by=self.coordinator, held_on=begin - 3 * ONE_DAY)
            self._decide(sitting)
            sittings.give_direction(
                sitting,
                by=self.coordinator,
                text="Ưu tiên các đơn vị lâu chưa có cán bộ đến; báo cáo tuần nộp đúng hạn.",
            )
            closing.close(sitting, by=sitting.chair)
        with standing_at(begin - 2 * ONE_DAY):
            clerk = self.people[code_of("vanthu")]
            numbering.number(sitting, by=clerk, notice_number="52-TB/TĐTN-TCKT")

    def _file(self, code: str, day: date, *, first: date | None = None, count: int = 4) -> Plan:
        """File a plan on ``day`` with visits from ``first`` on."""
        with standing_at(day):
            plan = self._draft(code, day, first=first, count=count)
            plans.submit(plan, by=plan.cadre)
        return plan

    def _draft(self, code: str, day: date, *, first: date | None = None, count: int = 4) -> Plan:
        cadre = self.people[code]
        plan = plans.open_plan(by=cadre, quarter=Quarter.of(first or self.quarter.first_day))
        begin = max(first or plan.quarter.first_day, day + ONE_DAY)
        for start in self._starts(begin, plan.quarter.last_day, count):
            self._row(plan, start)
        return plan

    def _file_tour(self, codes: Sequence[str], day: date) -> list[Plan]:
        """The same for colleagues who go to one unit together."""
        with standing_at(day):
            drafts = [self._draft(code, day) for code in codes]
            tour.plan_tour(drafts, self.today)
            for plan in drafts:
                plans.submit(plan, by=plan.cadre)
        return drafts

    def _starts(self, first: date, last: date, count: int) -> list[date]:
        """First days, spread out, mostly on working days, three days apart."""
        span = list(days_from(first, max(first, last - 2 * ONE_DAY)))
        if len(span) > 3 * count:
            weekdays = [day for day in span if day.weekday() < SATURDAY]
            step = max(1, len(weekdays) // count)
            offset = self.dice.randrange(step) if step > 3 else 0  # noqa: PLR2004 -- room to move
            return weekdays[offset::step][:count]
        return span[::3][:count]

    def _row(self, plan: Plan, start: date) -> Visit:
        kind = self.dice.choices(list(words.KIND_WEIGHTS), list(words.KIND_WEIGHTS.values()))[0]
        end = min(start + self.dice.choice((0, 1, 2, 2)) * ONE_DAY, plan.quarter.last_day)
        visit = Visit(
            unit=self.dice.choice(self.units),
            starts_on=start,
            ends_on=end,
            session=self.dice.choice(("full", "morning", "afternoon")) if end == start else "full",
            kind=kind,
            content=self.dice.choice(words.CONTENTS[kind]),
            expected_result=words.EXPECTED.get(kind, ""),
        )
        if kind == VisitKind.JOINT_ACTIVITY:
            visit.role = "Phụ trách nội dung, cùng đơn vị tổ chức"
            visit.activity = self.programme.near(start)
        if kind == VisitKind.INSPECTION:
            visit.inspection_body = "inspection"
            visit.inspection_programme = f"Số 12-CTr/UBKT ngày 15/01/{start.year}"
        return plans.save_visit(visit, plan=plan, by=plan.cadre)

    def _agree(self, filed: Sequence[Plan], day: date) -> None:
        with standing_at(day):
            superiors = Superiors.of_day(day)
            for plan in filed:
                by = superiors.of(plan.cadre, plan.department_id)
                if by is not None:
                    plans.agree(plan, by=self.people[by.code])

    def _forward(self, department: Department | None, day: date, *, put: bool = True) -> None:
        """Hold the meeting, forward the dossier, and put it before the committee."""
        code = department.code if department else "VP"
        head = self.people[self.tables.members[code][0]]
        with standing_at(day):
            dossier = dossiers.record_meeting(
                dossiers.current(department, self.quarter),
                by=head,
                met_on=day,
                present=words.PRESENT,
                conclusions=words.CONCLUSIONS,
                missing_reason="Một số đồng chí bận công tác, nộp bổ sung sau.",
            )
            dossiers.forward(dossier, by=head)
        if put:
            with standing_at(day + ONE_DAY):
                dossiers.put_before(dossier, by=self.coordinator)

    def _decide(self, sitting: Sitting) -> None:
        members = [row.member for row in sitting.presences.select_related("member")]
        for number, line in enumerate(
            sitting.lines.select_related("visit__plan", "visit__unit", "sitting"), 1
        ):
            by = next(m for m in members[1:] if permissions.decides_line(m, line))
            if line.visit.team:
                sittings.decide(line, Decision.APPROVE, by=by)
            elif number % 41 == 0:
                sittings.decide(
                    line, Decision.DECLINE, by=by, reason="Trùng với đoàn kiểm tra của Thành đoàn"
                )
            elif number % 67 == 0:
                sittings.decide(line, Decision.DEFER, by=by, reason="Chờ ý kiến của đơn vị")
            else:
                sittings.decide(line, Decision.APPROVE, by=by)

    # ---- what has been done since --------------------------------------------------------

    def _carry_out(self) -> None:
        superiors = Superiors.of_day(self.today)
        done = Visit.objects.filter(
            state=VisitState.APPROVED, ends_on__lte=self.today, plan__is_carrier=False
        ).select_related("cadre", "unit", "plan")
        for visit in done.in_order():
            if self.dice.random() < 0.06:  # noqa: PLR2004 -- some are forgotten
                continue
            day = min(visit.ends_on + 2 * ONE_DAY, self.today)
            with standing_at(day, 16):
                visits.report(
                    visit,
                    by=visit.cadre,
                    result=words.RESULT,
                    starts_on=visit.starts_on,
                    ends_on=visit.ends_on,
                    session=visit.session,
                )
            by = superiors.of(visit.cadre, visit.plan.department_id)  # type: ignore[union-attr]  # filtered
            if by and (self.today - day).days >= 3 and self.dice.random() < 0.9:  # noqa: PLR2004 -- most, in time
                with standing_at(day + 2 * ONE_DAY, 10):
                    visits.accept(visit, by=by)

    # ---- papers on their way ---------------------------------------------------------------

    def _late_papers(self, late: dict[str, list[str]]) -> None:
        filed_on = self.today - 4 * ONE_DAY
        for number, (code, people) in enumerate(late.items()):
            others = [person for person in people if person != code_of("canbo")]
            filed = [
                self._file(person, filed_on, first=self._room(filed_on), count=3)
                for person in others
            ]
            if code == WALK:
                self._agree(filed[:1], self.today - ONE_DAY)
            elif number == 0:  # the draft of one, the returned plan of another
                self._return(filed[0])
                with standing_at(self.today - ONE_DAY):
                    plans.withdraw(filed[1], by=filed[1].cadre)
            elif number == 1 or filed[0].quarter != self.quarter:
                continue  # waiting for agreement
            else:
                self._agree(filed, self.today - 3 * ONE_DAY)
                # One before the committee, the others with TCKT.
                self._forward(
                    self.departments[code], self.today - 2 * ONE_DAY, put=number in (2, 3)
                )
        with standing_at(self.today - ONE_DAY, 15):
            sittings.convene(by=self.coordinator, held_on=self.today)

    def _room(self, filed_on: date) -> date:
        """Where late visits begin: soon, in this quarter if there is still a day of it."""
        soon = min(filed_on + 3 * ONE_DAY, self.quarter.last_day)
        return max(soon, self.quarter.first_day)

    def _return(self, plan: Plan) -> None:
        with standing_at(self.today - ONE_DAY):
            by = Superiors.of_day(self.today).of(plan.cadre, plan.department_id)
            if by is not None:
                plans.send_back(
                    plan,
                    by=by,
                    comment="Nội dung hai chuyến còn chung chung, ghi rõ làm việc gì, với ai.",
                )

    def _walk(self) -> None:
        with standing_at(self.today - ONE_DAY):
            plans.open_plan(by=self.people[code_of("canbo")], quarter=self.walk_quarter)
