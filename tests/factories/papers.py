"""An agency with a paper in every state, each text of it recognisable wherever it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.actions.messages import notify
from accounts.choices import Body, Office
from accounts.models import (
    Delegation,
    EmulationCluster,
    Exemption,
    ImportJob,
    InboxItem,
    Person,
)
from fieldvisits.actions.codes import next_activity_code
from fieldvisits.choices import Decision
from fieldvisits.ledger.keeping import book
from fieldvisits.models import (
    AdHocRequest,
    AgendaLine,
    ConfirmationRequest,
    Direction,
    Dossier,
    Plan,
    Presence,
    Product,
    ProgrammeActivity,
    Sitting,
    Step,
    TeamInvitation,
    UnitNotice,
    Visit,
)
from reports.models import (
    AnnualReport,
    Issue,
    QuarterlyReport,
    ReportJob,
    ReportStep,
    WeeklyReport,
)
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint
from tests.factories.agency import Agency, make_agency
from tests.factories.beside import make_papers_beside

NOW = "2018-12-20 09:00+07:00"
YESTERDAY = date(2018, 12, 19)
# name: (year, quarter, state, state of the dossier it is in)
PLANS = {
    "draft": (2019, 1, "draft", ""),
    "submitted": (2019, 2, "submitted", ""),
    "returned": (2019, 3, "returned", ""),
    "agreed": (2019, 4, "agreed", ""),
    "with_tckt": (2018, 1, "in_dossier", "with_coordination"),
    "before": (2018, 2, "in_dossier", "before_committee"),
    "settled": (2018, 3, "settled", "decided"),
}
OF_SETTLED = ("approved", "reported", "accepted", "declined")


def secret(paper: str, name: str, around: str = "") -> str:
    """A text nobody else writes; ``around`` is put into it as an attacker would."""
    return f"KIN-{paper}-{name}-KIN{around}"


@dataclass
class Papers:
    """``people`` by role, papers by name."""

    agency: Agency
    people: dict[str, Person]
    around: str = ""
    plans: dict[str, Plan] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    sittings: dict[str, Sitting] = field(default_factory=dict)
    requests: dict[str, AdHocRequest] = field(default_factory=dict)
    jobs: dict[str, ReportJob] = field(default_factory=dict)
    imports: dict[str, ImportJob] = field(default_factory=dict)
    weekly: dict[str, WeeklyReport] = field(default_factory=dict)
    quarterly: dict[str, QuarterlyReport] = field(default_factory=dict)
    annual: dict[str, AnnualReport] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)
    items: dict[str, InboxItem] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    notices: dict[str, UnitNotice] = field(default_factory=dict)
    confirmations: dict[str, ConfirmationRequest] = field(default_factory=dict)
    activities: dict[str, ProgrammeActivity] = field(default_factory=dict)
    clusters: dict[str, EmulationCluster] = field(default_factory=dict)

    def example(self, path: str) -> Any:
        """One paper of a path, of the cadre in the rural department where it has an owner."""
        return {
            "plan": self.plans.get("before"),
            "dossier": self.dossiers.get("before_committee"),
            "visit": self.visits.get("approved"),
            "sitting": self.sittings.get("open"),
            "request": self.requests.get("endorsed"),
            "product": self.products.get("submitted"),
            "unit_notice": self.notices.get("other_day"),
            "confirmation": self.confirmations.get("disputed"),
            "weekly_report": self.weekly.get("submitted"),
            "quarterly_report": self.quarterly.get("submitted"),
            "annual_report": self.annual.get("before_committee"),
            "issue": self.issues.get("answered"),
        }[path]

    def text(self, paper: str, name: str) -> str:
        return secret(paper, name, self.around)


def make_papers(around: str = "") -> Papers:
    """Freeze the time at ``NOW`` before."""
    agency = make_agency()
    papers = Papers(agency, _people(agency), around)
    _dossiers_and_plans(papers)
    _visits(papers)
    _requests(papers)
    _steps(papers)
    _sittings(papers)
    make_papers_beside(papers)
    _reports(papers)
    _programme(papers)
    _years(papers)
    _issues(papers)
    _others(papers)
    for person in papers.people.values():
        person.__dict__.pop("_offices", None)
    return papers


def _people(agency: Agency) -> dict[str, Person]:
    other = DepartmentFactory(code="TH", name="Ban Thiếu nhi")
    inspection, administration = Body.INSPECTION_COMMITTEE, Body.ADMINISTRATION
    held: dict[str, dict[str, Any]] = {
        "disabled": {"department": agency.rural},
        "deputy": {"department": agency.rural, "office": Office.DEPUTY},
        "outsider": {"department": other},
        "other_head": {"department": other, "office": Office.HEAD},
        "inspector": {"body": inspection, "office": Office.MEMBER},
        "clerk": {"body": administration, "office": Office.CLERK},
        "administrator": {"body": administration, "office": Office.ADMINISTRATOR},
        "unit": {"body": Body.UNIT, "unit": agency.unit, "office": Office.REPRESENTATIVE},
        "other_unit": {
            "body": Body.UNIT,
            "unit": agency.other_unit,
            "office": Office.REPRESENTATIVE,
        },
        "gone": {"department": agency.rural, "ends_on": YESTERDAY},
        "gone_head": {
            "department": agency.rural,
            "office": Office.HEAD,
            "starts_on": date(2015, 1, 1),
            "ends_on": date(2015, 12, 31),
        },
    }
    people = {role: PersonFactory(is_active=role != "disabled") for role in held}
    for role, office in held.items():
        appoint(people[role], **office)
    for role in ("cadre", "colleague", "head", "coordinator", "member", "secretary", "office_head"):
        people[role] = getattr(agency, role)
    people["in_charge"] = agency.deputy_secretary
    return people


def _dossiers_and_plans(papers: Papers) -> None:
    agency = papers.agency
    states = {"compiling": (2018, 4)} | {
        inside: (year, number) for year, number, _state, inside in PLANS.values() if inside
    }
    for state, (year, number) in states.items():
        texts = {
            name: papers.text(f"dossier-{state}", name)
            for name in ("present", "conclusions", "missing_reason")
        }
        papers.dossiers[state] = Dossier.objects.create(
            department=agency.rural, year=year, quarter_number=number, state=state,
            version=1, met_on=date(year, 3 * number, 1), moved_at=timezone.now(), **texts,
        )  # fmt: skip
    for name, (year, number, state, inside) in PLANS.items():
        papers.plans[name] = Plan.objects.create(
            cadre=agency.cadre, department=agency.rural, year=year, quarter_number=number,
            state=state, version=1, moved_at=timezone.now(), dossier=papers.dossiers.get(inside),
            # Those before the change of heads went to the one who has left.
            superior=papers.people["gone_head"] if name != "draft" else None,
        )  # fmt: skip


def _visit(papers: Papers, name: str, plan: Plan, day: date, state: str) -> Visit:
    texts = {
        text: papers.text(name, text)
        for text in ("content", "expected_result", "role", "inspection_programme", "result")
    }
    return Visit.objects.create(
        code=f"V-{name}", cadre=plan.cadre, plan=plan, unit=papers.agency.unit, starts_on=day,
        ends_on=day, kind="inspection", inspection_body="bureau", state=state, version=1,
        superior=plan.superior, registered_on=date(2017, 12, 1), moved_at=timezone.now(), **texts,
    )  # fmt: skip


def _visits(papers: Papers) -> None:
    for name, plan in papers.plans.items():
        day = plan.quarter.first_day.replace(day=15)
        if name == "settled":
            for number, state in enumerate(OF_SETTLED):
                day = day.replace(day=16 + number)
                papers.visits[state] = _visit(papers, state, plan, day, state)
        else:
            papers.visits[name] = _visit(papers, name, plan, day, "proposed")
    book(list(papers.visits.values()))


def _requests(papers: Papers) -> None:
    """One in each state on the way; the visit of each stays proposed."""
    for number, state in enumerate(("draft", "requested", "endorsed")):
        day, about = date(2019, 1, 28 + number), f"request-{state}"
        texts = {
            text: papers.text(about, text)
            for text in ("content", "expected_result", "role", "inspection_programme", "result")
        }
        visit = Visit.objects.create(
            code=f"V-ad-hoc-{state}", cadre=papers.agency.cadre, unit=papers.agency.unit,
            starts_on=day, ends_on=day, kind="inspection", inspection_body="bureau",
            origin="ad_hoc", **texts,
        )  # fmt: skip
        papers.requests[state] = AdHocRequest.objects.create(
            visit=visit, department=papers.agency.rural, state=state, version=number,
            superior=papers.agency.head if number else None, moved_at=timezone.now(),
            first_requested_at=timezone.now() if number else None,
            reason=papers.text(about, "reason"),
            endorsement=papers.text(about, "endorsement") if state == "endorsed" else "",
        )  # fmt: skip
        book([visit])


def _step(papers: Papers, path: str, name: str, step: str, by: Person) -> None:
    paper = getattr(papers, f"{path}s")[name]
    said = papers.text(name if path != "dossier" else f"dossier-{name}", "comment")
    Step.objects.create(
        **{path: paper}, name=step, before="", after=paper.state, by=by, at=timezone.now(),
        comment=said, number=1,
    )  # fmt: skip


def _steps(papers: Papers) -> None:
    head = papers.agency.head
    for name, step in {
        "draft": "return",  # it was returned, sent again and withdrawn
        "returned": "return",
        "agreed": "agree",
        "with_tckt": "agree",
        "before": "agree",
    }.items():
        _step(papers, "plan", name, step, head)
    _step(papers, "plan", "settled", "agree", papers.people["gone_head"])
    for name, step in {"approved": "send_back", "reported": "report", "accepted": "accept"}.items():
        _step(papers, "visit", name, step, head)
    _step(papers, "dossier", "compiling", "return", papers.agency.coordinator)


def _sittings(papers: Papers) -> None:
    agency = papers.agency
    for name, visits in {"open": ["before"], "closed": ["approved", "declined"]}.items():
        sitting = Sitting.objects.create(
            held_on=date(2018, 12, 19), chair=agency.secretary, secretary=agency.coordinator,
            state=name, notice_number="" if name == "open" else "1-TB/TĐTN-TCKT",
        )  # fmt: skip
        papers.sittings[name] = sitting
        for member in (agency.secretary, agency.deputy_secretary, agency.member):
            away = member == agency.deputy_secretary
            why = papers.text(f"sitting-{name}", "absence") if away else ""
            Presence.objects.create(sitting=sitting, member=member, is_present=not away, reason=why)
        Direction.objects.create(sitting=sitting, text=papers.text(f"sitting-{name}", "direction"))
        for number, visit in enumerate(visits, 1):
            AgendaLine.objects.create(
                sitting=sitting, visit=papers.visits[visit], number=number,
                dossier=papers.visits[visit].plan.dossier, decided_by=agency.member,
                decided_at=timezone.now(),
                decision=Decision.DECLINE if visit == "declined" else Decision.APPROVE,
                reason=papers.text(f"sitting-{name}", "reason"),
            )  # fmt: skip


def _reports(papers: Papers) -> None:
    """A report of the cadre in every state; the head is the superior."""
    agency, now = papers.agency, timezone.now()
    for number, name in enumerate(("draft", "submitted", "acknowledged"), 48):
        papers.weekly[name] = WeeklyReport.objects.create(
            year=2018, number=number, **_written(papers, f"weekly-{name}", name)
        )
        ReportStep.objects.create(
            weekly_report=papers.weekly[name], name="submit", before="", after=name, number=1,
            by=agency.cadre, at=now, comment=papers.text(f"weekly-{name}", "comment"),
        )  # fmt: skip
    for number, name in enumerate(("draft", "submitted", "returned", "accepted"), 1):
        papers.quarterly[name] = QuarterlyReport.objects.create(
            year=2018, quarter_number=number, **_written(papers, f"quarterly-{name}", name),
            self_assessment=papers.text(f"quarterly-{name}", "self_assessment"),
        )  # fmt: skip
        ReportStep.objects.create(
            quarterly_report=papers.quarterly[name], name="submit", before="", after=name, number=1,
            by=agency.cadre, at=now, comment=papers.text(f"quarterly-{name}", "comment"),
        )  # fmt: skip


def _years(papers: Papers) -> None:
    """The department's report of a year in every state; the head has submitted each."""
    agency, now = papers.agency, timezone.now()
    states = ("compiling", "with_coordination", "before_committee", "received")
    for number, name in enumerate(states):
        paper = f"annual-{name}"
        texts = {
            text: papers.text(paper, text)
            for text in ("results", "difficulties", "lessons", "proposals")
        }
        papers.annual[name] = AnnualReport.objects.create(
            department=agency.rural, year=2018 - number, state=name, version=1, moved_at=now,
            submitted_at=now if number else None, **texts,
        )  # fmt: skip
        ReportStep.objects.create(
            annual_report=papers.annual[name], name="submit", before="", after=name, number=1,
            by=agency.head, at=now, comment=papers.text(paper, "comment"),
        )  # fmt: skip


