"""B1: random histories against a small reference model.

The model below is written apart from ``workflow.py``: who may take which step from which
state, in the words of docs/regulation.md. Whatever is tried, by whomever, either the model
says it goes and it goes, or it is refused and nothing is written.
"""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.permissions import ALLOWED
from fieldvisits import workflow
from fieldvisits.actions import (
    amending,
    attendances,
    closing,
    confirmations,
    dossiers,
    plans,
    sittings,
    unit_notices,
    visits,
)
from fieldvisits.actions.freezing import content_hash
from fieldvisits.actions.steps import STEPS
from fieldvisits.calendar import Quarter
from fieldvisits.choices import Decision
from fieldvisits.history import contradictions
from fieldvisits.ledger.checking import disagreements
from fieldvisits.ledger.totals import totals
from fieldvisits.models import (
    AdHocRequest,
    ConfirmationRequest,
    Dossier,
    Plan,
    Product,
    Sitting,
    Step,
    UnitNotice,
    Version,
    Visit,
)
from tests.factories.agency import (
    CONTENT,
    add_visit,
    inspector_of_agency,
    make_agency,
    representative,
)
from tests.factories.requests import draft

pytestmark = pytest.mark.django_db
HISTORIES = int(os.environ.get("HISTORIES", "200"))
SEED = int(os.environ.get("SEED", "0"))  # another one: other histories
PARTS = 8  # more than workers: whoever is free takes one
Q4 = Quarter(2018, 4)
ROLES = ("secretary", "deputy_secretary", "member", "head", "cadre", "colleague", "coordinator")

# Who may take a step, and from where. "own" is the cadre; the head's own plan goes higher.
MAY = {
    ("plan", "submit"): ({"draft", "returned"}, {"own"}),
    ("plan", "withdraw"): ({"submitted"}, {"own"}),
    ("plan", "agree"): ({"submitted"}, {"superior"}),
    ("plan", "take_back"): ({"agreed"}, {"superior"}),
    ("plan", "return"): ({"submitted", "agreed"}, {"superior"}),
    ("dossier", "forward"): ({"compiling"}, {"head"}),
    ("dossier", "recall"): ({"with_coordination"}, {"head"}),
    ("dossier", "put_before"): ({"with_coordination"}, {"coordinator"}),
    ("dossier", "take_back"): ({"before_committee"}, {"coordinator"}),
    ("dossier", "return"): ({"with_coordination", "before_committee"}, {"by state"}),
    ("visit", "withdraw"): ({"proposed"}, {"own"}),
    ("visit", "cancel"): ({"approved"}, {"own", "head"}),
    ("visit", "take_back"): ({"reported"}, {"own"}),
    ("visit", "accept"): ({"reported"}, {"superior"}),
    ("visit", "send_back"): ({"reported"}, {"superior"}),
    ("visit", "reopen"): ({"accepted"}, {"superior"}),
    ("request", "request"): ({"draft"}, {"own"}),
    ("request", "endorse"): ({"requested"}, {"superior"}),
    ("request", "take_back"): ({"endorsed"}, {"superior"}),
    ("request", "approve"): ({"endorsed"}, {"in charge"}),
    ("request", "decline"): ({"endorsed"}, {"in charge"}),
    ("request", "return"): ({"requested", "endorsed"}, {"by state"}),
    ("request", "withdraw"): ({"requested"}, {"own"}),
    ("request", "cancel"): ({"draft", "requested", "endorsed"}, {"own"}),
    ("product", "submit"): ({"owed"}, {"own"}),
    ("product", "withdraw"): ({"submitted"}, {"own"}),
    ("product", "accept"): ({"submitted"}, {"superior"}),
    ("product", "return"): ({"submitted"}, {"superior"}),
}
# Two of three tries go a way that is open; the others are anybody's.
PICK = st.one_of(st.none(), st.integers(0, 3), st.integers(0, 3))
DECIDERS = {"secretary", "deputy_secretary", "member", "coordinator"}


MODELS = (Plan, Dossier, Visit, Sitting, Product, UnitNotice, ConfirmationRequest, AdHocRequest)
WRITTEN = {"title": "Báo cáo", "summary": "Nêu ba đề xuất cụ thể", "link": "https://a.example/"}


