"""Visits once approved: reporting what was done, and what the superior says of it (R10)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.permissions import superiors_for
from fieldvisits import permissions
from fieldvisits.actions import confirmations, unit_notices
from fieldvisits.actions.bulk import one_by_one
from fieldvisits.actions.door import take
from fieldvisits.ledger import keeping
from fieldvisits.models import Visit
from fieldvisits.permissions.people import left_on

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models import Version
    from fieldvisits.models.paper import StepFields


# Steps whose frozen content is what was approved.
APPROVING = ("approve", "amend")


def approved_version(visit: Visit) -> Version | None:
    """The content as last approved or amended, frozen."""
    step = visit.steps.filter(name__in=APPROVING).order_by("-number").first()
    return visit.versions.filter(number=step.number).first() if step else None


@transaction.atomic
def _move(visit: Visit, name: str, **said: Any) -> StepFields:
    """Take a step and book what it means for the days; ``said`` is what ``take`` takes.

    The cadre's turn comes before the visit's row, as when a sitting is closed.
    """
    keeping.take_turn([visit.cadre_id])
    step = take(visit, name, **said)
    keeping.book([visit])
    return step


@transaction.atomic
def report(  # noqa: PLR0913 -- all but the visit are named
    visit: Visit,
    *,
    by: Person,
    result: str,
    starts_on: date,
    ends_on: date,
    session: str,
    version: int | None = None,
) -> StepFields:
    """Report what was done: at most the half-days that were approved (R10, R18).

    Raises ``ValidationError`` by field: last day in the future, nothing concrete, a
    half-day that was not approved.
    """
    approved = set(visit.slots())
    tried = Visit(starts_on=starts_on, ends_on=ends_on, session=session)
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("The last day lies before the first.")})
    if not set(tried.slots()) <= approved:
        raise ValidationError(
            {
                "starts_on": _(
                    "Only half-days that were approved can be reported. For other days ask "
                    "the head for an amendment, or go the ad hoc way."
                )
            }
        )
    if by.pk != visit.cadre_id:
        _require_in_office(visit, ends_on)
    department = permissions.department_of(visit)
    changes = {
        "result": result,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "session": session,
        "superior": superiors_for(by, timezone.localdate()).of(by, department),
        "reported_by": None if by.pk == visit.cadre_id else by,
    }
    return _move(visit, "report", by=by, version=version, changes=changes)


def _require_in_office(visit: Visit, ends_on: date) -> None:
    """On behalf of a cadre who left: nothing after the last day."""
    last = left_on(visit.cadre_id, timezone.localdate())
    if last is not None and ends_on > last:
        said = _("The comrade left on %(day)s.") % {"day": f"{last:%d/%m/%Y}"}
        raise ValidationError({"ends_on": said})


def accept(
    visit: Visit, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    return _move(visit, "accept", by=by, version=version, comment=comment)


def _as_approved(visit: Visit) -> dict[str, Any]:
    """Dates and unit as last approved; nothing for a visit taken over without a version."""
    frozen = approved_version(visit)
    if frozen is None:
        return {}
    return {
        "starts_on": date.fromisoformat(frozen.content["starts_on"]),
        "ends_on": date.fromisoformat(frozen.content["ends_on"]),
        "session": frozen.content["session"],
        "unit": Unit.objects.get(code=frozen.content["unit"]),
    }


@transaction.atomic
def send_back(
    visit: Visit, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Ask for a better report; dates and unit are again those approved."""
    changes = _as_approved(visit)
    return _move(visit, "send_back", by=by, version=version, comment=comment, changes=changes)


@transaction.atomic
def take_back(
    visit: Visit, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Undo one's own report while nobody has acted on it; dates are again those approved."""
    changes = _as_approved(visit)
    return _move(visit, "take_back", by=by, version=version, comment=comment, changes=changes)


def reopen(
    visit: Visit, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    return _move(visit, "reopen", by=by, version=version, comment=comment)


@transaction.atomic
def withdraw(
    visit: Visit, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Give a proposed visit up, with the request behind it; or a logged attendance."""
    step = _move(visit, "withdraw", by=by, version=version, comment=comment)
    if asked := visit.ad_hoc_request:
        take(asked, "cancel", by=by, comment=comment)
    return step


@transaction.atomic
def cancel(
    visit: Visit, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    step = _move(visit, "cancel", by=by, version=version, comment=comment)
    unit_notices.lapse(visit, by=by)
    confirmations.lapse(visit, by=by)
    return step


def accept_all(visits: list[Visit], *, by: Person) -> list[tuple[Visit, str]]:
    """Accept many results, each in its own transaction; return (visit, problem or "")."""
    return one_by_one(visits, lambda visit: accept(visit, by=by))
