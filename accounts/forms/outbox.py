"""Filters of the outbox."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import DeliveryState
from accounts.outbox import DUE, KINDS

STATES = [("", _("All states")), (DUE, _("Due and not sent yet"))]


class OutboxFilter(forms.Form):
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("message", "Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(value, capfirst(str(label))) for value, label in DeliveryState.choices]
        self.fields["state"].choices = [*STATES, *states]  # type: ignore[attr-defined]  # a choice field
        self.fields["kind"].choices = [("", _("All kinds")), *KINDS.items()]  # type: ignore[attr-defined]  # as above
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def chosen(self) -> dict[str, str]:
        """What was chosen; an address that says anything else chooses nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("state", "kind")}