def _issues(papers: Papers) -> None:
    """In every state, from one report of the cadre; the colleague answers."""
    agency, now = papers.agency, timezone.now()
    for name in ("open", "answered", "closed"):
        paper = f"issue-{name}"
        answer = "" if name == "open" else papers.text(paper, "answer")
        papers.issues[name] = Issue.objects.create(
            weekly_report=papers.weekly["acknowledged"], text=papers.text(paper, "text"),
            raised_by=agency.cadre, raised_at=now, moved_at=now, department=agency.rural,
            owner=agency.colleague, due_on=date(2018, 12, 28), answer=answer, state=name,
            version=1,
        )  # fmt: skip
        ReportStep.objects.create(
            issue=papers.issues[name], name="raise", before="open", after=name, number=1,
            by=agency.head, at=now, comment=papers.text(paper, "comment"),
        )  # fmt: skip


def _written(papers: Papers, paper: str, state: str) -> dict[str, Any]:
    agency, now = papers.agency, timezone.now()
    texts = {name: papers.text(paper, name) for name in ("results", "difficulties", "proposals")}
    sent = {} if state == "draft" else {"superior": agency.head, "submitted_at": now}
    return {
        "person": agency.cadre, "department": agency.rural, "state": state, "version": 1,
        "moved_at": now, **texts, **sent,
    }  # fmt: skip


