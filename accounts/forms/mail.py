"""How one's messages go by mail: one question per group of kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.choices import MailWay
from accounts.mailing import GROUPS, way_of

if TYPE_CHECKING:
    from accounts.models import Person


class MailForm(forms.Form):
    """The urgent group has no field: it cannot be switched off."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in GROUPS:
            if not group.is_urgent:
                self.fields[group.name] = forms.ChoiceField(
                    label=group.label,
                    help_text=group.hint,
                    choices=MailWay,
                    initial=way_of(person, group),
                    widget=forms.RadioSelect,
                )
