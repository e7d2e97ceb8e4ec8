"""The year's programme of work as its pages show it (R23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.words import date_range
from fieldvisits.choices import ActivityEnd
from fieldvisits.models import ProgrammeActivity, Visit
from fieldvisits.models.visit import PUBLIC_STATES
from fieldvisits.overview.names import DepartmentNames

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Person
    from fieldvisits.models.programme import ProgrammeActivityQuerySet

PAGE = 50
MOST = 200  # visits shown on the page of one activity
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """Where an activity stands: a word, a tone, a shape."""

    label: str
    tone: str = ""
    shape: str = "open"


@dataclass(frozen=True)
class ActivityLine:
    activity: ProgrammeActivity
    days: str
    department: str
    unit: str
    standing: Standing
    visits: int  # approved ones, which everybody in the agency knows; of a unit its own


@dataclass(frozen=True)
class ActivityPage:
    line: ActivityLine
    visits: list[Visit]
    may_be_removed: bool


def standing_of(activity: ProgrammeActivity, today: date) -> Standing:
    if activity.closed_as == ActivityEnd.CANCELLED:
        return Standing(pgettext("activity", "Cancelled"), "bad", "cut")
    if activity.closed_as == ActivityEnd.HELD:
        return Standing(pgettext("activity", "Held"), "ok", "done")
    if today < activity.starts_on:
        return Standing(pgettext("activity", "Planned"), "", "open")
    if today <= activity.ends_on:
        return Standing(pgettext("activity", "Going on"), "now", "approved")
    return Standing(pgettext("activity", "Time is over"), "warn", "due")


def chosen_activities(person: Person, wanted: dict[str, Any]) -> ProgrammeActivityQuerySet:
    """The activities ``person`` may see, narrowed by the filter."""
    rows = ProgrammeActivity.objects.visible_to(person)
    if wanted["year"]:
        rows = rows.filter(year=wanted["year"])
        if wanted["month"]:
            first = date(wanted["year"], wanted["month"], 1)
            last = (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
            rows = rows.touching(first, last)
    if wanted["department"]:
        rows = rows.filter(department=wanted["department"])
    if wanted["words"]:
        rows = rows.matching(wanted["words"])
    return rows


def listed(rows: ProgrammeActivityQuerySet, person: Person) -> ProgrammeActivityQuerySet:
    """In order of their days, with what ``lines`` reads of each."""
    public, offices = Q(visits__state__in=PUBLIC_STATES), person.offices(timezone.localdate())
    if not offices.is_in_agency:
        public &= Q(visits__unit__in=offices.unit_ids)
    rows = rows.annotate(public_visits=Count("visits", filter=public)).in_order()
    beside = rows.select_related("person", "host_unit", "changed_by")
    return beside.prefetch_related("host_unit__versions")


def lines(rows: Iterable[ProgrammeActivity], today: date) -> list[ActivityLine]:
    names = DepartmentNames.read()
    return [_line(row, names, today) for row in rows]


def _line(row: ProgrammeActivity, names: DepartmentNames, today: date) -> ActivityLine:
    unit = row.host_unit
    return ActivityLine(
        activity=row,
        days=date_range(row.starts_on, row.ends_on),
        department=names.full(row.department_id, row.starts_on),
        unit=unit.name_on(row.starts_on) if unit else "",
        standing=standing_of(row, today),
        visits=row.public_visits,  # type: ignore[attr-defined]  # annotated
    )


def activity_page(pk: int, person: Person, today: date) -> ActivityPage | None:
    """One activity with the visits on it that ``person`` may see; None if there is none."""
    row = listed(ProgrammeActivity.objects.visible_to(person), person).filter(pk=pk).first()
    if row is None:
        return None
    visits = Visit.objects.visible_to(person).live().filter(activity=row).in_order()
    shown = visits.select_related("cadre", "unit").prefetch_related("unit__versions")
    found = list(shown[:MOST])
    for visit in found:
        visit.unit_name = visit.unit.name_on(visit.starts_on)  # type: ignore[attr-defined]  # for the page
    (line,) = lines([row], today)
    return ActivityPage(line, found, may_be_removed=not row.visits.exists())


def years_of(today: date) -> list[int]:
    """The years there is a programme of, this one and the next."""
    known = ProgrammeActivity.objects.order_by().values_list("year", flat=True).distinct()
    return sorted({*known, today.year, today.year + 1}, reverse=True)


def says(wanted: dict[str, Any], department: str) -> str:
    """The filter in words."""
    said = [_("You see: the programme of %(year)d") % {"year": wanted["year"]}]
    if wanted["month"]:
        said.append(_("in month %(month)d") % {"month": wanted["month"]})
    if department:
        said.append(department)
    if wanted["words"]:
        said.append(_("with “%(words)s” in the title") % {"words": wanted["words"]})
    return ", ".join(said) + "."
