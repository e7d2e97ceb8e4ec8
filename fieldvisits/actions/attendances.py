"""Merely attending an activity: logged, seen by the superior, 0 days everywhere (R3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import superiors_for
from fieldvisits import checks, permissions
from fieldvisits.actions.codes import next_visit_code
from fieldvisits.actions.door import take
from fieldvisits.actions.plans import WRITTEN, raise_by_field
from fieldvisits.choices import DEAD_STATES, Origin, VisitKind
from fieldvisits.ledger import keeping
from fieldvisits.models import Visit

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def log(visit: Visit, *, by: Person) -> Visit:
    """Write an attendance down; it needs no approval and goes to the superior at once.

    The same one sent again is written once (B4). Raises ``ValidationError`` by field.
    """
    offices = by.offices(timezone.localdate())
    if not (offices.department_id or offices.is_on_committee):
        raise PermissionDenied(_("You are not among those who go on field visits."))
    keeping.take_turn([by.pk])
    visit.cadre, visit.plan, visit.origin = by, None, Origin.AD_HOC
    visit.kind = VisitKind.EVENT_ATTENDANCE
    raise_by_field(checks.attendance_problems(visit))
    written = {name: getattr(visit, name) for name in WRITTEN}
    if same := Visit.objects.exclude(state__in=DEAD_STATES).filter(cadre=by, **written).first():
        return same
    visit.code = next_visit_code(visit.starts_on.year)
    visit.save(force_insert=True)
    department = permissions.department_of(visit)
    decides = superiors_for(by, timezone.localdate()).of(by, department)
    take(visit, "log", by=by, changes={"superior": decides})
    keeping.book([visit])
    return visit