def _programme(papers: Papers) -> None:
    """An activity hosted by the unit, one by nobody; a cluster with the unit in it."""
    cluster = EmulationCluster.objects.create(name="Cụm số 1", starts_on=date(2018, 1, 1))
    papers.clusters["current"] = cluster
    cluster.memberships.create(unit=papers.agency.unit, starts_on=date(2018, 1, 1))
    units = {"hosted": papers.agency.unit, "inside": None}
    for number, (name, unit) in enumerate(units.items(), 1):
        papers.activities[name] = ProgrammeActivity(
            code=next_activity_code(2018), title=papers.text(f"activity-{name}", "title"),
            starts_on=date(2018, 12, 10 * number), ends_on=date(2018, 12, 10 * number),
            department=papers.agency.rural, host_unit=unit, changed_at=timezone.now(),
            changed_by=papers.agency.coordinator, note=papers.text(f"activity-{name}", "note"),
        ).index()  # fmt: skip
        papers.activities[name].save()


def _others(papers: Papers) -> None:
    asked = papers.people["other_head"]
    TeamInvitation.objects.create(visit=papers.visits["draft"], colleague=asked)
    Exemption.objects.create(
        person=papers.people["cadre"], reason="study",
        starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31),
    )  # fmt: skip
    for name, department in {"job_rural": papers.agency.rural, "job_agency": None}.items():
        job = ReportJob(
            year=2018, as_of=date(2018, 10, 24), department=department, asked_at=timezone.now(),
            asked_by=papers.agency.coordinator, state="ready", content_hash="0" * 64,
        )  # fmt: skip
        job.file.save(f"reports/{name}.pdf", ContentFile(papers.text(name, "file").encode()))
        papers.jobs[name] = job
    papers.imports["checked"] = ImportJob(
        name=papers.text("import", "name"), asked_by=papers.people["administrator"],
        asked_at=timezone.now(), state="checked", created=1, preview={"rows": 1},
    )  # fmt: skip
    papers.imports["checked"].file.save("imports/x.csv", ContentFile(b"code,full_name"))
    Delegation.objects.create(  # over, so that nobody decides by it
        body=Body.DEPARTMENT, office=Office.HEAD, department=papers.agency.rural,
        delegator=papers.agency.head, delegate=papers.people["deputy"],
        made_by=papers.agency.head, reason=papers.text("delegation", "reason"),
        starts_on=date(2018, 11, 1), ends_on=date(2018, 11, 5),
    )  # fmt: skip
    UserSession.objects.create(  # of another device
        user=papers.people["cadre"], session_key="k" * 32, ip="10.0.0.9", user_agent="Chrome"
    )
    for role, person in papers.people.items():
        notify(
            person, kind="decided", key=role, url="/me/",
            subject=papers.text(f"inbox-{role}", "subject"),
            body=papers.text(f"inbox-{role}", "body"),
        )  # fmt: skip
        papers.items[role] = InboxItem.objects.get(recipient=person)
