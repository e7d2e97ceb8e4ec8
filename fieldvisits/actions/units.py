"""What people write about visits and units: a remark unasked (R26), an overview (R13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, answering_unit
from fieldvisits import permissions
from fieldvisits.checks.seen import require_seen
from fieldvisits.models import UnitOverview, UnitRemark
from fieldvisits.notices import remarks as notices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Person
    from fieldvisits.models import Visit


@transaction.atomic
def remark(visit: Visit, *, by: Person, text: str) -> UnitRemark:
    """A unit reports on a visit; head, UBKT and Standing Committee are told."""
    if not (verdict := permissions.remarks_on(by, visit)):
        raise PermissionDenied(str(verdict.reason))
    units = by.offices(timezone.localdate()).unit_ids
    asked = answering_unit(visit.unit, visit.starts_on, timezone.localdate())
    made = UnitRemark.objects.create(
        visit=visit,
        unit=visit.unit if visit.unit_id in units else asked,
        by=by,
        department_id=permissions.department_of(visit),
        text=text,
        made_at=timezone.now(),
    )
    notices.tell_head(made)
    return made


@transaction.atomic
def pass_on(made: UnitRemark, *, by: Person) -> UnitRemark:
    """The head lets the cadre read it; once."""
    if not (verdict := permissions.coordinates_visit(by, made)):
        raise PermissionDenied(str(verdict.reason))
    now = timezone.now()
    rows = UnitRemark.objects.filter(pk=made.pk, passed_on_at=None)
    if not rows.update(passed_on_at=now, passed_on_by=by):
        raise ValidationError(_("It has been passed on already."), code="moved_on")
    made.passed_on_at, made.passed_on_by = now, by
    notices.tell_cadre(made)
    return made


def mark_of_entry(latest: UnitOverview | None) -> str:
    return str(latest.pk) if latest else "none"


@transaction.atomic
def describe(unit: Unit, *, by: Person, parts: Mapping[str, str], seen: str = "") -> UnitOverview:
    """Add an entry to the overview; earlier ones stay.

    ``seen`` names the latest entry the person had before them (``mark_of_entry``), so that
    nobody's words go out of sight unread (B3).
    """
    if not (verdict := permissions.keeps_overview(by, unit)):
        raise PermissionDenied(str(verdict.reason))
    said = {part: parts.get(part, "") for part in UnitOverview.PARTS}
    if not any(said.values()):
        raise ValidationError(_("Write at least one of the parts."))
    Unit.objects.select_for_update().get(pk=unit.pk)  # two who write wait for each other
    latest = unit.overviews.first()
    if latest and all(getattr(latest, part) == text for part, text in said.items()):
        return latest  # sent twice, or nothing changed
    require_seen(mark_of_entry(latest), seen)
    return UnitOverview.objects.create(unit=unit, by=by, written_at=timezone.now(), **said)
