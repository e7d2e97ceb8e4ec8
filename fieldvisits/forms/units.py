"""Which units a list shows. What cannot be read is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import UnitLevel
from fieldvisits.ledger.rolled_up import AS_IT_WAS, AS_OF_TODAY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LONGEST_WORDS = 100
FIRST_YEAR, LAST_YEAR = 2000, 2100


class UnitFilter(forms.Form):
    name = forms.CharField(label=_("Name or code"), max_length=LONGEST_WORDS, required=False)
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("all")), *UnitLevel.choices], required=False
    )
    cluster = forms.TypedChoiceField(
        label=_("Emulation cluster"), coerce=int, required=False, empty_value=None
    )
    on = forms.DateField(
        label=_("Existing on"),
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "size": 10}),
    )

    year = forms.IntegerField(
        label=_("Days of the year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "class": "num"}),
    )
    days = forms.ChoiceField(
        label=_("Days counted"),
        choices=[
            (AS_IT_WAS, _("as it was")),
            (AS_OF_TODAY, _("as of today")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, clusters: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if clusters:
            self.fields["cluster"].choices = [("", _("all")), *clusters.items()]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["cluster"]

    def counted(self, today: date) -> tuple[int, str]:
        """Of which year days are shown, and whose they are."""
        said = self.cleaned_data if self.is_valid() else {}
        return said.get("year") or today.year, said.get("days", AS_IT_WAS)

    def wanted(self, today: date) -> dict[str, Any]:
        """What ``versions_on`` asks for; what cannot be read is left out."""
        said = self.cleaned_data if self.is_valid() else {}
        return {
            "day": said.get("on") or today,
            "words": said.get("name", ""),
            "level": said.get("level", ""),
            "cluster": said.get("cluster"),
        }
