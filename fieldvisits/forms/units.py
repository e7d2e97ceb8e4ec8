"""Which units a list shows. What cannot be read is left out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import UnitLevel

LONGEST_WORDS = 100


class UnitFilter(forms.Form):
    name = forms.CharField(label=_("Name or code"), max_length=LONGEST_WORDS, required=False)
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("all")), *UnitLevel.choices], required=False
    )
    on = forms.DateField(
        label=_("Existing on"),
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "size": 10}),
    )
