"""Sittings of the Standing Committee: convening, deciding line by line, closing (R7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import superiors_for
from fieldvisits import checks, permissions
from fieldvisits.actions import agendas
from fieldvisits.actions.bulk import one_by_one
from fieldvisits.actions.door import hold
from fieldvisits.checks.seen import mark_of, mark_of_presence, require_seen
from fieldvisits.choices import Decision, SittingState, VisitState
from fieldvisits.models import AgendaLine, Direction, Presence, Sitting, Visit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from accounts.models import Department, Person, Unit
    from accounts.permissions import Verdict


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What an adjustment changes of a visit; the rest stays."""

    starts_on: date
    ends_on: date
    session: str
    unit: Unit


NOT_ADJUSTED: dict[str, Any] = {"starts_on": None, "ends_on": None, "session": "", "unit": None}


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise PermissionDenied(str(verdict.reason))


@transaction.atomic
def convene(*, by: Person, held_on: date, chair: Person | None = None) -> Sitting:
    """Open a sitting: all members in office are taken as present, waiting visits come on.

    Opening a second one for the same day gives the first back (B4).
    """
    _require(permissions.takes_part(by))
    of_the_day = Sitting.objects.filter(held_on=held_on, state=SittingState.OPEN)
    agendas.hold_open()
    if sitting := of_the_day.first():
        return sitting
    superiors = superiors_for(by, timezone.localdate())
    chair = chair or superiors.secretary or superiors.first_deputy
    if chair is None or chair not in superiors.committee:
        raise ValidationError(_("The Standing Committee has no member who could take the chair."))
    try:
        with transaction.atomic():
            sitting = Sitting.objects.create(
                held_on=held_on, chair=chair, secretary=by, moved_at=timezone.now()
            )
    except IntegrityError:  # somebody pressed twice: the other press was first
        return of_the_day.get()
    Presence.objects.bulk_create(
        Presence(sitting=sitting, member=member) for member in superiors.committee
    )
    agendas.fill(sitting)
    return sitting


@transaction.atomic
def record_presence(
    sitting: Sitting,
    *,
    by: Person,
    chair: Person,
    absent: Mapping[int, str],
    seen: str = "",
) -> Sitting:
    """Write down who is absent ({member id: reason}) and who takes the chair.

    ``seen`` is the mark of what the person had before them: two secretaries who write at once
    do not undo each other's words (``checks.seen``).
    """
    hold(sitting)
    _require(permissions.writes_sitting(by, sitting))
    if chair.pk != sitting.chair_id:
        _require(permissions.hands_on_chair(by, sitting))
    stored = list(sitting.presences.order_by("pk"))
    typed = mark_of(chair.pk, sorted(absent.items()))
    require_seen(mark_of_presence(sitting.chair_id, stored), seen, typed)
    if not Sitting.objects.filter(pk=sitting.pk, state=SittingState.OPEN).update(chair=chair):
        raise ValidationError(_("The sitting is closed; only a later sitting corrects it."))
    for row in stored:
        row.is_present = row.member_id not in absent
        row.reason = absent.get(row.member_id, "")
        row.save(update_fields=["is_present", "reason"])
    sitting.refresh_from_db()
    return sitting


