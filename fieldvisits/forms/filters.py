"""Filters that stay in the address. What cannot be read is left out, never an error page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fieldvisits.choices import PlanState, RequestState, VisitKind, VisitState

ANY = [("", _("All"))]
LONGEST_WORDS = 100


class PlanFilter(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)
    state = forms.ChoiceField(label=_("State"), choices=[*ANY, *PlanState.choices], required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [*ANY, *((year, str(year)) for year in years)]  # type: ignore[attr-defined]  # a choice field


class VisitFilter(forms.Form):
    """Of the visits one may see. ``waiting=me``: results that wait for my acceptance."""

    whose = forms.ChoiceField(
        label=_("Whose"), choices=[*ANY, ("mine", pgettext_lazy("visits", "Mine"))], required=False
    )
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)
    quarter = forms.TypedChoiceField(
        label=_("Quarter"),
        choices=[*ANY, (1, "I"), (2, "II"), (3, "III"), (4, "IV")],
        coerce=int,
        required=False,
        empty_value=None,
    )
    state = forms.ChoiceField(label=_("State"), choices=[*ANY, *VisitState.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *VisitKind.choices], required=False)
    unit = forms.CharField(label=_("Unit"), max_length=LONGEST_WORDS, required=False)
    person = forms.CharField(label=_("Person"), max_length=LONGEST_WORDS, required=False)
    department = forms.TypedChoiceField(
        label=_("Department"), coerce=int, required=False, empty_value=None
    )
    way = forms.ChoiceField(
        label=_("How it was approved"),
        choices=[
            *ANY,
            ("ad_hoc", pgettext_lazy("visits", "Ad-hoc")),
            ("afterwards", _("Approved afterwards")),
        ],
        required=False,
    )
    waiting = forms.ChoiceField(
        choices=[("", ""), ("me", "me")], required=False, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, years: list[int], departments: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [*ANY, *((year, str(year)) for year in years)]  # type: ignore[attr-defined]  # a choice field
        self.fields["department"].choices = [*ANY, *departments]  # type: ignore[attr-defined]  # a choice field


class RequestFilter(forms.Form):
    """Of the ad-hoc requests one may see; ``text`` is looked for in cadre, unit and code."""

    state = forms.ChoiceField(
        label=_("State"), choices=[*ANY, *RequestState.choices], required=False
    )
    department = forms.TypedChoiceField(
        label=_("Department"), coerce=int, required=False, empty_value=None
    )
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)
    text = forms.CharField(label=_("Cadre, unit or code"), max_length=LONGEST_WORDS, required=False)

    def __init__(
        self, *args: Any, years: list[int], departments: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [*ANY, *((year, str(year)) for year in years)]  # type: ignore[attr-defined]  # a choice field
        self.fields["department"].choices = [*ANY, *departments]  # type: ignore[attr-defined]  # a choice field


class UnitReadingFilter(forms.Form):
    """Of the units to which a version of the regulation is made known (R16)."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            *ANY,
            ("read", _("has read it")),
            ("waiting", _("not yet")),
            ("nobody", _("no account")),
        ],
        required=False,
    )


def chosen(form: forms.Form) -> dict[str, Any]:
    """What was chosen and could be read."""
    form.is_valid()
    return {name: form.cleaned_data.get(name) for name in form.fields}
