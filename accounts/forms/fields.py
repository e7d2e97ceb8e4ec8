"""Fields that several forms share: a day as it is written here, texts in the stored form."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_QUOTE = 40


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