class Histories(RuleBasedStateMachine):
    """A department of three and everybody above it, on days that go by."""

    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel("2018-09-20 09:00+07:00", tick=False)
        self.traveller = self.clock.start()
        self.day = date(2018, 9, 20)
        self.block = transaction.atomic()
        self.block.__enter__()
        self.agency = make_agency()
        self.agency.inspector = inspector_of_agency()
        self.agency.representative = representative(self.agency.unit)
        self.filers = ("head", "cadre", "colleague")
        for role in self.filers:
            plans.open_plan(by=self.person(role), quarter=Q4)

    def teardown(self):
        self.everything_agrees()
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        self.clock.stop()

    def person(self, role):
        found = getattr(self.agency, role)
        found.__dict__.pop("_offices", None)
        found.__dict__.pop("_superiors", None)
        return found

    def roles_of(self, by, owner):
        """What the actor is to a paper of ``owner``, after rule R17."""
        superior = "deputy_secretary" if owner == "head" else "head"
        return {
            "own" if by == owner else "",
            "superior" if by == superior else "",
            "head" if by == "head" else "",
            "coordinator" if by == "coordinator" else "",
            "in charge" if by in {"secretary", "deputy_secretary"} else "",
        }

    @rule(days=st.integers(1, 9))
    def time_goes_by(self, days):
        self.day = min(self.day + timedelta(days=days), date(2018, 12, 30))
        self.traveller.move_to(f"{self.day} 09:00+07:00")

    @rule(
        who=st.sampled_from(("head", "cadre", "colleague")),
        offset=st.integers(0, 20),
        length=st.integers(1, 2),
        session=st.sampled_from(("full", "morning", "afternoon")),
        kind=st.sampled_from(("thematic", "working_session")),
    )
    def writes_a_row(self, who, offset, length, session, kind):
        plan = Plan.objects.get(cadre=self.person(who))
        first = date(2018, 10, 1) + timedelta(days=offset)
        last = first + timedelta(days=length - 1)
        halves = {"full": "am pm", "morning": "am", "afternoon": "pm"}[session].split()
        wanted = {(first + timedelta(days=n), half) for n in range(length) for half in halves}
        goes = plan.state in {"draft", "returned"} and not wanted & self.taken(who)
        self.expect(
            goes, lambda: add_visit(plan, self.agency.unit, first, last, session=session, kind=kind)
        )

    @rule(
        who=st.sampled_from(("head", "cadre", "colleague")),
        offset=st.integers(-6, 9),
        kind=st.sampled_from(("thematic", "working_session")),
    )
    def drafts_a_request(self, who, offset, kind):
        """Ad hoc: soon, or already over by up to six days (three are in time)."""
        first = self.day + timedelta(days=offset)
        goes = not {(first, "am"), (first, "pm")} & self.taken(who)
        late = "Đi liền một đợt, chưa về cơ quan" if offset < -3 else ""
        cadre = self.person(who)
        again = AdHocRequest.objects.filter(
            visit__cadre=cadre, state="draft", visit__starts_on=first, visit__kind=kind
        ).exists()
        if not again:  # the same draft written again is the same one
            self.expect(
                goes,
                lambda: draft(self.agency, first, cadre=cadre, kind=kind, late_reason=late),
            )

    @rule(
        who=st.sampled_from(ROLES),
        number=st.integers(0, 3),
        name=st.sampled_from([n for p, n in MAY if p == "request"]),
        pick=PICK,
    )
    def tries_a_request_step(self, who, number, name, pick):
        rows = list(AdHocRequest.objects.order_by("pk"))
        if not rows:
            return
        asked = rows[number % len(rows)]
        owner = self.owner_of(asked.visit)
        name, who = self.possible("request", asked.state, pick, name, who, owner)
        roles = self.roles_of(who, owner)
        goes = self.may("request", name, asked.state, roles)
        if name == "return":
            right = {"requested": "superior", "endorsed": "in charge"}.get(asked.state)
            goes = right in roles
        if name == "take_back" and goes:
            endorsed = asked.steps.filter(name="endorse").order_by("number").last()
            goes = endorsed.by_id == self.person(who).pk
        if name in ("approve", "decline", "return", "take_back") and asked.state == "endorsed":
            lines = asked.visit.agenda_lines.filter(sitting__state="open")
            goes = goes and not lines.exclude(decision="open").exists()
        if name in ("approve", "decline"):
            goes = goes and not asked.is_late
        if name == "request":
            written = asked.visit.registered_on or self.day
            in_time = (written - asked.visit.ends_on).days <= 3
            goes = goes and (in_time or bool(asked.late_reason))
        self.step(asked, name, who, goes)

    @rule(who=st.sampled_from(("head", "cadre", "colleague")), ago=st.integers(-1, 3))
    def logs_an_attendance(self, who, ago):
        day = self.day - timedelta(days=ago)
        visit = Visit(
            unit=self.agency.unit, starts_on=day, ends_on=day, session="morning",
            content="Dự lễ phát động tháng thanh niên", role=f"Đại biểu {Visit.objects.count()}",
        )  # fmt: skip
        self.expect(ago >= 0, lambda: attendances.log(visit, by=self.person(who)))

    def taken(self, who, among=None):
        rows = Visit.objects.all() if among is None else among
        rows = rows.filter(cadre=self.person(who)).exclude(state__in=("declined", "cancelled"))
        rows = rows.exclude(confirmation="denied")
        return {slot for row in rows if row.kind != "event_attendance" for slot in row.slots()}

    def possible(self, path, state, pick, name, who, owner):
        """Where ``pick`` is a number: a step that goes from here, by somebody who may."""
        names = [n for p, n in MAY if p == path and state in MAY[p, n][0]]
        if pick is None or not names:
            return name, who
        name = names[pick % len(names)]
        actors = [role for role in ROLES if self.roles_of(role, owner) & MAY[path, name][1]]
        return name, actors[0] if actors else who

    @rule(
        who=st.sampled_from(ROLES),
        owner=st.sampled_from(("head", "cadre", "colleague")),
        name=st.sampled_from([n for p, n in MAY if p == "plan"]),
        pick=PICK,
    )
    def tries_a_plan_step(self, who, owner, name, pick):
        plan = Plan.objects.get(cadre=self.person(owner))
        name, who = self.possible("plan", plan.state, pick, name, who, owner)
        goes = self.may("plan", name, plan.state, self.roles_of(who, owner))
        rows = [v for v in plan.visits.all() if v.state not in ("declined", "cancelled")]
        if goes and name == "submit":
            goes = bool(rows) and all(v.registered_on or v.starts_on > self.day for v in rows)
            goes = goes and all(v.kind != "event_attendance" for v in rows)
        self.step(plan, name, who, goes)

    @rule(
        who=st.sampled_from(ROLES),
        name=st.sampled_from([n for p, n in MAY if p == "dossier"]),
        pick=PICK,
    )
    def tries_a_dossier_step(self, who, name, pick):
        dossier = Dossier.objects.order_by("-round").first()
        state = dossier.state if dossier and dossier.state != "decided" else "compiling"
        name, who = self.possible("dossier", state, pick, name, who, "")
        if name == "forward" and (dossier is None or dossier.state != "compiling"):
            fresh = dossiers.current(self.agency.rural, Q4)
            dossier = dossiers.record_meeting(
                fresh,
                by=self.person("head"),
                met_on=self.day,
                present="Toàn ban",
                missing_reason="Nộp sau",
            )
        if dossier is None:
            return
        goes = self.may("dossier", name, dossier.state, self.roles_of(who, ""))
        if name == "return":
            before = dossier.state == "before_committee"
            goes = dossier.state not in {"decided", "compiling"} and who in (
                DECIDERS if before else {"coordinator"}
            )
        if name == "forward":
            goes = goes and Plan.objects.filter(state="agreed").exists()
        if name == "take_back":
            goes = goes and not dossier.agenda_lines.exclude(decision="open").exists()
        self.step(dossier, name, who, goes)

    def may(self, path, name, state, roles):
        sources, actors = MAY[path, name]
        return state in sources and bool(roles & actors)

    @rule(
        choices=st.lists(
            st.sampled_from(("approve", "decline", "defer", "open")), min_size=1, max_size=4
        ),
        chair=st.sampled_from(("secretary", "member")),
        by=st.sampled_from(("secretary", "member", "coordinator")),
    )
    def sits(self, choices, chair, by):
        sitting = sittings.convene(by=self.person("coordinator"), held_on=self.day)
        for number, line in enumerate(sitting.lines.select_related("visit", "sitting")):
            if line.visit.state != "proposed":
                continue
            choice = choices[number % len(choices)]
            late = line.dossier is not None and (
                line.visit.registered_on is None or line.visit.registered_on >= line.visit.starts_on
            )
            goes = not (late and choice == "approve")
            self.expect(
                goes,
                lambda line=line, choice=choice: sittings.decide(
                    line, Decision(choice), by=self.person(by), reason="Lý do"
                ),
            )
        left = sitting.lines.filter(decision="open", visit__state="proposed").exists()
        goes = chair == "secretary" and not left
        self.expect(
            goes,
            lambda: closing.close(
                Sitting.objects.get(pk=sitting.pk),
                by=self.person(chair),
                notice_number=f"{sitting.pk}-TB",
            ),
        )

    @rule(
        who=st.sampled_from(("head", "cadre", "colleague", "its cadre")), number=st.integers(0, 3)
    )
    def reports(self, who, number):
        rows = list(Visit.objects.filter(state="approved").in_order())
        if not rows:
            return
        visit = rows[number % len(rows)]
        if who == "its cadre":
            who = self.owner_of(visit)
        goes = visit.cadre == self.person(who) and visit.ends_on <= self.day
        self.expect(
            goes,
            lambda: visits.report(
                visit,
                by=self.person(who),
                result="Đã làm xong việc theo kế hoạch",
                starts_on=visit.starts_on,
                ends_on=visit.ends_on,
                session=visit.session,
            ),
        )

    def owner_of(self, visit):
        return next(role for role in self.filers if self.person(role) == visit.cadre)

    @rule(
        who=st.sampled_from(ROLES),
        number=st.integers(0, 5),
        name=st.sampled_from([n for p, n in MAY if p == "visit"]),
        pick=PICK,
    )
    def tries_a_visit_step(self, who, number, name, pick):
        rows = list(Visit.objects.in_order())
        if not rows:
            return
        visit = rows[number % len(rows)]
        owner = self.owner_of(visit)
        name, who = self.possible("visit", visit.state, pick, name, who, owner)
        goes = self.may("visit", name, visit.state, self.roles_of(who, owner))
        if goes and name == "take_back":
            done = [step.name for step in visit.steps.all() if step.name != "reclassify"]
            goes = done[-1] == "report"
        if visit.kind == "event_attendance" and name in ("withdraw", "send_back"):
            logged = visit.steps.filter(name="log").exists()  # withdrawn till accepted
            own_way = name == "withdraw" and visit.state == "reported" and who == owner
            goes = (own_way and logged) or (goes and not logged) or (goes and name == "withdraw")
        self.step(visit, name, who, goes)

    def some_visit(self, number):
        rows = list(Visit.objects.in_order())
        return rows[number % len(rows)] if rows else None

    @rule(
        who=st.sampled_from((*ROLES, "superior", "superior", "superior")),
        number=st.integers(0, 5),
        offset=st.integers(0, 20),
        session=st.sampled_from(("full", "morning")),
    )
    def amends(self, who, number, offset, session):
        visit = self.some_visit(number)
        if visit is None:
            return
        owner = self.owner_of(visit)
        superior = "deputy_secretary" if owner == "head" else "head"
        who = superior if who == "superior" else who
        day = date(2018, 10, 1) + timedelta(days=offset)
        halves = {"full": {"am", "pm"}, "morning": {"am"}}[session]
        wanted, own = {(day, half) for half in halves}, set(visit.slots())
        goes = visit.state == "approved" and who == superior
        goes = goes and (own != wanted or visit.content != CONTENT)
        goes = goes and not any(day < self.day for day, _half in wanted - own)
        others = Visit.objects.exclude(pk=visit.pk)
        goes = goes and (visit.kind == "event_attendance" or not wanted & self.taken(owner, others))
        said = amending.Wanted(starts_on=day, ends_on=day, session=session, content=CONTENT)
        if visit.kind == "thematic":
            said = dataclasses.replace(said, expected_result=visit.expected_result)
        by = self.person(who)
        self.expect(goes, lambda: amending.amend(visit, by=by, wanted=said, comment="Lý do"))

    @rule(
        who=st.sampled_from((*ROLES, "coordinator", "coordinator")),
        number=st.integers(0, 5),
        kind=st.sampled_from(("thematic", "working_session", "event_attendance")),
    )
    def changes_the_kind(self, who, number, kind):
        visit = self.some_visit(number)
        if visit is None:
            return
        owner, others = self.owner_of(visit), Visit.objects.exclude(pk=visit.pk)
        goes = who == "coordinator" and kind != visit.kind
        goes = goes and not visit.steps.filter(name="log").exists()  # never approved
        goes = goes and visit.state in {"proposed", "approved", "reported", "accepted"}
        goes = goes and not (visit.state == "proposed" and visit.plan and visit.plan.is_with_cadre)
        if goes and kind != "event_attendance":
            goes = not set(visit.slots()) & self.taken(owner, others)
        by, details = self.person(who), {"expected_result": "Báo cáo"}
        act = amending.reclassify
        self.expect(goes, lambda: act(visit, by=by, kind=kind, comment="Lý do", details=details))

    @rule(
        who=st.sampled_from(ROLES),
        number=st.integers(0, 3),
        name=st.sampled_from([n for p, n in MAY if p == "product"]),
        pick=PICK,
    )
    def tries_a_product_step(self, who, number, name, pick):
        rows = list(Product.objects.order_by("pk"))
        if not rows:
            return
        product = rows[number % len(rows)]
        Product.objects.filter(pk=product.pk).update(**WRITTEN)
        owner = self.owner_of(product.visit)
        name, who = self.possible("product", product.state, pick, name, who, owner)
        goes = self.may("product", name, product.state, self.roles_of(who, owner))
        if name == "submit":
            stands = product.visit.state not in ("declined", "cancelled")
            goes = goes and stands and product.visit.ends_on <= self.day
        self.step(product, name, who, goes)

    @rule(who=st.sampled_from((*ROLES, "inspector")), number=st.integers(0, 5))
    def asks_the_unit(self, who, number):
        rows = list(Visit.objects.in_order())
        if not rows:
            return
        visit = rows[number % len(rows)]
        goes = who == "inspector" and visit.state in ("approved", "reported", "accepted")
        goes = goes and visit.ends_on < self.day
        goes = goes and visit.confirmation in ("none", "corrected", "expired")
        self.expect(goes, lambda: confirmations.ask(visit, by=self.person(who)))

    @rule(
        who=st.sampled_from(("representative", "representative", "inspector", "cadre")),
        number=st.integers(0, 3),
        name=st.sampled_from(
            ("confirm", "dispute", "answer_anew", "reply", "uphold", "set_aside", "expire")
        ),
    )
    def answers_come(self, who, number, name):
        rows = list(ConfirmationRequest.objects.order_by("pk"))
        if not rows:
            return
        request = rows[number % len(rows)]
        newer = any(row.visit_id == request.visit_id and row.pk > request.pk for row in rows)
        if name == "expire":
            confirmations.expire_due(today=self.day)
        elif name == "answer_anew":
            last = request.steps.order_by("-number").first().name
            goes = who == "representative" and last in ("confirm", "dispute") and not newer
            self.step(request, name, who, goes)
        elif name == "reply":
            goes = request.state == "disputed" and request.visit.cadre == self.person(who)
            said = "Đã làm việc với Bí thư xã"
            self.expect(goes, lambda: confirmations.reply(request, by=self.person(who), text=said))
        elif name in ("confirm", "dispute"):
            goes = who == "representative" and request.state in ("asked", "expired") and not newer
            self.expect(
                goes,
                lambda: confirmations.answer(request, name, by=self.person(who), remark="Lý do"),
            )
        else:
            goes = who == "inspector" and request.state == "disputed"
            if name == "uphold" and goes:  # a week has five working days, and here is no holiday
                goes = self.day > request.disputed_on + timedelta(days=7)
                goes = goes or request.cadre_answered_at is not None
            self.step(request, name, who, goes)

    @rule(
        who=st.sampled_from(("representative", "representative", "head", "cadre")),
        number=st.integers(0, 3),
        name=st.sampled_from(("accept", "other_day", "cannot", "take_back", "settle")),
    )
    def the_unit_is_told(self, who, number, name):
        rows = list(UnitNotice.objects.order_by("pk"))
        if not rows:
            return
        notice = rows[number % len(rows)]
        if name in ("accept", "other_day", "cannot"):
            goes = who == "representative" and notice.state == "sent"
            said = {"remark": "Trùng đại hội", "proposed_on": self.day + timedelta(days=3)}
            by = self.person(who)
            self.expect(goes, lambda: unit_notices.answer(notice, name, by=by, **said))
        else:
            goes = who == ("head" if name == "settle" else "representative")
            answered = notice.state in ("accepted", "other_day", "cannot")
            self.step(notice, name, who, goes and answered)

    def step(self, paper, name, who, goes):
        self.expect(
            goes,
            lambda: STEPS[paper.PATH, name](paper, by=self.person(who), comment="Lý do rõ ràng"),
        )

    def expect(self, goes, act):
        before, refused = self.everything(), None
        try:
            with transaction.atomic():
                act()
        except (ValidationError, PermissionDenied) as refusal:
            refused = str(refusal)
        assert not (goes and refused), f"the model allows it, but: {refused}"
        assert goes or refused, "the model refuses it, but it went"
        assert goes or self.everything() == before

    def everything(self):
        """What a refusal may not touch: every paper's state and version, all history."""
        papers = [list(m.objects.order_by("pk").values_list("state", "version")) for m in MODELS]
        return papers, Step.objects.count(), Version.objects.count()

    def everything_agrees(self):
        self.history_tells_every_state()
        self.frozen_content_never_changes()
        self.nobody_decided_on_their_own_paper()
        assert list(disagreements()) == []
        assert list(contradictions()) == []

    def history_tells_every_state(self):
        for model in MODELS:
            for paper in model.objects.prefetch_related("steps"):
                names = [row.number for row in paper.steps.all()]
                assert names == list(range(1, paper.version + 1))
                assert not names or list(paper.steps.all())[-1].after == paper.state

    def frozen_content_never_changes(self):
        for row in Version.objects.all():
            assert content_hash(row.content) == row.content_hash

    def nobody_decided_on_their_own_paper(self):
        for row in Step.objects.filter(
            name__in=("agree", "approve", "accept", "decline", "endorse")
        ).select_related("plan", "visit", "product__visit", "request__visit"):
            if row.unit_notice_id is None:
                owned = row.plan or row.visit or row.request or row.product.visit
                assert row.by_id != owned.cadre_id

    @invariant()
    def totals_equal_a_recount(self):
        done, accepted = set(), set()
        for row in Visit.objects.all():
            if row.kind == "event_attendance":
                continue
            slots = {(row.cadre_id, *slot) for slot in row.slots()}
            if row.confirmation == "denied":
                continue
            done |= slots if row.state in ("reported", "accepted") else set()
            full = row.kind != "thematic" or row.product == "accepted"
            accepted |= slots if row.state == "accepted" and full else set()
        found = totals(date(2018, 1, 1), date(2018, 12, 31), self.day)
        counted = Counter()
        for item in found.values():
            counted["done"] += item.carried_out
            counted["accepted"] += item.accepted
        assert (counted["done"], counted["accepted"]) == (len(done), len(accepted))


@pytest.mark.parametrize("number", range(SEED * PARTS, (SEED + 1) * PARTS))
def test_random_histories_agree_with_the_model(number):
    """In parts, each from a seed of its own, which stands in the test's name."""
    run_state_machine_as_test(
        seed(number)(type("Part", (Histories,), {})),
        settings=settings(
            max_examples=HISTORIES // PARTS,
            stateful_step_count=12,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_random_histories_notice_a_missing_guard(monkeypatch):
    """The control: without the rule R17 somebody agrees to what the model forbids."""
    broken = dataclasses.replace(workflow.PLAN["agree"], who=lambda _by, _plan: ALLOWED)
    monkeypatch.setitem(workflow.PLAN, "agree", broken)
    history = Histories()
    try:
        history.writes_a_row("cadre", 8, 1, "full", "working_session")
        history.tries_a_plan_step("cadre", "cadre", "submit", None)

        with pytest.raises(AssertionError, match="refuses it"):
            history.tries_a_plan_step("colleague", "cadre", "agree", None)
    finally:
        history.teardown()
