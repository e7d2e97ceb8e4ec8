"""Who stands in, from when to when, and why (R25)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldvisits.forms.fields import DayField, composed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Person


class DelegationForm(forms.Form):
    delegate = forms.TypedChoiceField(
        label=_("Who stands in"),
        coerce=int,
        help_text=_(
            "For a head: a deputy or a member of the department. For a member of the Standing "
            "Committee: another member."
        ),
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("To, that day included"),
        required=False,
        help_text=_("Left empty: until it is ended."),
    )
    starts_on.widget.attrs["class"] = ends_on.widget.attrs["class"] = "num w-date"
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example: on leave; on a mission; the office is vacant."),
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        choices = [(pk, person.full_name) for pk, person in self.people.items()]
        self.fields["delegate"].choices = [("", _("Choose a comrade")), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["delegate"]]
