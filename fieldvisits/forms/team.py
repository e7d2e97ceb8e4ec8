"""Whom to ask to come along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from fieldvisits.actions.teams import candidates

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models import Visit


class TeamForm(forms.Form):
    colleagues = forms.MultipleChoiceField(
        label=_("Colleagues with an open plan for the quarter"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose among the colleagues of the list."),
            "invalid_choice": _("Choose among the colleagues of the list."),
        },
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in candidates(visit)}
        choices = [(pk, person.full_name) for pk, person in self.people.items()]
        self.fields["colleagues"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_colleagues(self) -> list[Person]:
        return [self.people[pk] for pk in self.cleaned_data["colleagues"]]
