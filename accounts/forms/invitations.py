"""The list of invitations, and what somebody types who accepts one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import InvitationState
from accounts.inviting import NOWHERE, UNITS
from accounts.models import DepartmentVersion
from accounts.text import clean

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person

ANY = [("", _("All"))]
LONGEST_WORDS = 100


class InvitationFilter(forms.Form):
    """Filters stay in the address; what cannot be read is left out."""

    text = forms.CharField(
        label=_("Name, code or e-mail"), max_length=LONGEST_WORDS, required=False
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[*ANY, *InvitationState.choices], required=False
    )
    place = forms.ChoiceField(label=_("Where"), required=False)
    email = forms.ChoiceField(
        label=_("E-mail"),
        choices=[*ANY, ("with", _("with an address")), ("without", _("without an address"))],
        required=False,
    )
    account = forms.ChoiceField(
        label=_("Account"),
        choices=[
            *ANY,
            ("open", pgettext_lazy("account", "open")),
            ("closed", pgettext_lazy("account", "closed")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = DepartmentVersion.objects.on(on).order_by("name")
        places = [(str(pk), name) for pk, name in names.values_list("department", "name")]
        self.fields["place"].choices = [  # type: ignore[attr-defined]  # a choice field
            *ANY,
            *places,
            (UNITS, _("Representatives of units")),
            (NOWHERE, _("No office today")),
        ]

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class AcceptForm(SetPasswordForm):
    """A password, twice; and an address of their own from whoever has none on record."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("You sign in with it, and messages go there. It has to be yours alone."),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "inputmode": "email"}),
    )
    field_order = ["email", "new_password1", "new_password2"]

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(person, *args, **kwargs)
        if person.email:
            del self.fields["email"]
        self.fields["new_password1"].label = _("A password of your own")
        self.fields["new_password2"].label = _("The same password once more")
        self.fields["new_password2"].help_text = ""

    def clean_email(self) -> str:
        return clean(self.cleaned_data["email"]).lower()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It stays on record, and the person can read it."),
    )

    def clean_reason(self) -> str:
        return clean(self.cleaned_data["reason"])


class AddressForm(ReasonForm):
    """The administrator enters another address for somebody."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["email", "reason"]

    def clean_email(self) -> str:
        return clean(self.cleaned_data["email"]).lower()


class OwnAddressForm(forms.Form):
    email = forms.EmailField(
        label=_("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("So that nobody else does this at your computer."),
    )

    def clean_email(self) -> str:
        return clean(self.cleaned_data["email"]).lower()
