"""An ad-hoc visit on one screen: the visit, and why it could not stand in a plan (R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fieldvisits.calendar import Quarter
from fieldvisits.checks import Problem, request_problems
from fieldvisits.forms.visit import VisitFields

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models import AdHocRequest


class RequestForm(VisitFields):
    reason = forms.CharField(
        label=_("Why it could not be planned"),
        help_text=_("Whoever endorses and decides reads it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    late_reason = forms.CharField(
        label=_("Only for a visit long over: why it is written up so late"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, by: Person, asked: AdHocRequest, **kwargs: Any) -> None:
        offered = Quarter.of(timezone.localdate())
        kwargs["initial"] = {"reason": asked.reason, "late_reason": asked.late_reason}
        super().__init__(*args, cadre=by, offered=offered, **kwargs)
        self.asked = asked
        layout = self.helper.layout
        if asked.replaces is not None:  # both stand in the half-day until it is decided
            del self.fields["shared"]
            layout[1].fields.pop()
        more = Div(
            Field("reason", wrapper_class="w4"),
            Field("late_reason", wrapper_class="w4"),
            css_class="fields",
        )
        self.helper.layout = Layout(*layout.fields, more)

    def problems(self) -> list[Problem]:
        self.asked.reason = self.cleaned_data.get("reason", "")
        self.asked.late_reason = self.cleaned_data.get("late_reason", "")
        return request_problems(self.asked, self.instance)
