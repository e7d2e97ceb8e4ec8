"""The agency's names and document heads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.agency import WORDS
from accounts.forms.fields import DayField, composed
from accounts.models import AgencyVersion


class AgencyForm(forms.ModelForm):
    starts_on = DayField(
        label=_("In force from"),
        help_text=_("Another day makes a new version; earlier documents keep the earlier words."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = AgencyVersion
        fields = ["starts_on", *WORDS]
        help_texts = {
            "signed_for": _("Above the chair's office in a notice of the Standing Committee."),
            "signed_in_place": _(
                "Before the head's office where a deputy signs: KT. TRƯỞNG BAN. Kept for "
                "the departments' own papers; a notice is signed on behalf of the body."
            ),
            "signed_by_order": _("Before the office by whose order somebody signs. Kept likewise."),
        }

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})

    def validate_unique(self) -> None:
        """A day that is there already is changed, not refused: the action compares."""
