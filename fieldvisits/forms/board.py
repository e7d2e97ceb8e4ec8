"""Filters of a department's quarter and of the lists of dossiers; they stay in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.words import quarter as quarter_words
from fieldvisits.choices import PlanState, VisitKind

if TYPE_CHECKING:
    from fieldvisits.calendar import Quarter

STATES = (
    ("", _("All")),
    ("missing", _("Not submitted")),
    (PlanState.SUBMITTED, PlanState.SUBMITTED.label),
    (PlanState.RETURNED, PlanState.RETURNED.label),
    (PlanState.AGREED, PlanState.AGREED.label),
    (PlanState.IN_DOSSIER, PlanState.IN_DOSSIER.label),
    (PlanState.SETTLED, PlanState.SETTLED.label),
)


class BoardFilter(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of content"),
        choices=[("", _("All kinds")), *VisitKind.choices],
        required=False,
    )
    unit = forms.CharField(
        label=_("Unit"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def says(self) -> str:
        """The filters that are set, in words."""
        if not self.is_bound or not self.is_valid():
            return ""
        chosen = []
        for name in ("state", "kind"):
            if value := self.cleaned_data[name]:
                choices = dict(self.fields[name].choices)  # type: ignore[attr-defined]  # a ChoiceField
                chosen.append(f"{self.fields[name].label}: {choices[value]}")
        if unit := self.cleaned_data["unit"]:
            chosen.append(f"{self.fields['unit'].label}: “{unit}”")
        return "; ".join(chosen)


class QuarterFilter(forms.Form):
    """Two quarters ahead, six back; and the one in the address."""

    quarter = forms.ChoiceField(label=_("Quarter"), required=False)

    def __init__(self, *args: object, shown: Quarter, current: Quarter, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        nearby = {shown, current.next, current}
        past = current
        for _n in range(6):
            past = past.previous
            nearby.add(past)
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(quarter), quarter_words(quarter)) for quarter in sorted(nearby, reverse=True)
        ]
        self.initial["quarter"] = str(shown)
