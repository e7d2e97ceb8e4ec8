"""Offices are held for a period. "Who may" is always asked for a date."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import TITLES, Body, DepartmentKind, ExemptionReason, Office
from accounts.models.period import Period, ends_after_start

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from accounts.models.person import Person


class Appointment(Period):
    """A person holds an office in a body, a department or a unit, from a day to a day.

    One department at a time: kept by the actions, and by an exclusion constraint
    where the database has them.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments"
    )
    body = models.CharField(_("body"), max_length=24, choices=Body)
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    office = models.CharField(_("office"), max_length=20, choices=Office)

    class Meta:
        ordering = ["person", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "body", "office", "starts_on", "department", "unit"],
                name="one_appointment_per_person_office_and_day",
            ),
            # NULLs never equal each other, so bodies that name no row need their own.
            models.UniqueConstraint(
                fields=["person", "body", "office", "starts_on"],
                condition=Q(department=None, unit=None),
                name="one_body_appointment_per_person_office_and_day",
            ),
            models.CheckConstraint(
                condition=(
                    Q(body=Body.DEPARTMENT, department__isnull=False, unit__isnull=True)
                    | Q(body=Body.UNIT, unit__isnull=False, department__isnull=True)
                    | (
                        ~Q(body__in=[Body.DEPARTMENT, Body.UNIT])
                        & Q(department__isnull=True, unit__isnull=True)
                    )
                ),
                name="appointment_names_its_body",
            ),
            ends_after_start("appointment_ends_after_start"),
        ]
        indexes = [models.Index(fields=["body", "department", "office"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_office_display()}, {self.get_body_display()}"

    @property
    def title(self) -> str:
        return str(self.title_words)

    @property
    def title_words(self) -> StrOrPromise:
        """What the holder is called: “chánh văn phòng”, where others have a “trưởng ban”."""
        body = self.body
        if self.department and self.department.kind == DepartmentKind.OFFICE:
            body = DepartmentKind.OFFICE.value
        return TITLES.get((body, self.office)) or Office(self.office).label


def clerks_on(day: date) -> QuerySet[Appointment]:
    """Who numbers the documents of the agency on ``day``."""
    rows: QuerySet[Appointment] = Appointment.objects.on(day).filter(
        body=Body.ADMINISTRATION, office=Office.CLERK, person__is_active=True
    )
    return rows


class Portfolio(Period):
    """The Standing Committee member in charge of a department (R17)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="portfolios")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="portfolios")

    class Meta:
        ordering = ["department", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "department", "starts_on"], name="one_portfolio_per_day"
            ),
            ends_after_start("portfolio_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.department}"


class Exemption(Period):
    """Time during which a person owes no visits (R20)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="exemptions")
    reason = models.CharField(_("reason"), max_length=12, choices=ExemptionReason)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["person", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "reason", "starts_on"], name="one_exemption_per_day"
            ),
            ends_after_start("exemption_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_reason_display()}"


@dataclass(frozen=True, slots=True)
class Offices:
    """What one person holds on one day, for questions of permission and display."""

    person_id: int
    on: date
    department_id: int | None = None
    department_office: str = ""
    committee_office: str = ""
    is_on_bureau: bool = False
    is_inspector: bool = False
    is_administrator: bool = False
    is_clerk: bool = False
    is_coordinator: bool = False  # belongs to the coordinating department (TCKT)
    is_in_office: bool = False  # belongs to the Office (Văn phòng)
    unit_ids: frozenset[int] = frozenset()
    # Departments this member is in charge of, their own and those of members away (R25).
    portfolio_ids: frozenset[int] = frozenset()
    # What is held by delegation: the office of head, or that of the Secretary (R25).
    stands_in_as_head: bool = False
    stands_in_as_secretary: bool = False
    head_away_id: int | None = None  # whose office of head; None while it is vacant
    secretary_away_id: int | None = None
    # The other side: somebody stands in for this person, in the office of head or on the
    # committee. Sight stays, acts are the other's (R25).
    is_away_as_head: bool = False
    is_away_on_committee: bool = False
    # {department: member in charge} behind ``portfolio_ids``.
    in_charge: dict[int, int] = field(default_factory=dict, hash=False)
    away_ids: frozenset[int] = frozenset()  # everybody this person stands in for

    @property
    def headed_id(self) -> int | None:
        """The department this person heads, or heads for somebody (R25)."""
        heads = self.department_office == Office.HEAD or self.stands_in_as_head
        return self.department_id if heads else None

    @property
    def acting_head_of(self) -> int | None:
        """The department in which this person acts as head today: not while somebody stands in."""
        return None if self.is_away_as_head else self.headed_id

    @property
    def is_away(self) -> bool:
        """Whether everything this person decides in an office of their own is delegated."""
        own = self.department_office == Office.HEAD
        return (own or self.is_on_committee) and not (
            (own and not self.is_away_as_head)
            or (self.is_on_committee and not self.is_away_on_committee)
        )

    @property
    def leads_department(self) -> bool:
        return self.department_office in (Office.HEAD, Office.DEPUTY)

    @property
    def is_on_committee(self) -> bool:
        return bool(self.committee_office)

    @property
    def is_secretary(self) -> bool:
        """The Secretary, or who acts as such (R25)."""
        return self.committee_office == Office.SECRETARY or self.stands_in_as_secretary

    @property
    def is_in_agency(self) -> bool:
        return bool(
            self.department_id
            or self.committee_office
            or self.is_on_bureau
            or self.is_inspector
            or self.is_administrator
            or self.is_clerk
        )

    @property
    def writes_minutes(self) -> bool:
        """May act as secretary of a sitting: TCKT or the Office (R7)."""
        return self.is_coordinator or self.is_in_office

    @property
    def sees_all_departments(self) -> bool:
        """Quarters, sums and reports of the whole agency: the Standing Committee and TCKT."""
        return self.is_on_committee or self.is_coordinator

    @property
    def sees_everybody(self) -> bool:
        """The figures of every single person: those two, and UBKT."""
        return self.sees_all_departments or self.is_inspector

    @classmethod
    def of(cls, person: Person, on: date) -> Offices:
        """Read the offices of ``person`` on ``on``: two queries, one without the committee."""
        from accounts.standing_in import acted_portfolios, held_by  # noqa: PLC0415 -- models refer to each other

        held: dict[str, object] = {}
        units: set[int] = set()
        away: set[int] = set()
        for row in held_by(person_id=person.pk, on=on):
            match row.body:
                case Body.DEPARTMENT if row.department:
                    held |= _in_department(row)
                    away.add(row.heads_for or 0)
                case Body.STANDING_COMMITTEE:
                    held |= _on_committee(row)
                    away.add(row.secretary_for or 0)
                case Body.EXECUTIVE_BUREAU:
                    held["is_on_bureau"] = True
                case Body.INSPECTION_COMMITTEE:
                    held["is_inspector"] = True
                case Body.ADMINISTRATION if row.office == Office.ADMINISTRATOR:
                    held["is_administrator"] = True
                case Body.ADMINISTRATION:
                    held["is_clerk"] = True
                case Body.UNIT if row.unit_id:
                    units.add(row.unit_id)
        in_charge: dict[int, int] = {}
        if held.get("committee_office"):
            in_charge = dict(acted_portfolios(person_id=person.pk, on=on))
        away |= set(in_charge.values())
        return cls(
            person_id=person.pk,
            on=on,
            unit_ids=frozenset(units),
            portfolio_ids=frozenset(in_charge),
            in_charge=in_charge,
            away_ids=frozenset(away - {0, person.pk}),
            **held,  # type: ignore[arg-type]  # keys are the field names above
        )


def _in_department(row: Any) -> dict[str, object]:
    return {
        "department_id": row.department_id,
        "department_office": row.office,
        "is_coordinator": row.department.is_coordinating,
        "is_in_office": row.department.kind == DepartmentKind.OFFICE,
        "stands_in_as_head": row.heads_for is not None,
        "head_away_id": row.heads_for or None,
        "is_away_as_head": row.office == Office.HEAD and row.delegate is not None,
    }


def _on_committee(row: Any) -> dict[str, object]:
    return {
        "committee_office": row.office,
        "stands_in_as_secretary": row.secretary_for is not None,
        "secretary_away_id": row.secretary_for or None,
        "is_away_on_committee": row.delegate is not None,
    }
