"""Fields that several forms share: a day as it is written here, a host unit that is searched."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.choices import UnitLevel
from accounts.models import Unit, UnitVersion
from accounts.text import search_text
from accounts.words import date_range
from fieldvisits.models import ProgrammeActivity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldvisits.calendar import Quarter

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_QUOTE = 40
LONGEST_OPTION = 90
# Units that are visited most come first in the list; the search finds all alike.
LEVEL_ORDER = [level.value for level in (UnitLevel.DISTRICT, UnitLevel.AFFILIATED, UnitLevel.CITY)]


def composed(values: dict[str, Any]) -> dict[str, Any]:
    """Texts in NFC, the one form in which they are stored: some keyboards send another.

    >>> composed({"content": "Ha\N{COMBINING GRAVE ACCENT} Nội", "day": None})
    {'content': 'Hà Nội', 'day': None}
    """
    return {
        name: unicodedata.normalize("NFC", value) if isinstance(value, str) else value
        for name, value in values.items()
    }


class DayField(forms.DateField):
    """dd/mm/yyyy, as people here write it; the refusal says what was wrong with the day."""

    default_error_messages = {
        "invalid": _("“%(value)s” is not a day of the calendar. Write it like this: 28/05/2018."),
        "year": _("The year has to lie between %(first)d and %(last)d."),
    }
    widget = forms.DateInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "class": "num"}, format="%d/%m/%Y"
    )

    def to_python(self, value: Any) -> date | None:
        try:
            day = super().to_python(value)
        except ValidationError as error:
            said = str(value)[:LONGEST_QUOTE].replace("\0", "")
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": said}
            ) from error
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                self.error_messages["year"],
                code="year",
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        return day


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
