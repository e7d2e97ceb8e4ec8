"""Changes of a visit after its approval: the superior amends, TCKT changes the kind (R3, R7)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import superiors_for
from fieldvisits import checks, permissions
from fieldvisits.actions import products, unit_notices
from fieldvisits.actions.door import Stale, hold, take
from fieldvisits.choices import VisitKind, VisitState, WishOutcome
from fieldvisits.ledger import keeping
from fieldvisits.models import AmendmentWish
from fieldvisits.notices import changes as notices

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person, Unit
    from fieldvisits.models import Visit
    from fieldvisits.models.paper import StepFields


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an amended visit shall be; the kind stays."""

    starts_on: date
    ends_on: date
    session: str
    content: str
    expected_result: str = ""
    unit: Unit | None = None  # a successor, where the unit has ended

    def changes(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in checks.AMENDED}
        return values if self.unit else {k: v for k, v in values.items() if k != "unit"}


@transaction.atomic
def amend(
    visit: Visit, *, by: Person, wanted: Wanted, comment: str, version: int | None = None
) -> StepFields:
    """Change an approved visit; what was approved stays in the frozen version before (R7).

    Raises ``ValidationError`` by field: another quarter or unit, a half-day that is taken
    or had gone by unapproved. The days are booked anew in the same transaction.
    """
    keeping.take_turn([visit.cadre_id])
    hold(visit)
    before = notices.said_of(visit)
    step = take(visit, "amend", by=by, comment=comment, version=version, changes=wanted.changes())
    keeping.book([visit])
    unit_notices.send_ahead(visit, by=by)
    products.due_again(visit)
    _close_wishes(visit, WishOutcome.GRANTED, by=by, answer=comment)
    notices.tell_amended(visit, step, before)
    return step


def preview(visit: Visit, *, by: Person, wanted: Wanted, comment: str, version: int | None) -> None:
    """Raise what ``amend`` would raise; nothing is kept."""
    with transaction.atomic():
        amend(visit, by=by, wanted=wanted, comment=comment, version=version)
        transaction.set_rollback(True)
    visit.refresh_from_db()


def _close_wishes(visit: Visit, outcome: WishOutcome, *, by: Person, answer: str = "") -> None:
    for wish in visit.wishes.filter(closed_at=None):
        _close(wish, outcome, by=by, answer=answer)


def _close(wish: AmendmentWish, outcome: WishOutcome, *, by: Person, answer: str = "") -> bool:
    """Compare and set: False if it was closed before."""
    rows = AmendmentWish.objects.filter(pk=wish.pk, closed_at=None)
    said = answer.strip()
    closed = rows.update(closed_at=timezone.now(), outcome=outcome, answered_by=by, answer=said)
    return bool(closed)


@transaction.atomic
def ask(visit: Visit, *, by: Person, wanted: Wanted, reason: str) -> AmendmentWish:
    """Let the cadre ask the superior for an amendment; asking again replaces what was asked.

    Raises ``PermissionDenied`` for anybody else, ``ValidationError`` with what would keep
    the superior from making it.
    """
    keeping.take_turn([visit.cadre_id])
    hold(visit)
    if not (verdict := permissions.asks_for_amendment(by, visit)):
        raise PermissionDenied(str(verdict.reason))
    _check_wanted(visit, wanted)
    _close_wishes(visit, WishOutcome.REPLACED, by=by)
    values = {k: v for k, v in asdict(wanted).items() if k != "unit"}
    wish = AmendmentWish.objects.create(visit=visit, reason=reason, **values)
    found = superiors_for(by, timezone.localdate())
    notices.tell_wish(wish, found.of(visit.cadre, permissions.department_of(visit)))
    return wish


@transaction.atomic
def refuse(wish: AmendmentWish, *, by: Person, reason: str) -> AmendmentWish:
    """Let the superior say no, with a reason the cadre reads; the visit stands as approved."""
    if not (verdict := permissions.refuses_amendment(by, wish.visit)):
        raise PermissionDenied(str(verdict.reason))
    if not reason.strip():
        raise ValidationError(_("Give the reason in a sentence."), code="field-comment")
    _answer(wish, WishOutcome.REFUSED, by=by, answer=reason)
    notices.tell_refused(wish)
    return wish


@transaction.atomic
def withdraw(wish: AmendmentWish, *, by: Person, reason: str = "") -> AmendmentWish:
    """Let the cadre take the wish back while nobody has answered it."""
    if not (verdict := permissions.cadre(by, wish.visit)):
        raise PermissionDenied(str(verdict.reason))
    _answer(wish, WishOutcome.WITHDRAWN, by=by, answer=reason)
    found = superiors_for(by, timezone.localdate())
    superior = found.of(wish.visit.cadre, permissions.department_of(wish.visit))
    notices.tell_wish_withdrawn(wish, superior)
    return wish


def _answer(wish: AmendmentWish, outcome: WishOutcome, *, by: Person, answer: str) -> None:
    """Close this very wish: another that took its place meanwhile is another question."""
    hold(wish.visit)
    if not _close(wish, outcome, by=by, answer=answer):
        raise ValidationError(_("This wish has been answered or changed meanwhile."), code="stale")
    wish.refresh_from_db()


def _check_wanted(visit: Visit, wanted: Wanted) -> None:
    before = {name: getattr(visit, name) for name in checks.AMENDED}
    for name, value in wanted.changes().items():
        setattr(visit, name, value)
    try:
        checks.visit_ready_to_amend(visit)
    finally:
        for name, value in before.items():
            setattr(visit, name, value)


@transaction.atomic
def reclassify(
    visit: Visit,
    *,
    by: Person,
    kind: str,
    comment: str,
    details: dict[str, str] | None = None,
    version: int | None = None,
) -> StepFields:
    """Give the visit another kind; its days and its product follow (R3, R4).

    ``details`` are what the new kind asks for (role, programme, expected result). Raises
    ``ValidationError`` if a half-day that would now count is taken.
    """
    keeping.take_turn([visit.cadre_id])
    hold(visit)
    if version is not None and version != visit.version:
        raise Stale(visit)
    if kind not in VisitKind:
        raise ValidationError(_("Choose the kind"), code="field-kind")
    before = VisitKind(visit.kind)
    changes: dict[str, Any] = {"kind": kind, **(details or {})}
    if kind != VisitKind.JOINT_ACTIVITY and visit.activity_id is not None:
        changes["activity"] = None  # R23
    step = take(visit, "reclassify", by=by, comment=comment, changes=changes)
    _owe_or_not(visit, by=by)
    keeping.book([visit])
    notices.tell_reclassified(visit, step, before)
    return step


def _owe_or_not(visit: Visit, *, by: Person) -> None:
    """Let the product follow the kind (R4).

    A visit that becomes thematic owes a product from its approval on; one proposed owes
    it once approved. One that is no longer thematic owes none; a product that was handed
    in or accepted stays on record.
    """
    if visit.kind != VisitKind.THEMATIC:
        products.lapse(visit, by=by)
    elif visit.state != VisitState.PROPOSED:
        products.owe(visit, by=by)
