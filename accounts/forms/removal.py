"""The reason for which something is taken from an account."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example: the telephone was lost, and who confirmed it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
