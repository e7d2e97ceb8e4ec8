"""The reason for which something is taken from an account, or given back to it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example: the telephone was lost, and who confirmed it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class UnlockForm(forms.Form):
    """Of one line of those locked out; ``email`` says which."""

    email = forms.CharField(max_length=254, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
