"""Random histories of what is reported, against a small reference model.

As ``tests/fieldvisits/test_histories.py``: the table below is written apart from
``reports/workflow.py``, in the words of docs/regulation.md.
"""

import os
from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from fieldvisits import workflow
from fieldvisits.actions.freezing import content_hash
from fieldvisits.actions.steps import STEPS
from fieldvisits.calendar import Quarter, Week
from fieldvisits.history import contradictions
from reports.actions import annual_reports, issues, writing
from reports.models import (
    AnnualReport,
    Issue,
    QuarterlyReport,
    ReportStep,
    ReportVersion,
    WeeklyReport,
)
from tests.factories.agency import make_agency
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
HISTORIES = int(os.environ.get("HISTORIES", "200")) // 5
SEED = int(os.environ.get("SEED", "0"))  # another one: other histories
ROLES = ("secretary", "deputy_secretary", "member", "head", "cadre", "coordinator")
COMMITTEE = {"secretary", "deputy_secretary", "member"}
# Who may take a step, and from where.
MAY = {
    ("weekly_report", "submit"): ({"draft"}, {"own"}),
    ("weekly_report", "withdraw"): ({"submitted"}, {"own"}),
    ("weekly_report", "acknowledge"): ({"submitted"}, {"superior"}),
    ("quarterly_report", "submit"): ({"draft", "returned"}, {"own"}),
    ("quarterly_report", "withdraw"): ({"submitted"}, {"own"}),
    ("quarterly_report", "accept"): ({"submitted"}, {"superior"}),
    ("quarterly_report", "return"): ({"submitted"}, {"superior"}),
    ("annual_report", "submit"): ({"compiling"}, {"own"}),
    ("annual_report", "recall"): ({"with_coordination"}, {"own"}),
    ("annual_report", "put_before"): ({"with_coordination"}, {"tckt"}),
    ("annual_report", "take_back"): ({"before_committee"}, {"tckt"}),
    ("annual_report", "return"): ({"with_coordination", "before_committee"}, {"by state"}),
    ("annual_report", "receive"): ({"before_committee"}, {"committee"}),
    ("annual_report", "addendum"): ({"received"}, {"own"}),
    ("issue", "raise"): (set(), set()),  # once, as the report is read
    ("issue", "assign"): ({"open"}, {"head", "committee"}),
    ("issue", "answer"): ({"open"}, {"answers"}),
    ("issue", "close"): ({"answered"}, {"own", "head", "committee"}),
    ("issue", "reopen"): ({"answered", "closed"}, {"own", "head", "committee"}),
}
PATHS = tuple(dict.fromkeys(path for path, _name in MAY))
MODELS = (WeeklyReport, QuarterlyReport, AnnualReport, Issue)
SAID = {"results": "Đã đi 12 xã, giải quyết vốn vay cho bốn tổ hợp tác"}
TAKEN = Counter()


