"""Leaving and exemption: the days, and the mark of what was shown before it is confirmed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import ExemptionReason
from fieldvisits.forms.fields import DayField, composed


class _Confirmed(forms.Form):
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})


class LeaveForm(_Confirmed):
    last_day = DayField(label=_("Last day in the agency"))
    last_day.widget.attrs["class"] = "num w-date"


class ExemptionChangeForm(_Confirmed):
    """Another last day: the exemption ends then, or goes on; or it was a mistake altogether."""

    ends_on = DayField(
        label=_("To, that day included"),
        required=False,
        help_text=_("Left empty: until further notice."),
    )
    ends_on.widget.attrs["class"] = "num w-date"
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    is_mistake = forms.BooleanField(
        label=_("Entered by mistake: strike it out altogether"),
        required=False,
        help_text=_("Visits it has cancelled stay cancelled; the record keeps what stood here."),
    )


class ExemptionForm(_Confirmed):
    reason = forms.ChoiceField(label=_("Reason"), choices=ExemptionReason)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("To, that day included"),
        required=False,
        help_text=_("Left empty: until further notice."),
    )
    starts_on.widget.attrs["class"] = ends_on.widget.attrs["class"] = "num w-date"
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
