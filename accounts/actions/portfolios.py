"""Which member of the Standing Committee is in charge of which department, and since when."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.office_messages import tell_charge_ended, tell_in_charge
from accounts.actions.organisation import NO_DECISION, Decision, record
from accounts.choices import Body, OrganisationSubject, OrganisationVerb
from accounts.guards import keep_now
from accounts.models import Appointment, Department, Person, Portfolio
from accounts.organising import require_organising

ONE_DAY = timedelta(days=1)


def mark_of(department: Department, member: Person | None, on: date) -> str:
    """What is on record and what is to be: nobody confirms over what has changed meanwhile."""
    rows = department.portfolios.order_by("starts_on", "pk")
    said = [(row.person_id, str(row.starts_on), str(row.ends_on)) for row in rows]
    wanted = (member.pk if member else None, str(on))
    return hashlib.sha256(repr((said, wanted)).encode()).hexdigest()[:16]


def planned_after(department: Department, on: date) -> list[Portfolio]:
    """Portfolios that begin on ``on`` or later: a change from ``on`` takes them out."""
    rows = department.portfolios.filter(starts_on__gte=on).select_related("person")
    return list(rows.order_by("starts_on", "pk"))


@transaction.atomic
def put_in_charge(
    department: Department,
    *,
    by: Person,
    member: Person | None,
    on: date,
    seen: str,
    decision: Decision = NO_DECISION,
) -> Portfolio | None:
    """Let ``member`` be in charge of a department from a day on; None: nobody is.

    Whoever was in charge is so until the day before; what was planned for later falls away.
    Pressing twice changes nothing more.
    """
    require_organising(by)
    department = Department.objects.select_for_update().get(pk=department.pk)
    later = planned_after(department, on)
    now = department.portfolios.filter(starts_on__lt=on).touching(on, date.max).first()
    if _is_so(now, later, member, on):
        return later[0] if later else now
    check(department, member, on)
    if seen != mark_of(department, member, on):
        raise ValidationError(
            _("The member in charge was changed meanwhile. Look again, then confirm."),
            code="stale",
        )
    before = [as_said(row) for row in (now, *later) if row is not None]
    new = _rewrite(department, now, later, member, on)
    record(
        (OrganisationSubject.DEPARTMENT, department.code), OrganisationVerb.PORTFOLIO,
        by=by, on=on, decision=decision,
        before={"rows": before} if before else None,
        after={"person": member.full_name, "code": member.code} if member else None,
    )  # fmt: skip
    if now is not None:
        tell_charge_ended(now, decision)
    if new is not None:
        tell_in_charge(new, decision)
    return new


def as_said(row: Portfolio) -> dict[str, Any]:
    ends = row.ends_on.isoformat() if row.ends_on else None
    return {"person": row.person.full_name, "from": row.starts_on.isoformat(), "to": ends}


def _is_so(now: Portfolio | None, later: list[Portfolio], member: Person | None, on: date) -> bool:
    if member is None:
        return now is None and not later
    if len(later) == 1 and now is None:
        only = later[0]
        return (only.person_id, only.starts_on, only.ends_on) == (member.pk, on, None)
    return not later and now is not None and (now.person_id, now.ends_on) == (member.pk, None)


def check(department: Department, member: Person | None, on: date) -> None:
    if not department.exists_on(on):
        raise ValidationError({"starts_on": _("The department does not exist on this day.")})
    seats = Appointment.objects.on(on).filter(person=member, body=Body.STANDING_COMMITTEE)
    if member is not None and not seats.exists():
        raise ValidationError(
            {"member": _("The comrade is no member of the Standing Committee on this day.")}
        )


def _rewrite(
    department: Department,
    now: Portfolio | None,
    later: list[Portfolio],
    member: Person | None,
    on: date,
) -> Portfolio | None:
    for row in later:
        row.delete()
    if now is not None:
        now.ends_on = on - ONE_DAY
        now.save(update_fields=["ends_on"])
    if member is None:
        return None
    try:
        with transaction.atomic():
            new = Portfolio.objects.create(person=member, department=department, starts_on=on)
            keep_now()
    except IntegrityError as error:  # the database's own guard, should the lock ever miss
        raise ValidationError(
            _("The member in charge was changed meanwhile. Look again, then confirm."),
            code="stale",
        ) from error
    return new