@transaction.atomic
def decide(
    line: AgendaLine,
    decision: str,
    *,
    by: Person,
    reason: str = "",
    adjustment: Adjustment | None = None,
    version: int | None = None,
) -> AgendaLine:
    """Say what becomes of one visit; it takes effect when the sitting is closed.

    ``Decision.OPEN`` undoes an earlier one. Raises ``PermissionDenied`` for one's own
    visit or for who is not present, ``ValidationError`` (by field) for a missing reason
    or an adjustment that cannot be, or if the line was decided elsewhere meanwhile.
    """
    hold(line.sitting)  # a sitting that is being closed has no line decided behind its back
    _require(permissions.decides_line(by, line))
    if line.visit.state != VisitState.PROPOSED:
        raise ValidationError(_("The cadre has withdrawn this visit meanwhile."), code="moved_on")
    _check_reason(decision, reason)
    adjusts = decision == Decision.ADJUST
    changed = _adjusted(line.visit, adjustment) if adjusts else NOT_ADJUSTED
    _check_registered(line.visit, decision)
    is_open = decision == Decision.OPEN
    seen = line.version if version is None else version
    if not AgendaLine.objects.filter(pk=line.pk, version=seen).update(
        **changed,
        decision=decision,
        reason=reason.strip(),
        decided_by=None if is_open else by,
        decided_at=None if is_open else timezone.now(),
        version=F("version") + 1,
    ):
        raise ValidationError(
            _("Somebody decided this line meanwhile, or the sitting was closed. Look again."),
            code="stale",
        )
    line.refresh_from_db()
    return line


def _check_reason(decision: str, reason: str) -> None:
    if decision in (Decision.ADJUST, Decision.DECLINE) and not reason.strip():
        raise ValidationError(
            {"reason": _("An adjustment or a refusal needs a reason; the cadre reads it.")}
        )


def _check_registered(visit: Visit, decision: str) -> None:
    if visit.ad_hoc_request:
        return  # it has the head's report instead (R8)
    late = visit.registered_on is None or visit.registered_on >= visit.starts_on
    if decision in (Decision.APPROVE, Decision.ADJUST) and late:
        raise ValidationError(
            _(
                "This visit did not stand in a submitted plan before its first day; "
                "it goes the ad hoc way."
            )
        )


def _adjusted(visit: Visit, adjustment: Adjustment | None) -> dict[str, Any]:
    if adjustment is None:
        raise ValidationError({"starts_on": _("Say what is adjusted.")})
    quarter = visit.plan.quarter if visit.plan else visit.quarter
    tried = Visit(pk=visit.pk, cadre_id=visit.cadre_id, kind=visit.kind, shared=visit.shared)
    tried.starts_on, tried.ends_on = adjustment.starts_on, adjustment.ends_on
    tried.session, tried.unit = adjustment.session, adjustment.unit
    problems = [
        *checks.date_problems(tried, quarter),
        *checks.unit_problems(tried.unit, tried.starts_on, tried.ends_on),
    ]
    problems = problems or checks.slot_problems(tried)
    if problems:
        raise ValidationError({problem.field: problem.message for problem in problems})
    before = (visit.starts_on, visit.ends_on, visit.session, visit.unit_id)
    if before == (tried.starts_on, tried.ends_on, tried.session, tried.unit_id):
        raise ValidationError({"starts_on": _("Nothing is adjusted; agree to it instead.")})
    return {
        "starts_on": tried.starts_on,
        "ends_on": tried.ends_on,
        "session": tried.session,
        "unit": tried.unit,
    }


def agree_to_lines(lines: list[AgendaLine], *, by: Person) -> list[tuple[AgendaLine, str]]:
    """Agree to many lines, each in its own transaction; return (line, problem or "")."""
    return one_by_one(
        lines, lambda line: decide(line, Decision.APPROVE, by=by, version=line.version)
    )


@transaction.atomic
def give_direction(
    sitting: Sitting, *, by: Person, text: str, department: Department | None = None
) -> Direction:
    """Add an instruction to the notice, for one department or for all; said twice it stands
    there once (B4).
    """
    hold(sitting)
    _require(permissions.writes_sitting(by, sitting))
    if not text.strip():
        raise ValidationError({"text": _("Write the direction.")})
    direction, _new = Direction.objects.get_or_create(
        sitting=sitting, department=department, text=text.strip()
    )
    return direction


@transaction.atomic
def drop_direction(direction: Direction, *, by: Person) -> None:
    hold(direction.sitting)
    _require(permissions.writes_sitting(by, direction.sitting))
    direction.delete()
