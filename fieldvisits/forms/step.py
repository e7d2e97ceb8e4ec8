"""The question before a step: the version that was seen, and a word to go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from fieldvisits.forms.fields import composed

if TYPE_CHECKING:
    from fieldvisits.workflow import Transition


class StepForm(forms.Form):
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, step: Transition, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = version
        comment = self.fields["comment"]
        comment.required = step.needs_comment
        comment.error_messages["required"] = _("Give the reason in a sentence.")
        if step.needs_comment:
            comment.label = step.asks or _("Reason")
            comment.help_text = _("Whoever is concerned reads it; it stays in the history.")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})
