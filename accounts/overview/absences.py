"""Exemptions and delegations of everybody: in force, to come, over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.choices import Body
from accounts.models import Delegation, Department, Exemption
from accounts.overview.person import standing_of
from accounts.text import search_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


def exemptions_found(wanted: Mapping[str, Any], today: date) -> QuerySet[Exemption]:
    rows = Exemption.objects.select_related("person")
    if wanted["q"]:
        rows = rows.filter(person__search_text__contains=search_text(_plain(wanted["q"])))
    if wanted["reason"]:
        rows = rows.filter(reason=wanted["reason"])
    return _when(rows, wanted["when"], today).order_by("-starts_on", "-pk")


def delegations_found(wanted: Mapping[str, Any], today: date) -> QuerySet[Delegation]:
    rows = Delegation.objects.select_related("delegator", "delegate")
    if wanted["q"]:
        words = search_text(_plain(wanted["q"]))
        rows = rows.filter(
            Q(delegator__search_text__contains=words) | Q(delegate__search_text__contains=words)
        )
    if wanted["body"]:
        rows = rows.filter(body=wanted["body"])
    never = Q(ended_on__lte=F("starts_on"))  # ended before it began
    match wanted["when"]:
        case "now":
            rows = rows.on(today)
        case "later":
            rows = rows.filter(starts_on__gt=today).exclude(never)
        case "over":
            rows = rows.filter(Q(ends_on__lt=today) | Q(ended_on__lte=today) | never)
    return rows.order_by("-starts_on", "-pk")


def _plain(words: str) -> str:
    return words.replace("\0", "")


def _when(rows: Any, when: str, today: date) -> Any:
    match when:
        case "now":
            return rows.on(today)
        case "later":
            return rows.filter(starts_on__gt=today)
        case "over":
            return rows.filter(ends_on__lt=today)
    return rows


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    row: Any
    what: str
    state: str
    tone: str
    shape: str


def exemption_rows(rows: Iterable[Exemption], today: date) -> list[AbsenceRow]:
    return [
        AbsenceRow(row, capfirst(str(row.get_reason_display())), *standing_of(row, today))
        for row in rows
    ]


def delegation_rows(rows: Iterable[Delegation], today: date) -> list[AbsenceRow]:
    """With the office and where it is held: two queries for the names."""
    departments = {row.pk: row for row in Department.objects.prefetch_related("versions")}
    committee = str(Body.STANDING_COMMITTEE.label)

    def what(row: Delegation) -> str:
        department = departments.get(row.department_id or 0)
        place = department.name_on(row.starts_on) if department else committee
        return f"{capfirst(row.get_office_display())}, {place}"

    return [AbsenceRow(row, what(row), *_standing(row, today)) for row in rows]


def _standing(row: Delegation, today: date) -> tuple[str, str, str]:
    if row.ended_on is not None and row.ended_on <= max(today, row.starts_on):
        return _("Ended early"), "", "cut"
    return standing_of(row, today)
