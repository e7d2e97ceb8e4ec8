"""The department meeting, which is part of the dossier (R6)."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from fieldvisits.forms.fields import DayField
from fieldvisits.models import Dossier


class MeetingForm(forms.ModelForm):
    met_on = DayField(label=_("Day of the department meeting"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Dossier
        fields = ["met_on", "present", "conclusions", "missing_reason"]
        widgets = {
            "present": forms.Textarea(attrs={"rows": 2}),
            "conclusions": forms.Textarea(attrs={"rows": 3}),
            "missing_reason": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "present": _("Who took part"),
            "conclusions": _("Conclusions of the meeting"),
            "missing_reason": _("Why the dossier goes without some plans"),
        }
        help_texts = {
            "missing_reason": _("Only needed if somebody's plan is not agreed to yet."),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.initial["seen"] = self.instance.meeting_mark
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.fields["present"].required = True
        self.helper.layout = Layout(
            "seen", Field("met_on", css_class="w-date"), "present", "conclusions", "missing_reason"
        )
