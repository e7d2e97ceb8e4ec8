"""Which settings of the regulation are ours: where the sources are silent, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import administering
from accounts.administering import Assumption
from accounts.links import address
from fieldvisits.models import Regulation
from fieldvisits.overview.regulation import settings_of
from fieldvisits.overview.rules import RULES
from fieldvisits.overview.setting_sections import moves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.administering import Look

# What the regulation itself says; everything else is a decision of ours.
GIVEN = frozenset({"target_days", "annual_due_month", "annual_due_day"})


def assumptions(look: Look) -> Iterator[Assumption]:
    """The version itself where it is only continued, its settings, and rules without a source."""
    year = timezone.localdate(look.now).year
    version = Regulation.objects.for_year(year)
    where = address("fieldvisits:regulation")
    if version.assumed_for(year):
        yield Assumption(
            name=_("The regulation of %(year)d") % {"year": year},
            value=_("%(number)s goes on") % {"number": version.number},
            says=_("No later one is on record. Bring in the office's own as a new version."),
            url=address("fieldvisits:regulation-new") or where,
        )
    change = address("fieldvisits:regulation-change", version.pk) if version.pk else where
    follows = moves()
    for setting in settings_of(version):
        if setting.name not in GIVEN:
            says = _("Affects: %(what)s") % {"what": follows[setting.name]}
            yield Assumption(name=setting.label, value=setting.value, says=says, url=change)
    for rule in RULES:
        if not rule.source:
            yield Assumption(name=rule.title, value=rule.says, url=where)


def join_in() -> None:
    administering.register(assumptions=assumptions)
