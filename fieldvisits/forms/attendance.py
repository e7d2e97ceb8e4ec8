"""Attending an activity, written down afterwards (R3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fieldvisits.calendar import Quarter
from fieldvisits.checks import attendance_problems
from fieldvisits.choices import Session, VisitKind
from fieldvisits.forms.fields import DayField, UnitField, composed
from fieldvisits.forms.visit import SESSIONS
from fieldvisits.models import Visit

if TYPE_CHECKING:
    from accounts.models import Person


class AttendanceForm(forms.ModelForm):
    """The question about one's role is what tells an attendance from a joint activity."""

    use_required_attribute = False

    unit = UnitField(label=_("Host unit"))
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("To, inclusive"), required=False, help_text=_("Empty: the same day.")
    )
    session = forms.ChoiceField(
        label=_("Part of the day"), choices=SESSIONS, widget=forms.RadioSelect, initial=Session.FULL
    )
    content = forms.CharField(
        label=_("Which activity, and who organised it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    role = forms.CharField(
        label=_("What was your role in the activity?"),
        help_text=_("Your superior reads the answer when accepting."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Visit
        fields = ["unit", "starts_on", "ends_on", "session", "content", "role"]

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        today = timezone.localdate()
        self.fields["unit"].offer(Quarter.of(today))  # type: ignore[attr-defined]  # declared above
        self.initial.setdefault("starts_on", today)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Div(
                Field("unit", wrapper_class="w4"),
                Field("starts_on", wrapper_class="w2"),
                Field("ends_on", wrapper_class="w2"),
                Field("session", wrapper_class="w2 seg"),
                Field("content", wrapper_class="w4"),
                Field("role", wrapper_class="w4"),
                css_class="fields",
            )
        )

    def clean(self) -> dict[str, Any]:
        cleaned = composed(super().clean() or {})
        if cleaned.get("starts_on") and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            cleaned["ends_on"] = cleaned["starts_on"]
        return cleaned

    def _post_clean(self) -> None:
        """What the rules say of the entry as typed, at the fields they are about."""
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, not in the stubs
        self.instance.cadre, self.instance.kind = self.by, VisitKind.EVENT_ATTENDANCE
        wrong = set(self.errors)
        if {"unit", "starts_on", "ends_on", "session"} & wrong:
            return
        for problem in attendance_problems(self.instance):
            if problem.field not in wrong:
                self.add_error(problem.field, problem.message)

    def validate_constraints(self) -> None:
        """``checks`` says the same, at its field and without a question to the database."""
