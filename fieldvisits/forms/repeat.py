"""Until when a row is repeated every week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from fieldvisits.forms.fields import DayField

if TYPE_CHECKING:
    from fieldvisits.models import Plan


class RepeatForm(forms.Form):
    until = DayField(label=_("Every week, the last one at the latest on"))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"until": plan.quarter.last_day}, **kwargs})
        self.plan = plan
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
