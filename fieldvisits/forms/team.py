"""Whom to ask to come along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from fieldvisits.actions.teams import candidates

if TYPE_CHECKING:
    from fieldvisits.models import Visit


class TeamForm(forms.Form):
    colleagues = forms.ModelMultipleChoiceField(
        label=_("Colleagues with an open plan for the quarter"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose among the colleagues of the list.")},
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleagues"].queryset = candidates(visit)  # type: ignore[attr-defined]  # a choice of rows
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
