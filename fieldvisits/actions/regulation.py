"""The regulation: settings of a version, a version for later years, having read it (R16)."""

from __future__ import annotations

import hashlib
from datetime import time
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from fieldvisits.choices import VisitState
from fieldvisits.models import Plan, Regulation, RegulationReading, SettingChange, Visit
from fieldvisits.models.regulation import setting_names
from fieldvisits.notices.regulation import tell_version
from fieldvisits.permissions.regulation import changes_regulation

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models.plan import PlanQuerySet
    from fieldvisits.models.visit import VisitQuerySet


def mark_of(version: Regulation, values: dict[str, Any]) -> str:
    """Changes with the version as it stands and with what is to be written."""
    now = [(name, str(getattr(version, name))) for name in sorted(values)]
    said = [(name, str(values[name])) for name in sorted(values)]
    return hashlib.sha256(repr((version.pk, now, said)).encode()).hexdigest()[:16]


def require_seen(version: Regulation, values: dict[str, Any], seen: str) -> None:
    """What is written is what was shown."""
    if seen != mark_of(version, values):
        raise ValidationError(
            _("The regulation was changed meanwhile. Look at it again, then confirm."),
            code="stale",
        )


def _require_right(by: Person) -> None:
    if not (verdict := changes_regulation(by)):
        raise PermissionDenied(str(verdict.reason))


def papers_of(first_year: int | None, last_year: int | None) -> tuple[PlanQuerySet, VisitQuerySet]:
    """Plans filed for these years, drafts too, and visits decided on; None: no bound."""
    plans, visits = Plan.objects.own(), Visit.objects.exclude(state=VisitState.PROPOSED)
    if first_year is not None:
        plans = plans.filter(year__gte=first_year)
        visits = visits.filter(starts_on__year__gte=first_year)
    if last_year is not None:
        plans = plans.filter(year__lte=last_year)
        visits = visits.filter(starts_on__year__lte=last_year)
    return plans, visits


def papers_sent(first_year: int | None, last_year: int | None) -> bool:
    """Whether a paper of these years has been sent off: it keeps the version it began with."""
    plans, visits = papers_of(first_year, last_year)
    return plans.filter(version__gt=0).exists() or visits.exists()


def _require_free(first_year: int | None, last_year: int | None) -> None:
    if papers_sent(first_year, last_year):
        raise ValidationError(
            _(
                "Papers of these years have been sent off; they keep the version they began "
                "with. Bring a new version for later years."
            ),
            code="in_use",
        )


@transaction.atomic
def change(version: Regulation, *, values: dict[str, Any], by: Person, seen: str) -> Regulation:
    """Write settings of a version on which no paper depends yet.

    ``seen`` is the mark of the preview that was confirmed. Raises ``PermissionDenied``,
    ``ValidationError`` if a paper was sent off under it or it was changed meanwhile.
    """
    _require_right(by)
    stored = Regulation.objects.select_for_update().get(pk=version.pk)
    require_seen(stored, values, seen)
    _require_free(*years_applied(stored))
    before = {name: getattr(stored, name) for name in values}
    for name, value in values.items():
        setattr(stored, name, value)
    stored.full_clean()
    stored.save(update_fields=list(values))
    _record(stored, before, by=by)
    return stored


def _record(version: Regulation, before: dict[str, Any], *, by: Person) -> None:
    """One row for each setting that says otherwise now."""
    after = {name: getattr(version, name) for name in before}
    SettingChange.objects.bulk_create(
        SettingChange(
            regulation=version, name=name, before=plain(old), after=plain(after[name]), by=by
        )
        for name, old in before.items()
        if old != after[name]
    )


def plain(value: object) -> object:
    """As JSON keeps it: an hour as a text."""
    return value.isoformat() if isinstance(value, time) else value


def years_applied(version: Regulation) -> tuple[int | None, int | None]:
    """The years for which ``version`` applies, continued ones included; None: no bound."""
    years = list(Regulation.objects.order_by("first_year").values_list("first_year", flat=True))
    later = [year for year in years if year > version.first_year]
    is_first = not years or years[0] == version.first_year
    return None if is_first else version.first_year, later[0] - 1 if later else None


@transaction.atomic
def bring(version: Regulation, *, by: Person) -> Regulation:
    """Bring a new version for its ``first_year`` and later; everybody is told (R16).

    Raises ``ValidationError`` if a paper of those years was sent off already, or there
    is a version from that year.
    """
    _require_right(by)
    version.pk = None
    following = Regulation.objects.filter(first_year__gt=version.first_year).order_by("first_year")
    following_year = following.values_list("first_year", flat=True).first()
    _require_free(version.first_year, following_year - 1 if following_year else None)
    continued = Regulation.objects.for_year(version.first_year)
    version.full_clean()
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(
            {"first_year": _("There is already a version from this year on.")}
        ) from error
    _record(version, {name: getattr(continued, name) for name in setting_names()}, by=by)
    _close_earlier(version)
    tell_version(version)
    return version


def _close_earlier(version: Regulation) -> None:
    """The version before ends with the year before; no year has two."""
    earlier = Regulation.objects.filter(first_year__lt=version.first_year)
    open_ended = earlier.filter(Q(last_year=None) | Q(last_year__gte=version.first_year))
    open_ended.update(last_year=version.first_year - 1)


@transaction.atomic
def acknowledge(version: Regulation, *, by: Person) -> RegulationReading:
    """Note that ``by`` has read a version; saying so again changes nothing."""
    reading, _made = RegulationReading.objects.get_or_create(regulation=version, person=by)
    return reading
