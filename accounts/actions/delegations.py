"""Delegations: an office acted in by somebody else for a time (R25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions import delegation_messages
from accounts.delegable import candidates, may_delegate, may_end
from accounts.models import Delegation, Department, Person

if TYPE_CHECKING:
    from datetime import date

    from accounts.delegable import Delegable


@transaction.atomic
def delegate(
    held: Delegable,
    *,
    by: Person,
    to: Person,
    starts_on: date,
    ends_on: date | None,
    reason: str,
) -> Delegation:
    """Let ``to`` act in an office from ``starts_on`` to ``ends_on``; tell both.

    Pressing twice gives the same row (B4). Raises ``PermissionDenied`` if the office is
    not theirs to delegate, ``ValidationError`` by field: a past day, somebody who cannot
    stand in, an office delegated already.
    """
    today = timezone.localdate()
    if not (verdict := may_delegate(by, held, today)):
        raise PermissionDenied(str(verdict.reason))
    _hold(held)
    _end_void(held, by=by, today=today)
    row = Delegation(
        body=held.body,
        department_id=held.department_id,
        office=held.office,
        delegator=held.holder,
        delegate=to,
        reason=reason.strip(),
        made_by=by,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    others = list(held.delegations().overlapping(starts_on, ends_on).select_related("delegate"))
    if same := [other for other in others if _same(other, row)]:
        return same[0]
    _check(row, held, others, today)
    return _write(row)


def _write(row: Delegation) -> Delegation:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # PostgreSQL's own guard, should the lock ever miss
        raise _taken(None) from error
    delegation_messages.tell_delegated(row)
    return row


def _hold(held: Delegable) -> None:
    """Two people delegating one office wait for each other; SQLite has one writer anyway."""
    if held.department_id is not None:
        Department.objects.select_for_update().get(pk=held.department_id)
    elif held.holder is not None:
        Person.objects.select_for_update().get(pk=held.holder.pk)


def _end_void(held: Delegable, *, by: Person, today: date) -> None:
    """What a former holder gave, or was made for the vacancy, does not stand in the way."""
    holder_id = held.holder.pk if held.holder else None
    for row in held.delegations().filter(ended_on=None):
        if row.delegator_id != holder_id and not row.is_over(today):
            row.ended_on, row.ended_by = max(today, row.starts_on), by
            row.save(update_fields=["ended_on", "ended_by"])


def _same(one: Delegation, other: Delegation) -> bool:
    fields = ("delegator_id", "delegate_id", "made_by_id", "starts_on", "ends_on", "reason")
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def _check(row: Delegation, held: Delegable, others: list[Delegation], today: date) -> None:
    problems: dict[str, str] = {}
    if row.starts_on < today:
        problems["starts_on"] = _("Past days are not changed: a delegation begins today or later.")
    if row.ends_on is not None and row.ends_on < row.starts_on:
        problems["ends_on"] = _("The last day lies before the first.")
    if not row.reason:
        problems["reason"] = _("Give the reason in a sentence.")
    problems |= _wrong_delegate(row, held)
    if problems:
        raise ValidationError(problems)
    if others:
        raise _taken(others[0])


def _wrong_delegate(row: Delegation, held: Delegable) -> dict[str, str]:
    """Who stands in holds an office of their own there, and is not away themselves."""
    days = {row.starts_on, row.ends_on or row.starts_on}
    if any(row.delegate not in candidates(held, day) for day in days):
        return {
            "delegate": _(
                "A head is stood in for by a deputy or a member of the same department, a member "
                "of the Standing Committee by another member, in office on all these days."
            )
        }
    away = Delegation.objects.filter(delegator=row.delegate)
    if away.overlapping(row.starts_on, row.ends_on).exists():
        return {
            "delegate": _(
                "Comrade %(name)s is away in this time as well; what is delegated is not passed on."
            )
            % {"name": row.delegate.full_name}
        }
    return {}


def _taken(other: Delegation | None) -> ValidationError:
    if other is None:
        return ValidationError(_("This office was delegated meanwhile."), code="stale")
    values = {
        "name": other.delegate.full_name,
        "first": date_format(other.starts_on, "SHORT_DATE_FORMAT"),
        "last": date_format(other.ends_on, "SHORT_DATE_FORMAT") if other.ends_on else "…",
    }
    return ValidationError(
        _(
            "The office is delegated to comrade %(name)s already, from %(first)s to %(last)s. "
            "End that delegation first, or choose other days."
        )
        % values,
        code="stale",
    )


@transaction.atomic
def end(delegation: Delegation, *, by: Person) -> Delegation:
    """End a delegation from today on, or before it begins; steps already taken stay.

    Ending it twice changes nothing. Raises ``PermissionDenied`` for others, and for one
    that ran out: past days are not changed.
    """
    today = timezone.localdate()
    if delegation.ended_on is not None:
        return delegation
    if not (verdict := may_end(by, delegation, today)):
        raise PermissionDenied(str(verdict.reason))
    ended_on = max(today, delegation.starts_on)
    rows = Delegation.objects.filter(pk=delegation.pk, ended_on=None)
    if rows.update(ended_on=ended_on, ended_by=by):
        delegation.ended_on, delegation.ended_by = ended_on, by
        delegation_messages.tell_ended(delegation)
    else:
        delegation.refresh_from_db()
    return delegation
