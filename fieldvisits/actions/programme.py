"""The year's programme of work: its lines, and what became of them (R23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldvisits.actions.codes import next_activity_code
from fieldvisits.actions.plans import raise_by_field
from fieldvisits.checks.programme import activity_problems
from fieldvisits.choices import ActivityEnd
from fieldvisits.models import ProgrammeActivity
from fieldvisits.notices.programme import tell_cancelled
from fieldvisits.permissions.programme import keeps_programme

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person

WRITTEN = ("title", "starts_on", "ends_on", "department", "person", "host_unit", "note")


def _require_right(by: Person) -> None:
    if not (verdict := keeps_programme(by)):
        raise PermissionDenied(str(verdict.reason))


def _held(activity: ProgrammeActivity, revision: int | None = None) -> ProgrammeActivity:
    """The row as it is now, held until the transaction ends."""
    stored = ProgrammeActivity.objects.select_for_update().get(pk=activity.pk)
    if revision is not None and revision != stored.revision:
        raise ValidationError(
            _("The activity was changed elsewhere meanwhile. Look at it, then save again."),
            code="stale",
        )
    return stored


def _sign(activity: ProgrammeActivity, by: Person) -> ProgrammeActivity:
    activity.changed_by, activity.changed_at = by, timezone.now()
    activity.revision += 1
    return activity


@transaction.atomic
def save(
    activity: ProgrammeActivity, *, by: Person, revision: int | None = None
) -> ProgrammeActivity:
    """Write a line of the programme, a new one or a changed one.

    The same new one sent again is written once (B4). Raises ``ValidationError`` by field,
    or if it was closed or changed elsewhere meanwhile.
    """
    _require_right(by)
    raise_by_field(list(activity_problems(activity)))
    activity.index()
    if activity.pk is None:
        said = {name: getattr(activity, name) for name in WRITTEN}
        if same := ProgrammeActivity.objects.filter(**said).first():
            return same
        activity.code = next_activity_code(activity.year)
        _sign(activity, by).save(force_insert=True)
        return activity
    stored = _held(activity, revision)
    _require_open(stored)
    for name in (*WRITTEN, "year", "search_text"):
        setattr(stored, name, getattr(activity, name))
    _sign(stored, by).save()
    return stored


def _require_open(activity: ProgrammeActivity) -> None:
    if activity.closed_as:
        raise ValidationError(
            _("The activity is closed; open it again to change it."), code="moved_on"
        )


@transaction.atomic
def close(
    activity: ProgrammeActivity, *, by: Person, closed_as: str, closed_on: date, note: str
) -> ProgrammeActivity:
    """Note that it was held, or that it is cancelled; whose visits hang on it are told."""
    _require_right(by)
    stored = _held(activity)
    _require_open(stored)
    if closed_as == ActivityEnd.CANCELLED and not note.strip():
        raise ValidationError({"note": _("Give the reason in a sentence.")})
    today = timezone.localdate()
    if closed_on > today:
        raise ValidationError({"closed_on": _("This day has not come yet.")})
    if closed_as == ActivityEnd.HELD and closed_on < stored.starts_on:
        raise ValidationError({"closed_on": _("It cannot have been held before its first day.")})
    stored.closed_as, stored.closed_on, stored.closing_note = closed_as, closed_on, note.strip()
    _sign(stored, by).save()
    if stored.is_cancelled:
        tell_cancelled(stored, by=by)
    return stored


@transaction.atomic
def reopen(activity: ProgrammeActivity, *, by: Person) -> ProgrammeActivity:
    """Take the closing back; doing so again changes nothing."""
    _require_right(by)
    stored = _held(activity)
    if stored.closed_as:
        stored.closed_as, stored.closed_on, stored.closing_note = "", None, ""
        _sign(stored, by).save()
    return stored


@transaction.atomic
def remove(activity: ProgrammeActivity, *, by: Person) -> None:
    """Take a line out that no visit ever hung on; otherwise it is cancelled."""
    _require_right(by)
    try:
        _held(activity).delete()
    except ProtectedError as error:
        raise ValidationError(
            _("Visits hang on this activity; cancel it instead."), code="in_use"
        ) from error
