"""Offices given, ended, changed and corrected; each on a decision, and on record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.appointing import check, hold, refuse_last_administrator
from accounts.actions.office_messages import (
    tell_appointed,
    tell_charge_ended,
    tell_office_ended,
    tell_withdrawn,
)
from accounts.actions.organisation import NO_DECISION, Decision, record
from accounts.choices import Body, OrganisationSubject, OrganisationVerb
from accounts.consequences import Change, done_in, follow, require_seen
from accounts.foresight import portfolios_after
from accounts.guards import keep_now
from accounts.models import Appointment, Person
from accounts.organising import require_organising

if TYPE_CHECKING:
    from accounts.models import Department

ONE_DAY = timedelta(days=1)


def as_said(row: Appointment) -> dict[str, Any]:
    """An office as the record keeps it: codes and the names of the day."""
    said: dict[str, Any] = {"body": row.body, "office": row.office}
    if row.department:
        said |= {"department": row.department.code, "name": row.department.name_on(row.starts_on)}
    if row.unit:
        said |= {"unit": row.unit.code, "name": row.unit.name_on(row.starts_on)}
    ends = row.ends_on.isoformat() if row.ends_on else None
    return {**said, "from": row.starts_on.isoformat(), "to": ends}


def _subject(person: Person) -> tuple[OrganisationSubject, str]:
    return OrganisationSubject.PERSON, person.code


def change_of_appointing(row: Appointment) -> Change:
    return Change(person=row.person, on=row.starts_on, begins=row)


@transaction.atomic
def appoint(
    row: Appointment, *, by: Person, seen: str, decision: Decision = NO_DECISION
) -> Appointment:
    """Write an office somebody is to hold. Pressing twice gives the same row (B4).

    Raises ``PermissionDenied``; ``ValidationError`` by field for days and places that do not
    fit, an office somebody holds, or what changed since ``seen`` was shown.
    """
    require_organising(by)
    hold(row)
    if same := _same(row):
        return same
    check(row)
    require_seen(change_of_appointing(row), seen)
    _write(row)
    record(
        _subject(row.person), OrganisationVerb.APPOINTED, by=by, on=row.starts_on,
        decision=decision, after=as_said(row),
    )  # fmt: skip
    tell_appointed(row, decision)
    follow([row.person_id])
    return row


def _same(row: Appointment) -> Appointment | None:
    return Appointment.objects.filter(
        person=row.person, body=row.body, office=row.office, department=row.department,
        unit=row.unit, starts_on=row.starts_on, ends_on=row.ends_on,
    ).first()  # fmt: skip


def _write(row: Appointment) -> None:
    try:
        with transaction.atomic():
            row.save()
            keep_now()
    except IntegrityError as error:  # the database's own guard, should the lock ever miss
        raise ValidationError(
            _("Somebody has just given this office, or this comrade another one. Look again."),
            code="stale",
        ) from error


def change_of_ending(row: Appointment, last_day: date) -> Change:
    return Change(person=row.person, on=last_day + ONE_DAY, ends=row)


def check_ending(row: Appointment, last_day: date) -> None:
    _check_last_day(row, last_day, "last_day")
    refuse_last_administrator(row, last_day)


@transaction.atomic
def end(
    row: Appointment, *, by: Person, last_day: date, seen: str, decision: Decision = NO_DECISION
) -> Appointment:
    """Let an office end with ``last_day``; a second press finds it done."""
    require_organising(by)
    hold(row)
    stored = _stored(row)
    if stored.ends_on == last_day:
        return stored
    check_ending(stored, last_day)
    require_seen(change_of_ending(stored, last_day), seen)
    before = as_said(stored)
    _close(stored, last_day)
    _end_portfolios(stored, last_day, by=by, decision=decision)
    record(
        _subject(stored.person), OrganisationVerb.OFFICE_ENDED, by=by, on=last_day,
        decision=decision, before=before, after=as_said(stored),
    )  # fmt: skip
    tell_office_ended(stored, decision)
    follow([stored.person_id])
    return stored


def _stored(row: Appointment) -> Appointment:
    rows = Appointment.objects.select_related("person", "department", "unit")
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise ValidationError(_("This entry was taken back meanwhile."), code="stale")
    return found


def _check_last_day(row: Appointment, last_day: date, field: str) -> None:
    if last_day < row.starts_on:
        raise ValidationError(
            {field: _("It begins after this day. Take the entry back if it was a mistake.")}
        )
    if row.ends_on is not None and last_day > row.ends_on:
        raise ValidationError(
            {field: _("It ends before this day already. Appoint the comrade anew instead.")}
        )


def _close(row: Appointment, last_day: date) -> None:
    """Compare and set: what ended meanwhile is not ended over."""
    rows = Appointment.objects.filter(pk=row.pk, starts_on=row.starts_on, ends_on=row.ends_on)
    if not rows.update(ends_on=last_day):
        raise ValidationError(_("This office was changed meanwhile. Look again."), code="stale")
    row.ends_on = last_day


def _end_portfolios(row: Appointment, last_day: date, *, by: Person, decision: Decision) -> None:
    """Only a member of the Standing Committee is in charge of a department."""
    if row.body != Body.STANDING_COMMITTEE:
        return
    seats = Appointment.objects.on(last_day + ONE_DAY).filter(person=row.person_id, body=row.body)
    if seats.exists():
        return
    for portfolio in portfolios_after(row.person_id, last_day + ONE_DAY):
        before = {"person": row.person.full_name, "from": portfolio.starts_on.isoformat()}
        if portfolio.starts_on > last_day:
            portfolio.delete()
        else:
            portfolio.ends_on = last_day
            portfolio.save(update_fields=["ends_on"])
            tell_charge_ended(portfolio, decision)
        record(
            (OrganisationSubject.DEPARTMENT, portfolio.department.code),
            OrganisationVerb.PORTFOLIO, by=by, on=last_day, decision=decision, before=before,
        )  # fmt: skip


def moved(row: Appointment, department: Department, office: str, on: date) -> Appointment:
    """The office that follows if ``row`` is left for another department on a day."""
    return Appointment(
        person=row.person, body=Body.DEPARTMENT, department=department, office=office,
        starts_on=on, ends_on=row.ends_on,
    )  # fmt: skip


def change_of_moving(row: Appointment, new: Appointment) -> Change:
    return Change(person=row.person, on=new.starts_on, ends=row, begins=new)


def check_moving(row: Appointment, to: Appointment) -> None:
    _check_last_day(row, to.starts_on - ONE_DAY, "starts_on")
    if (row.department_id, row.office) == (to.department_id, to.office):
        raise ValidationError({"department": _("The comrade holds this office there already.")})
    check(to, leaving=row)


@transaction.atomic
def move(
    row: Appointment, *, by: Person, to: Appointment, seen: str, decision: Decision = NO_DECISION
) -> Appointment:
    """Change department, or the office in it, on a day: the day before is the last of the old."""
    require_organising(by)
    hold(row, to)
    if same := _same(to):
        return same
    stored = _stored(row)
    check_moving(stored, to)
    require_seen(change_of_moving(stored, to), seen)
    before = as_said(stored)
    _close(stored, to.starts_on - ONE_DAY)
    _write(to)
    record(
        _subject(stored.person), OrganisationVerb.MOVED, by=by, on=to.starts_on,
        decision=decision, before=before, after=as_said(to),
    )  # fmt: skip
    tell_appointed(to, decision)
    follow([stored.person_id])
    return to


def refuse_if_used(row: Appointment) -> None:
    """What was done in an office is on record: the office was held, be it by mistake."""
    if reasons := done_in(row):
        said = _("Something was done in this office already; end it instead. %(reasons)s")
        raise ValidationError(said % {"reasons": " ".join(reasons)}, code="used")


@transaction.atomic
def correct(
    row: Appointment, *, by: Person, seen: str, decision: Decision = NO_DECISION, **values: Any
) -> Appointment:
    """Put a mistaken entry right, while nothing was done in it."""
    require_organising(by)
    stored = _stored(row)
    wanted = Appointment(pk=stored.pk, person=stored.person, **values)
    hold(stored, wanted)
    if _same(wanted):
        return stored
    refuse_if_used(stored)
    if (wanted.office, wanted.ends_on) != (stored.office, stored.ends_on):
        refuse_last_administrator(stored, stored.starts_on - ONE_DAY)
    check(wanted)
    require_seen(Change(person=row.person, on=wanted.starts_on, ends=stored, begins=wanted), seen)
    before = as_said(stored)
    _write(wanted)
    record(
        _subject(stored.person), OrganisationVerb.CORRECTED, by=by, on=wanted.starts_on,
        decision=decision, before=before, after=as_said(wanted),
    )  # fmt: skip
    tell_appointed(wanted, decision)
    follow([stored.person_id])
    return wanted


@transaction.atomic
def withdraw(row: Appointment, *, by: Person, decision: Decision = NO_DECISION) -> None:
    """Take a mistaken entry out, while nothing was done in it; gone already is as well."""
    require_organising(by)
    hold(row)
    stored = Appointment.objects.filter(pk=row.pk).select_related("person").first()
    if stored is None:
        return
    refuse_if_used(stored)
    refuse_last_administrator(stored, stored.starts_on - ONE_DAY)
    before, on = as_said(stored), stored.starts_on
    tell_withdrawn(stored, decision)
    stored.delete()
    record(
        _subject(row.person), OrganisationVerb.WITHDRAWN, by=by, on=on,
        decision=decision, before=before,
    )  # fmt: skip
    follow([row.person_id])
