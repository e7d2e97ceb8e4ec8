"""A day off, or one that is worked to make up for it; with the decision it rests on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.organisation import Decision
from fieldvisits.choices import HolidayKind
from fieldvisits.forms.fields import DayField, composed


class HolidayForm(forms.Form):
    date = DayField(label=_("Day"))
    date.widget.attrs["class"] = "num w-date"
    kind = forms.ChoiceField(label=_("Kind of day"), choices=HolidayKind)
    name = forms.CharField(label=_("Name of the day"), max_length=200)
    decision_number = forms.CharField(
        label=_("Number of the decision"), max_length=60, required=False
    )

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})

    @property
    def decision(self) -> Decision:
        return Decision(number=self.cleaned_data.get("decision_number", ""))


class GoneForm(forms.Form):
    """Which day is taken out."""

    date = DayField(label=_("Day"))
