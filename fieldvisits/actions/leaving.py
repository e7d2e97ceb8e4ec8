"""A cadre leaves, or is exempted: what falls away is shown first, then cancelled (R20)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import exemptions
from accounts.actions.appointing import refuse_last_administrator
from accounts.actions.appointments import as_said
from accounts.actions.organisation import record
from accounts.choices import Body, ExemptionReason, OrganisationSubject, OrganisationVerb
from accounts.models import Appointment, Exemption, Portfolio
from fieldvisits.actions import confirmations, unit_notices
from fieldvisits.actions.door import take
from fieldvisits.choices import VisitState
from fieldvisits.ledger import keeping
from fieldvisits.models import Visit
from fieldvisits.notices.leaving import tell_released
from fieldvisits.permissions.people import arranges_people

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from accounts.models import Person

LEFT = gettext_lazy("Left the agency")
TOUCHES = gettext_lazy("This comrade is exempted on some of these days already.")


@dataclass(frozen=True, slots=True)
class Effect:
    """What would fall away: approved visits, offices, and what somebody else has to look at."""

    visits: list[Visit]
    offices: list[Appointment]
    cut: list[Visit]  # begin before the last day and end after it: reported up to that day
    proposed: list[Visit]  # not decided yet: declined or withdrawn on their own path
    stands: str = ""  # of an exemption that is changed: how it stands

    @property
    def mark(self) -> str:
        """Changes with everything shown: what is confirmed is what was seen."""
        said = [(row.pk, row.version) for row in (*self.visits, *self.cut, *self.proposed)]
        said += [(row.pk, 0) for row in self.offices]
        return hashlib.sha256(repr((said, self.stands)).encode()).hexdigest()[:16]


def _visits(person: Person) -> QuerySet[Visit]:
    rows = Visit.objects.filter(cadre=person).select_related("unit", "cadre", "plan")
    return rows.prefetch_related("unit__versions").in_order()


def effect_of_leaving(person: Person, last_day: date) -> Effect:
    """Approved visits after ``last_day``, and offices still held then. Reads only."""
    later = _visits(person).filter(ends_on__gt=last_day)
    held = person.appointments.exclude(body=Body.UNIT).exclude(ends_on__lte=last_day)
    return Effect(
        visits=list(later.filter(state=VisitState.APPROVED, starts_on__gt=last_day)),
        offices=list(held.select_related("department").prefetch_related("department__versions")),
        cut=list(later.filter(state=VisitState.APPROVED, starts_on__lte=last_day)),
        proposed=list(later.filter(state=VisitState.PROPOSED)),
    )


def effect_of_exemption(person: Person, starts_on: date, ends_on: date | None) -> Effect:
    """Approved visits with a day in the time exempted. Reads only."""
    within = _visits(person).filter(ends_on__gte=starts_on)
    if ends_on is not None:
        within = within.filter(starts_on__lte=ends_on)
    return Effect(
        visits=list(within.filter(state=VisitState.APPROVED)),
        offices=[],
        cut=[],
        proposed=list(within.filter(state=VisitState.PROPOSED)),
    )


def effect_of_change(row: Exemption, ends_on: date | None) -> Effect:
    """Approved visits in the time as it would be then. Reads only."""
    effect = effect_of_exemption(row.person, row.starts_on, ends_on)
    return replace(effect, stands=repr(exemptions.as_said(row)))


def effect_of_striking_out(row: Exemption) -> Effect:
    """Nothing falls away; the mark says how it stood. Reads only."""
    return Effect([], [], [], [], stands=repr(exemptions.as_said(row)))


def _require_right(by: Person) -> None:
    if not (verdict := arranges_people(by)):
        raise PermissionDenied(str(verdict.reason))


def _refuse_own(person: Person, by: Person) -> None:
    if by.pk == person.pk:
        raise PermissionDenied(_("Nobody decides on their own paper."))


def _require_seen(effect: Effect, seen: str) -> None:
    if seen != effect.mark:
        raise ValidationError(
            _("What falls away has changed meanwhile. Look at it again, then confirm."),
            code="stale",
        )


@transaction.atomic
def leave(person: Person, *, last_day: date, by: Person, seen: str) -> Effect:
    """End the offices of ``person`` with ``last_day``; cancel approved visits after it.

    ``seen`` is the mark of the effect that was confirmed. Pressing twice finds nothing
    left to end and is told so. Raises ``PermissionDenied``, or ``ValidationError`` by field.
    """
    _require_right(by)
    keeping.take_turn([person.pk])
    effect = effect_of_leaving(person, last_day)
    if not effect.offices:
        raise ValidationError(
            {"last_day": _("This comrade holds no office after that day; nothing is to be ended.")}
        )
    for office in effect.offices:
        refuse_last_administrator(office, last_day)
    _require_seen(effect, seen)
    _end_offices(person, last_day, by=by)
    _release(effect.visits, by=by, why=str(LEFT))
    keeping.rebook([person.pk])  # the days stand where the person belonged
    tell_released(person, effect.visits, by=by, why=LEFT, on=last_day)
    return effect


def _end_offices(person: Person, last_day: date, *, by: Person) -> None:
    """Offices not begun yet are struck out; the others end with the last day. On record."""
    held = Appointment.objects.filter(person=person).exclude(body=Body.UNIT)
    ending = held.exclude(ends_on__lte=last_day).select_related("department", "unit")
    record(
        (OrganisationSubject.PERSON, person.code),
        OrganisationVerb.OFFICE_ENDED,
        by=by,
        on=last_day,
        before={"offices": [as_said(row) for row in ending]},
    )
    for rows in (held, Portfolio.objects.filter(person=person)):
        rows.filter(starts_on__gt=last_day).delete()
        rows.exclude(ends_on__lte=last_day).update(ends_on=last_day)


@transaction.atomic
def exempt(  # noqa: PLR0913 -- all but the person are named
    person: Person,
    *,
    reason: str,
    starts_on: date,
    ends_on: date | None,
    note: str,
    by: Person,
    seen: str,
) -> Exemption:
    """Write an exemption down, on record; cancel the approved visits it lies over (R20).

    It may lower what somebody owes: nobody writes their own (R17).
    """
    _require_right(by)
    _refuse_own(person, by)
    if ends_on is not None and ends_on < starts_on:
        raise ValidationError({"ends_on": _("The last day lies before the first.")})
    keeping.take_turn([person.pk])
    if _touching(person, starts_on, ends_on).exists():
        raise ValidationError({"starts_on": str(TOUCHES)})
    effect = effect_of_exemption(person, starts_on, ends_on)
    _require_seen(effect, seen)
    row = Exemption.objects.create(
        person=person, reason=reason, starts_on=starts_on, ends_on=ends_on, note=note
    )
    record(
        (OrganisationSubject.PERSON, person.code), OrganisationVerb.EXEMPTED,
        by=by, on=starts_on, after=exemptions.as_said(row),
    )  # fmt: skip
    _cancel(effect, row, by=by)
    return row


@transaction.atomic
def change_exemption(
    row: Exemption, *, ends_on: date | None, note: str, by: Person, seen: str
) -> Exemption:
    """Give an exemption another last day: it ends, or goes on; visits in it are cancelled.

    Visits it has cancelled before stay cancelled: who is back plans anew.
    """
    _require_right(by)
    _refuse_own(row.person, by)
    keeping.take_turn([row.person_id])
    row = Exemption.objects.select_related("person").get(pk=row.pk)
    if ends_on is not None and ends_on < row.starts_on:
        raise ValidationError({"ends_on": _("The last day lies before the first.")})
    if _touching(row.person, row.starts_on, ends_on).exclude(pk=row.pk).exists():
        raise ValidationError({"ends_on": str(TOUCHES)})
    effect = effect_of_change(row, ends_on)
    _require_seen(effect, seen)
    before = exemptions.as_said(row)
    row.ends_on, row.note = ends_on, note
    if exemptions.as_said(row) == before:
        raise ValidationError(_("Nothing is different from what holds now."))
    row.save(update_fields=["ends_on", "note"])
    record(
        (OrganisationSubject.PERSON, row.person.code), OrganisationVerb.EXEMPTION_CHANGED, by=by,
        on=ends_on or row.starts_on, before=before, after=exemptions.as_said(row),
    )  # fmt: skip
    _cancel(effect, row, by=by)
    return row


@transaction.atomic
def strike_out_exemption(row: Exemption, *, by: Person, seen: str) -> None:
    """It was a mistake: gone, but for the record. Visits it has cancelled stay cancelled."""
    _require_right(by)
    _refuse_own(row.person, by)
    keeping.take_turn([row.person_id])
    row = Exemption.objects.select_related("person").get(pk=row.pk)
    _require_seen(effect_of_striking_out(row), seen)
    record(
        (OrganisationSubject.PERSON, row.person.code), OrganisationVerb.WITHDRAWN,
        by=by, on=row.starts_on, before=exemptions.as_said(row),
    )  # fmt: skip
    row.delete()


def _touching(person: Person, starts_on: date, ends_on: date | None) -> QuerySet[Exemption]:
    far = ends_on or starts_on + timedelta(days=36500)
    return Exemption.objects.touching(starts_on, far).filter(person=person)


def _cancel(effect: Effect, row: Exemption, *, by: Person) -> None:
    """Cancel the approved visits in the time exempted, and tell whom it concerns."""
    why = ExemptionReason(row.reason).label
    _release(effect.visits, by=by, why=str(why))
    keeping.book(effect.visits)
    tell_released(row.person, effect.visits, by=by, why=why, on=row.starts_on)


def _release(visits: list[Visit], *, by: Person, why: str) -> None:
    for visit in sorted(visits, key=lambda row: row.pk):
        take(visit, "release", by=by, comment=why)
        unit_notices.lapse(visit, by=by)
        confirmations.lapse(visit, by=by)
