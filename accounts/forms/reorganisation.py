"""The reorganisation of 2025: the decision, and whether representatives are taken over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.organisation import Decision
from accounts.forms.fields import DayField, composed
from accounts.interchange.reorganisation import Asked


class ReorganisationForm(forms.Form):
    decision_number = forms.CharField(
        label=_("Number of the decision"), max_length=60, required=False
    )
    decision_on = DayField(label=_("Date of the decision"), required=False)
    moves_people = forms.BooleanField(
        label=_("Let representatives answer for the main successor of their unit"),
        required=False,
        initial=True,
        help_text=_("Districts have no successor of their own: their representatives end."),
    )
    decision_on.widget.attrs["class"] = "num w-date"

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})

    @property
    def asked(self) -> Asked:
        said = self.cleaned_data
        decision = Decision(number=said["decision_number"], on=said.get("decision_on"))
        return Asked(moves_people=said["moves_people"], decision=decision)
