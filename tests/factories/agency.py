"""A small agency with every office filled, for tests that need people to act."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from accounts.choices import Body, DepartmentKind, Office
from accounts.models import Department, Person, Unit
from fieldvisits.actions import closing, dossiers, plans, sittings
from fieldvisits.calendar import Quarter
from fieldvisits.choices import Decision
from fieldvisits.models import Dossier, Plan, Sitting, Visit
from tests.factories.accounts import (
    DepartmentFactory,
    PersonFactory,
    PortfolioFactory,
    UnitFactory,
    appoint,
    make_administrator,
)

CONTENT = "Khảo sát nhu cầu vay vốn của thanh niên tại bốn xã"


@dataclass
class Agency:
    """Two cadres under a head; a deputy secretary in charge of them; TCKT; the Office."""

    rural: Department
    coordination: Department
    office: Department
    secretary: Person
    deputy_secretary: Person
    member: Person
    head: Person
    cadre: Person
    colleague: Person
    coordinator: Person
    office_head: Person
    stranger: Person
    unit: Unit
    other_unit: Unit
    # Only where a test asks for them: in any other agency nobody has these offices.
    deputy: Person = field(init=False)
    administrator: Person = field(init=False)


NAMES = {
    "secretary": "Vũ Hoàng Nam",
    "deputy_secretary": "Lưu Gia Khánh",
    "member": "Đinh Thị Hồng Nhung",
    "head": "Phạm Đức Long",
    "cadre": "Trần Thu Hà",
    "colleague": "Đặng Hữu Chiến",
    "coordinator": "Hoàng Kim Oanh",
    "office_head": "Nguyễn Đình Phúc",
    "stranger": "Tạ Bích Ngọc",
}


def make_agency(*more: Literal["deputy", "administrator"]) -> Agency:
    """Everybody in office since 2016, and the ``more`` a test needs. Freeze the time before."""
    rural = DepartmentFactory(code="NT", name="Ban Thanh niên Nông thôn")
    coordination = DepartmentFactory(
        code="TCKT", name="Ban Tổ chức - Kiểm tra", is_coordinating=True
    )
    office = DepartmentFactory(code="VP", name="Văn phòng", kind=DepartmentKind.OFFICE)
    people = {role: PersonFactory(full_name=name) for role, name in NAMES.items()}
    committee = {
        "secretary": Office.SECRETARY,
        "deputy_secretary": Office.DEPUTY_SECRETARY,
        "member": Office.MEMBER,
    }
    for role, held in committee.items():
        appoint(people[role], body=Body.STANDING_COMMITTEE, office=held)
    PortfolioFactory(person=people["deputy_secretary"], department=rural)
    appoint(people["head"], department=rural, office=Office.HEAD)
    for role in ("cadre", "colleague"):
        appoint(people[role], department=rural)
    appoint(people["coordinator"], department=coordination, office=Office.HEAD)
    appoint(people["office_head"], department=office, office=Office.HEAD)
    appoint(people["stranger"], department=office)
    units = {"unit": UnitFactory(), "other_unit": UnitFactory()}
    agency = Agency(rural=rural, coordination=coordination, office=office, **units, **people)
    if "deputy" in more:
        agency.deputy = PersonFactory(full_name="Bùi Thị Hoa")
        appoint(agency.deputy, department=rural, office=Office.DEPUTY)
    if "administrator" in more:
        agency.administrator = make_administrator(full_name="Quản trị")
    return agency


def add_visit(
    plan: Plan, unit: Unit, first: date, last: date | None = None, **fields: object
) -> Visit:
    """Add a row to a plan as its cadre would."""
    values = {"session": "full", "kind": "working_session", "content": CONTENT, **fields}
    if values["kind"] == "thematic":
        values.setdefault("expected_result", "Báo cáo chuyên đề")
    visit = Visit(unit=unit, starts_on=first, ends_on=last or first, **values)
    return plans.save_visit(visit, plan=plan, by=plan.cadre)


def make_plan(
    agency: Agency, quarter: Quarter, *, cadre: Person | None = None, days: tuple[date, ...] = ()
) -> Plan:
    """A draft of ``cadre`` with one whole-day visit on each of ``days``."""
    plan = plans.open_plan(by=cadre or agency.cadre, quarter=quarter)
    for day in days:
        add_visit(plan, agency.unit, day)
    return plan


def bring_before(agency: Agency, *filed: Plan) -> Dossier:
    """Take drafts of the department the whole way to the Standing Committee."""
    for plan in filed:
        plans.submit(plan, by=plan.cadre)
        plan.refresh_from_db()
        plans.agree(plan, by=plan.superior)
    dossier = dossiers.current(agency.rural, filed[0].quarter)
    dossier = dossiers.record_meeting(
        dossier,
        by=agency.head,
        met_on=filed[0].created_at.date(),
        present="Toàn ban",
        missing_reason="Đồng chí còn lại đang nghỉ phép",
    )
    dossiers.forward(dossier, by=agency.head)
    dossiers.put_before(dossier, by=agency.coordinator)
    return dossier


def decide_all(agency: Agency, held_on: date, decision: str = Decision.APPROVE) -> Sitting:
    """Convene, decide every line alike, close."""
    sitting = sittings.convene(by=agency.coordinator, held_on=held_on)
    for line in sitting.lines.all():
        sittings.decide(line, decision, by=agency.member, reason="Theo quy định")
    closing.close(sitting, by=agency.secretary, notice_number=f"{sitting.pk}-TB/TĐTN-TCKT")
    return sitting


def approved_visit(
    agency: Agency, first: date, last: date | None = None, **fields: object
) -> Visit:
    """A visit of the cadre, approved. The time has to be frozen before ``first``."""
    plan = plans.open_plan(by=agency.cadre, quarter=Quarter.of(first))
    visit = add_visit(plan, fields.pop("unit", agency.unit), first, last, **fields)  # type: ignore[arg-type]  # as given
    bring_before(agency, plan)
    decide_all(agency, first - timedelta(days=1))
    visit.refresh_from_db()
    return visit


def representative(unit: Unit, **office: object) -> Person:
    """Somebody who answers for ``unit``."""
    person = PersonFactory(full_name="Ngô Văn Sơn")
    appoint(person, body=Body.UNIT, unit=unit, office=Office.REPRESENTATIVE, **office)  # type: ignore[arg-type]  # as given
    return person


def inspector_of_agency() -> Person:
    """A member of UBKT."""
    person = PersonFactory(full_name="Đoàn Thị Mai")
    appoint(person, body=Body.INSPECTION_COMMITTEE, office=Office.MEMBER)
    return person
