"""What was done on a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from fieldvisits.forms.fields import DayField, composed
from fieldvisits.forms.visit import SESSIONS

if TYPE_CHECKING:
    from fieldvisits.models import Visit


class ReportForm(forms.Form):
    """Dates stand as approved; a report may take half-days away, never add any (R18)."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    starts_on = DayField(label=_("Done from"))
    ends_on = DayField(
        label=_("To, inclusive"), required=False, help_text=_("Empty: the same day.")
    )
    session = forms.ChoiceField(
        label=_("Part of the day"), choices=SESSIONS, widget=forms.RadioSelect
    )
    result = forms.CharField(
        label=_("What was done and what came out of it"),
        help_text=_("Concretely: with whom, how many, which findings, what was agreed."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        stored = {
            "version": visit.version,
            "starts_on": visit.starts_on,
            "ends_on": visit.ends_on,
            "session": visit.session,
            "result": visit.result,
        }
        super().__init__(*args, **{**kwargs, "initial": stored})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "version",
            Div(
                Field("starts_on", wrapper_class="w2"),
                Field("ends_on", wrapper_class="w2"),
                Field("session", wrapper_class="w2 seg"),
                css_class="fields row-fields",
            ),
            "result",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = composed(super().clean() or {})
        if cleaned.get("starts_on") and "ends_on" not in self.errors:
            cleaned["ends_on"] = cleaned.get("ends_on") or cleaned["starts_on"]
        return cleaned
