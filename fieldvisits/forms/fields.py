"""Fields that several forms share: a host unit that is searched, an activity that is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.choices import UnitLevel
from accounts.forms.fields import FIRST_YEAR as FIRST_YEAR
from accounts.forms.fields import LAST_YEAR as LAST_YEAR
from accounts.forms.fields import DayField as DayField
from accounts.forms.fields import composed as composed
from accounts.models import Unit, UnitVersion
from accounts.text import search_text
from accounts.words import date_range
from fieldvisits.models import ProgrammeActivity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldvisits.calendar import Quarter

LONGEST_OPTION = 90
# Units that are visited most come first in the list; the search finds all alike.
LEVEL_ORDER = [level.value for level in (UnitLevel.DISTRICT, UnitLevel.AFFILIATED, UnitLevel.CITY)]


class UnitSelect(forms.Select):
    """Options carry further words to be found by: the place's official name."""

    words: dict[str, str]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-search": "", **(attrs or {})})
        self.words = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if words := self.words.get(str(value)):
            option["attrs"]["data-search"] = words
        return option


class UnitField(forms.ModelChoiceField):
    """Any unit there ever was may come back; ``offer`` says which ones are offered."""

    widget = UnitSelect

    def __init__(self, **kwargs: Any) -> None:
        queryset = Unit.objects.prefetch_related("versions")
        super().__init__(queryset, empty_label=_("Choose the unit"), **kwargs)

    def offer(self, quarter: Quarter, *, also: Iterable[int | None] = ()) -> None:
        """Offer the units that exist on a day of ``quarter``, and ``also`` these."""
        kept = {pk for pk in also if pk}
        versions = UnitVersion.objects.touching(quarter.first_day, quarter.last_day)
        if kept:
            versions = versions | UnitVersion.objects.filter(unit__in=kept)
        rows = {version.unit_id: version for version in versions.order_by("starts_on")}
        options = sorted(rows.values(), key=_place_in_list)
        self.choices = [
            ("", self.empty_label),
            *((version.unit_id, _label(version, rows)) for version in options),
        ]
        self.widget.words = {str(row.unit_id): row.name for row in options}


class ActivityField(forms.ModelChoiceField):
    """Any activity of the programme may come back; ``offer`` says which ones are offered."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ProgrammeActivity.objects.all(), empty_label=_("None"), **kwargs)

    def offer(self, quarter: Quarter, *, also: Iterable[int | None] = ()) -> bool:
        """Offer what is near the quarter, and ``also`` these; return whether there is any."""
        kept = ProgrammeActivity.objects.filter(pk__in=[pk for pk in also if pk])
        rows = list((ProgrammeActivity.objects.near(quarter) | kept).in_order())
        self.choices = [
            ("", self.empty_label),
            *((row.pk, Truncator(_dated(row)).chars(LONGEST_OPTION)) for row in rows),
        ]
        return bool(rows)


def _dated(row: ProgrammeActivity) -> str:
    return f"{date_range(row.starts_on, row.ends_on)}: {row.title}"


def _place_in_list(version: UnitVersion) -> tuple[int, str]:
    level = version.level
    order = LEVEL_ORDER.index(level) if level in LEVEL_ORDER else len(LEVEL_ORDER)
    return order, search_text(version.short_name)


def _label(version: UnitVersion, rows: dict[int, UnitVersion]) -> str:
    """“Đoàn xã Mai Đình (Sóc Sơn)”: places of one name stand in several districts."""
    parent = rows.get(version.parent_id or 0)
    over = parent is not None and parent.level in LEVEL_ORDER[:2]
    return f"{version.union_name} ({parent.short_name})" if over and parent else version.union_name
