"""The regulation as its pages show it: rules with the settings in force, and who has read it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.choices import Body, UnitLevel
from accounts.models import Appointment
from fieldvisits.actions.regulation import papers_of
from fieldvisits.models import Regulation, RegulationReading
from fieldvisits.models.regulation import setting_names
from fieldvisits.overview.names import DepartmentNames
from fieldvisits.overview.rules import RULES

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.overview.rules import Rule

RULE_IN_LABEL = re.compile(r"\s*\((R\d+)[^)]*\)\s*$")


@dataclass(frozen=True)
class Setting:
    name: str
    label: str  # without the number of its rule
    rule: str  # "R5", or "" where the label names none
    value: str


@dataclass(frozen=True)
class RuleSheet:
    rule: Rule
    settings: list[Setting]


def setting_fields() -> list[models.Field[Any, Any]]:
    """Every field of the regulation that is a setting: new ones appear by themselves."""
    return [Regulation._meta.get_field(name) for name in setting_names()]  # type: ignore[misc]  # noqa: SLF001 -- the documented model API; no relation among them


def label_of(field: models.Field[Any, Any]) -> tuple[str, str]:
    """The label without the rule in brackets, and the rule, which the source text names."""
    label = RULE_IN_LABEL.sub("", str(field.verbose_name))
    with translation.override("en"):  # translated labels leave the number out
        found = RULE_IN_LABEL.search(str(field.verbose_name))
    return capfirst(label), found.group(1) if found else ""


def in_words(value: object) -> str:
    """A setting as it is read: yes or no, an hour, quotas by level."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, time):
        return time_format(value, "H:i")
    if isinstance(value, dict):
        levels = dict(UnitLevel.choices)
        said = [f"{levels.get(level, level)}: {days}" for level, days in value.items()]
        return ", ".join(said) or _("none set")
    return str(value) if value not in ("", None) else _("none set")


def settings_of(version: Regulation) -> list[Setting]:
    found = []
    for field in setting_fields():
        label, rule = label_of(field)
        value = in_words(getattr(version, field.attname))
        found.append(Setting(field.name, label, rule, value))
    return found


def sheets_of(version: Regulation) -> tuple[list[RuleSheet], list[Setting]]:
    """Rules with their settings, and the settings that belong to none."""
    by_rule: defaultdict[str, list[Setting]] = defaultdict(list)
    for setting in settings_of(version):
        by_rule[setting.rule].append(setting)
    sheets = [RuleSheet(rule, by_rule.pop(rule.code, [])) for rule in RULES]
    return sheets, [setting for rest in by_rule.values() for setting in rest]


# --- Changing it ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Depends:
    """Papers of the years of a version: what has been sent off holds it, drafts follow it."""

    sent_plans: int
    visits: int
    drafts: int

    @property
    def holds(self) -> bool:
        return bool(self.sent_plans or self.visits)


def depends_on(first_year: int | None, last_year: int | None) -> Depends:
    """Count the papers of the years from ``first_year`` to ``last_year``; None: no bound."""
    plans, visits = papers_of(first_year, last_year)
    return Depends(
        sent_plans=plans.filter(version__gt=0).count(),
        visits=visits.count(),
        drafts=plans.filter(version=0).count(),
    )


# --- What was changed ------------------------------------------------------------------------

LATEST = 50  # of the changes of one version; a version has few, and the rest is in the table


@dataclass(frozen=True)
class Changed:
    at: Any
    by: Person
    label: str
    before: str
    after: str


def changes_of(version: Regulation) -> list[Changed]:
    """Who changed what in this version, the latest first: one query."""
    labels = {field.name: (label_of(field)[0], field) for field in setting_fields()}
    rows = version.changes.select_related("by")[:LATEST] if version.pk else []
    return [
        Changed(
            at=row.at,
            by=row.by,
            label=labels[row.name][0],
            before=in_words(labels[row.name][1].to_python(row.before)),
            after=in_words(labels[row.name][1].to_python(row.after)),
        )
        for row in rows
        if row.name in labels
    ]


# --- Who has read it -------------------------------------------------------------------------


@dataclass(frozen=True)
class Reader:
    person: Person
    department: str
    read_at: Any


def readers_of(version: Regulation, viewer: Person, today: date) -> list[Reader]:
    """Everybody in office whose reading ``viewer`` may know of, in order of names."""
    rows = (
        Appointment.objects.on(today)
        .filter(Q(body=Body.DEPARTMENT) | Q(body=Body.STANDING_COMMITTEE), person__is_active=True)
        .select_related("person")
        .order_by("person__sort_key", "person__code", "body")
    )
    offices = viewer.offices(today)
    if not (offices.sees_all_departments or offices.is_administrator):
        rows = rows.filter(department=offices.headed_id or 0)
    names = DepartmentNames.read()
    readings = RegulationReading.objects.filter(regulation=version)
    read_at = dict(readings.values_list("person_id", "read_at"))
    found: dict[int, Reader] = {}
    for row in rows:
        place = names.full(row.department_id, today)
        found.setdefault(row.person_id, Reader(row.person, place, read_at.get(row.person_id)))
    return list(found.values())
