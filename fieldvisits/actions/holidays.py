"""Days off and Saturdays worked for them: entered by the administrator, on record (R21)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.organisation import Decision, record
from accounts.choices import OrganisationSubject, OrganisationVerb
from accounts.text import clean
from fieldvisits.calendar import SATURDAY
from fieldvisits.choices import HolidayKind
from fieldvisits.models import Holiday
from fieldvisits.permissions.regulation import changes_regulation
from fieldvisits.proposals import proposed

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person

NO_DECISION = Decision()


def _require_right(by: Person) -> None:
    if not (verdict := changes_regulation(by)):
        raise PermissionDenied(str(verdict.reason))


def _line(row: Holiday | None) -> dict[str, str]:
    return {"date": f"{row.date}", "kind": row.kind, "name": row.name} if row else {}


@transaction.atomic
def set_day(
    day: date, *, kind: str, name: str, by: Person, decision: Decision = NO_DECISION
) -> Holiday:
    """Enter a day, or change the one that is there; the same again changes nothing."""
    _require_right(by)
    if kind == HolidayKind.MAKEUP_WORK and day.weekday() < SATURDAY:
        raise ValidationError(
            {"date": _("Only a Saturday or a Sunday can be worked to make up for a day off.")}
        )
    before = Holiday.objects.select_for_update().filter(date=day).first()
    was, name = _line(before), clean(name)
    if before is not None and (before.kind, before.name) == (kind, name):
        return before
    row, _made = Holiday.objects.update_or_create(date=day, defaults={"kind": kind, "name": name})
    verb = OrganisationVerb.CHANGED if was else OrganisationVerb.ADDED
    _record(day.year, verb, by=by, on=day, decision=decision, before=was, after=_line(row))
    return row


@transaction.atomic
def remove_day(day: date, *, by: Person, decision: Decision = NO_DECISION) -> None:
    _require_right(by)
    row = Holiday.objects.select_for_update().filter(date=day).first()
    if row is None:
        return  # taken out already
    was = _line(row)
    row.delete()
    _record(day.year, OrganisationVerb.WITHDRAWN, by=by, on=day, decision=decision, before=was)


def mark_of(year: int) -> str:
    """Changes with every day of the year as it stands here."""
    rows = Holiday.objects.filter(date__year=year).values_list("date", "kind", "name")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:16]


@transaction.atomic
def take_over(year: int, *, by: Person, seen: str, decision: Decision = NO_DECISION) -> int:
    """Make the proposal of a year the office's own; return how many days differed."""
    _require_right(by)
    days = {day.date: day for day in proposed(year)}
    if not days:
        raise ValidationError(_("There is no proposal for this year."))
    rows = {row.date: row for row in Holiday.objects.select_for_update().filter(date__year=year)}
    if mark_of(year) != seen:
        raise ValidationError(
            _("The days of this year have changed meanwhile. Look at them again."), code="stale"
        )
    differing = 0
    for day in sorted(days.keys() | rows.keys()):
        if day not in days:
            remove_day(day, by=by, decision=decision)
        elif day in rows and (rows[day].kind, rows[day].name) == (days[day].kind, days[day].name):
            continue
        else:
            set_day(day, kind=days[day].kind, name=days[day].name, by=by, decision=decision)
        differing += 1
    return differing


def _record(  # noqa: PLR0913 -- all but the year are named
    year: int,
    verb: OrganisationVerb,
    *,
    by: Person,
    on: date,
    decision: Decision,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    record(
        (OrganisationSubject.HOLIDAYS, str(year)), verb, by=by, on=on, decision=decision,
        before=before, after=after,
    )  # fmt: skip
