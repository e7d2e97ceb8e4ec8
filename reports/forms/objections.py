"""What a cadre writes against the figures of a year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldvisits.forms.fields import FIRST_YEAR, LAST_YEAR, composed
from reports.models.report import LONGEST


class ObjectionForm(forms.Form):
    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What is not right"),
        max_length=LONGEST,
        help_text=_("Which days, which unit, what was done; it is not changed afterwards."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})
