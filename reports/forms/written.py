"""Writing a weekly or a quarterly report, and the filters of those that came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from fieldvisits.forms.fields import composed
from fieldvisits.forms.filters import ANY, LONGEST_WORDS
from reports.choices import QuarterlyState, WeeklyState
from reports.models.report import LONGEST

if TYPE_CHECKING:
    from reports.models import QuarterlyReport, WeeklyReport

FIRST_YEAR = 2018


def text_field(label: Any, hint: Any, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class WrittenForm(forms.Form):
    """``revision`` is that of the draft the person saw; a draft may be saved unfinished."""

    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class WeeklyForm(WrittenForm):
    results = text_field(
        _("Results of the week"),
        _("Visit by visit: with whom, how many, what came out of it."),
        9,
    )
    difficulties = text_field(
        _("New, difficult or complex matters"),
        _("Among members and young people, if there are any."),
        5,
    )
    proposals = text_field(
        _("Proposals"), _("One line for each; once read they go into the issue register."), 4
    )

    @property
    def said(self) -> dict[str, Any]:
        """Whoever writes something has something to report."""
        return {**super().said, "has_nothing": False}


class QuarterlyForm(WrittenForm):
    results = text_field(
        _("Results of the quarter"),
        _("In detail: what was done, what came out of it, which products."),
        10,
    )
    self_assessment = text_field(
        _("Own assessment against the plan"),
        _("What was done as planned, what was not, and why."),
        5,
    )
    difficulties = text_field(
        _("New, difficult or complex matters"),
        _("Among members and young people, if there are any."),
        5,
    )
    proposals = text_field(
        _("Proposals"), _("One line for each; once read they go into the issue register."), 4
    )


def stored(report: WeeklyReport | QuarterlyReport, form: type[WrittenForm]) -> dict[str, Any]:
    """What the form begins with, for a draft that is there."""
    return {name: getattr(report, name) for name in form.base_fields}


class OwnFilter(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]  # a choice field


class ReceivedFilter(forms.Form):
    """Reports of others. ``waiting``: those that wait for me, or that were left unread."""

    waiting = forms.ChoiceField(
        label=_("Which"),
        choices=[*ANY, ("me", _("waiting for you")), ("unread", _("unread for too long"))],
        required=False,
    )
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)
    state = forms.ChoiceField(label=_("State"), required=False)
    department = forms.TypedChoiceField(
        label=_("Department"), coerce=int, required=False, empty_value=None
    )
    person = forms.CharField(label=_("Person"), max_length=LONGEST_WORDS, required=False)

    def __init__(
        self, *args: Any, years: list[int], departments: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [*ANY, *((year, str(year)) for year in years)]  # type: ignore[attr-defined]  # a choice field
        self.fields["department"].choices = [*ANY, *departments]  # type: ignore[attr-defined]  # a choice field


class WeeklyFilter(ReceivedFilter):
    number = forms.IntegerField(
        label=_("Week"), min_value=1, max_value=53, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [*ANY, *WeeklyState.choices[1:]]  # type: ignore[attr-defined]  # a choice field


class QuarterlyFilter(ReceivedFilter):
    quarter_number = forms.TypedChoiceField(
        label=_("Quarter"),
        choices=[*ANY, (1, "I"), (2, "II"), (3, "III"), (4, "IV")],
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [*ANY, *QuarterlyState.choices[1:]]  # type: ignore[attr-defined]  # a choice field
