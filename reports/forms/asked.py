"""Which year, up to which day: two fields that stay in the address of every overview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldvisits.models import Regulation
from reports.choices import Standing
from reports.figures import Window

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict

FIRST_YEAR = 2018


class YearForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)
    as_of = forms.DateField(
        label=_("Up to"),
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "size": 10}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(today.year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]  # a choice field


class PeopleForm(YearForm):
    department = forms.ChoiceField(label=_("Department"), required=False)
    standing = forms.ChoiceField(
        label=_("Standing"), choices=[("", _("All")), *Standing.choices], required=False
    )


def window_asked_for(data: QueryDict, today: date) -> Window:
    return regulation_and_window(data, today)[1]


def regulation_and_window(data: QueryDict, today: date) -> tuple[Regulation, Window]:
    """Read ``?year=&as_of=``; what cannot be read is this year, up to today. Two queries."""
    form = YearForm(data, today=today)
    form.is_valid()
    year = form.cleaned_data.get("year") or today.year
    regulation = Regulation.objects.for_year(year)
    first, last = regulation.window(year)
    last = min(today, last)
    as_of = form.cleaned_data.get("as_of") or last
    return regulation, Window.of(regulation, year, max(first, min(as_of, last)))