class Histories(RuleBasedStateMachine):
    """A cadre, the head, TCKT and the Standing Committee, on one day; visits are only booked."""

    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel("2018-10-20 09:00+07:00", tick=False)
        self.clock.start()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.agency = make_agency()
        self.earned, self.frozen = 0, {}
        cadre, head, tckt = (self.person(role) for role in ("cadre", "head", "coordinator"))
        quarterly = {**SAID, "self_assessment": "Đủ kế hoạch"}
        annual = {**SAID, "lessons": "Hẹn đơn vị trước"}
        # (whose, paper)
        self.papers = [
            ("cadre", writing.save_weekly(Week(2018, 41), by=cadre, said=SAID)),
            ("head", writing.save_weekly(Week(2018, 41), by=head, said=SAID)),
            ("cadre", writing.save_quarterly(Quarter(2018, 3), by=cadre, said=quarterly)),
            ("head", annual_reports.save(self.agency.rural, 2018, by=head, said=annual)),
            ("coordinator",
             annual_reports.save(self.agency.coordination, 2018, by=tckt, said=annual)),
            ("cadre", self.issue_of(cadre, head)),
        ]  # fmt: skip

    def issue_of(self, cadre, head):
        said = {**SAID, "proposals": "Hỗ trợ tài liệu đại hội"}
        report = writing.save_weekly(Week(2018, 40), by=cadre, said=said)
        writing.submit(report, by=cadre)
        writing.acknowledge(report, by=head)
        self.answers = "head"
        return Issue.objects.get()

    def teardown(self):
        try:
            self.everything_agrees()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
            self.clock.stop()

    def person(self, role):
        found = getattr(self.agency, role)
        for name in ("_offices", "_superiors", "_taken_over"):
            found.__dict__.pop(name, None)
        return found

    def roles_of(self, by, owner):
        """What the actor is to a paper of ``owner``, after rule R17."""
        return {
            "own" if by == owner else "",
            "superior" if by == ("deputy_secretary" if owner == "head" else "head") else "",
            "tckt" if by == "coordinator" else "",
            "committee" if by in COMMITTEE else "",
            "head" if by == "head" else "",
            "answers" if by == self.answers else "",
        }

    @rule()
    def a_day_is_earned(self):
        self.earned += 1
        booked_visit(
            self.agency.cadre, f"2018-{self.earned % 9 + 1:02d}-{self.earned // 9 + 1:02d}"
        )

    @rule(
        who=st.sampled_from(ROLES),
        to=st.sampled_from(("coordinator", "cadre", "head", "member")),
        ahead=st.integers(-1, 5),
    )
    def assigns(self, who, to, ahead):
        owner, issue = self.papers[-1]
        goes = ahead >= 0 and self.may("issue", "assign", issue.state, who, owner)
        wanted = {"owner": self.person(to), "due_on": date(2018, 10, 20) + timedelta(days=ahead)}
        self.expect(goes, lambda: issues.assign(issue, by=self.person(who), **wanted))
        if goes:
            self.answers = to
            TAKEN["issue", "assign"] += 1

    @rule(
        number=st.integers(0, 5),
        who=st.sampled_from(ROLES),
        name=st.sampled_from(sorted({name for _path, name in MAY})),
        pick=st.one_of(st.none(), st.integers(0, 3), st.integers(0, 3)),
    )
    def tries_a_step(self, number, who, name, pick):
        owner, paper = self.papers[number]
        path, state = paper.PATH, paper.state
        if pick is not None:  # a way that is open, by somebody who may
            open_ways = [n for p, n in STEPS if p == path and state in MAY[p, n][0]]
            name = open_ways[pick % len(open_ways)] if open_ways else name
        if (path, name) not in STEPS:
            return
        if pick is not None:
            who = next((r for r in ROLES if self.may(path, name, state, r, owner)), who)
        goes = self.may(path, name, state, who, owner)
        if name == "addendum":
            goes = goes and owner == "head" and self.frozen[paper] != self.earned
        self.expect(
            goes, lambda: STEPS[path, name](paper, by=self.person(who), comment="Lý do rõ ràng")
        )
        if goes:
            TAKEN[path, name] += 1
            if name in ("submit", "addendum"):
                self.frozen[paper] = self.earned

    def may(self, path, name, state, who, owner):
        sources, actors = MAY[path, name]
        if (path, name) == ("annual_report", "return"):
            actors = {"tckt"} if state == "with_coordination" else {"committee"}
        if name == "close" and who == self.answers:
            return False  # whoever answers does not close
        return state in sources and bool(self.roles_of(who, owner) & actors)

    def expect(self, goes, act):
        before, refused = self.everything(), None
        try:
            with transaction.atomic():
                act()
        except (ValidationError, PermissionDenied) as refusal:
            refused = str(refusal)
        for _owner, paper in self.papers:
            paper.refresh_from_db()
        assert not (goes and refused), f"the model allows it, but: {refused}"
        assert goes or refused, "the model refuses it, but it went"
        assert goes or self.everything() == before

    def everything(self):
        papers = [list(m.objects.order_by("pk").values_list("state", "version")) for m in MODELS]
        return papers, ReportStep.objects.count(), ReportVersion.objects.count()

    def everything_agrees(self):
        for _owner, paper in self.papers:
            steps = list(paper.steps.all())
            assert [row.number for row in steps] == list(range(1, paper.version + 1))
            assert not steps or steps[-1].after == paper.state
        for row in ReportVersion.objects.all():
            assert content_hash(row.content) == row.content_hash
        for row in ReportStep.objects.filter(name__in=("acknowledge", "accept", "receive")):
            report = row.weekly_report or row.quarterly_report
            assert report is None or row.by_id != report.person_id
        assert [one for one in contradictions() if not one.startswith("visit ")] == []


def test_model_knows_every_step_of_these_paths():
    known = {(path, name) for path in PATHS for name in workflow.PATHS[path]}
    assert known == set(MAY)


def test_random_histories_agree_with_the_model():
    run_state_machine_as_test(
        seed(SEED)(type("Seeded", (Histories,), {})) if SEED else Histories,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=20,
            deadline=None,
            derandomize=not SEED,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    if HISTORIES >= 40:  # a control: papers of every path were moved
        assert {path for path, _name in TAKEN} == set(PATHS)
