"""Departments and units alike: rows with dated versions, and what took over what.

A *nature* says which models it is about; everything that happens through time is written once
for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import OrganisationSubject, Share
from accounts.models import (
    Department,
    DepartmentSuccession,
    DepartmentVersion,
    Unit,
    UnitSuccession,
    UnitVersion,
)
from accounts.permissions import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from accounts.models import Person

DAY = timedelta(days=1)

type_of_owner = Department | Unit
type_of_version = DepartmentVersion | UnitVersion


@dataclass(frozen=True, slots=True)
class Nature:
    """Which models a department or a unit is made of."""

    subject: OrganisationSubject
    model: type[Any]
    versions: type[Any]
    successions: type[Any]
    owner: str  # the field of a version that names its row
    fields: tuple[str, ...]  # of a version, beside its days

    def is_units(self) -> bool:
        return self.subject == OrganisationSubject.UNIT


DEPARTMENTS = Nature(
    OrganisationSubject.DEPARTMENT,
    Department,
    DepartmentVersion,
    DepartmentSuccession,
    "department",
    ("name", "short_name"),
)
UNITS = Nature(
    OrganisationSubject.UNIT,
    Unit,
    UnitVersion,
    UnitSuccession,
    "unit",
    ("level", "kind", "name", "short_name", "parent"),
)


def keeps_departments_and_units(by: Person) -> Verdict:
    if by.offices(timezone.localdate()).is_administrator:
        return ALLOWED
    return denied(_("Only the administrator enters departments and units."))


def owners(nature: Nature) -> QuerySet[Any]:
    rows = nature.model.objects.prefetch_related("versions")
    return rows.prefetch_related("versions__parent__versions") if nature.is_units() else rows


def last_version(owner: Any) -> Any:
    return owner.dated()[-1]


def links_of(nature: Nature, owner: Any) -> list[Any]:
    """Every succession from or to ``owner``, with the names of the other side."""
    rows = nature.successions.objects.filter(Q(old=owner) | Q(new=owner))
    return list(
        rows.select_related("old", "new").prefetch_related("old__versions", "new__versions")
    )


def share_of(link: Any) -> str:
    """How much of the old one is meant, in words; a department's is main or not."""
    if isinstance(link, UnitSuccession):
        return link.get_share_display()
    return str(Share.MAIN.label if link.is_main else Share.PART.label)


def main_heir(heirs: Iterable[tuple[Any, str]]) -> Any:
    """Who goes on with what was under way: the whole, else the main part."""
    found = {share: owner for owner, share in heirs}
    return found.get(Share.WHOLE) or found.get(Share.MAIN)


def short(day: date) -> str:
    return f"{day:%d/%m/%Y}"
