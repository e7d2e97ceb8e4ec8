"""Raising an issue, naming its owner, and the filter of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from fieldvisits.forms.fields import DayField, composed
from fieldvisits.forms.filters import ANY
from reports.choices import IssueState
from reports.models.report import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence


class AssignForm(forms.Form):
    """``version`` is that of the issue the person saw."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    owner = forms.TypedChoiceField(
        label=_("Owner"),
        coerce=int,
        help_text=_("Who answers it; anybody in the agency."),
        widget=forms.Select(attrs={"data-search": ""}),
    )
    due_on = DayField(label=_("Due"), help_text=_("The last day for the answer."))

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Choose a comrade")), *owners]  # type: ignore[attr-defined]  # a choice field
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})

    @property
    def chosen(self) -> Person:
        return Person.objects.get(pk=self.cleaned_data["owner"])


class RaiseForm(AssignForm):
    text = forms.CharField(
        label=_("Issue"),
        max_length=LONGEST,
        help_text=_("One matter each; raise several from one report if they differ."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("version", "text", "owner", "due_on")


class IssueFilter(forms.Form):
    whose = forms.ChoiceField(
        label=_("Whose"),
        choices=[*ANY, ("owned", _("I answer")), ("mine", _("I raised"))],
        required=False,
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[*ANY, ("overdue", _("overdue")), *IssueState.choices],
        required=False,
    )
    department = forms.TypedChoiceField(
        label=_("Department"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, departments: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [*ANY, *departments]  # type: ignore[attr-defined]  # a choice field
