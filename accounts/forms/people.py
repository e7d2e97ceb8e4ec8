"""People on record: their particulars, and the list's filters, which stay in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.actions.particulars import refuse_taken_email
from accounts.choices import OFFICES_OF, TITLES, Body, InvitationState, Office
from accounts.forms.fields import composed
from accounts.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

ANY = [("", _("All"))]
LONGEST_WORDS = 100


def offices_by_body(bodies: Iterable[Body] = tuple(OFFICES_OF)) -> list[tuple[str, Any]]:
    """Choices “body:office”, grouped as an official would look for them."""
    return [
        (
            capfirst(str(body.label)),
            [
                (
                    f"{body}:{office}",
                    capfirst(str(TITLES.get((body, office), Office(office).label))),
                )
                for office in OFFICES_OF[body]
            ],
        )
        for body in bodies
    ]


class PersonForm(forms.ModelForm):
    """``seen`` is the mark of what was shown: nobody's change is lost."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    class Meta:
        model = Person
        fields = ["full_name", "email", "phone", "gender", "in_scope"]
        help_texts = {
            "email": _("Needed to sign in; each person has their own. May be entered later."),
            "gender": _("As the office writes it: nam, nữ."),
            "in_scope": _(
                "Whoever owes field visits has a target and is counted in every summary."
            ),
        }

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})

    def clean_email(self) -> str | None:
        """Whose it is already, said here: the constraint alone would not know the field."""
        email: str | None = self.cleaned_data["email"]
        refuse_taken_email(email, self.instance.pk)
        return email


class NewPersonForm(PersonForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Names the person in every table, for good. The next free one is suggested."),
    )
    field_order = ["code", "full_name"]


class PeopleFilter(forms.Form):
    q = forms.CharField(label=_("Name, code or e-mail"), max_length=LONGEST_WORDS, required=False)
    department = forms.TypedChoiceField(
        label=_("Department"), coerce=int, required=False, empty_value=None
    )
    office = forms.ChoiceField(label=_("Office"), required=False)
    account = forms.ChoiceField(
        label=_("Sign-in"),
        required=False,
        choices=[
            *ANY,
            ("with", _("with e-mail")),
            ("without", _("without e-mail")),
            *InvitationState.choices,
            ("blocked", _("blocked")),
        ],
    )
    standing = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            *ANY,
            ("active", _("in office today")),
            ("coming", _("office to come")),
            ("gone", _("left")),
            ("none", _("never in office")),
        ],
    )
    scope = forms.ChoiceField(
        label=pgettext_lazy("people", "Field visits"),
        required=False,
        choices=[*ANY, ("in", _("owes field visits")), ("out", _("owes none"))],
    )

    def __init__(self, *args: Any, departments: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [*ANY, *departments]  # type: ignore[attr-defined]  # a choice field
        self.fields["office"].choices = [*ANY, *offices_by_body()]  # type: ignore[attr-defined]  # as above

    def wanted(self) -> dict[str, Any]:
        """What can be read of the address; the rest is left out, never an error page."""
        self.is_valid()
        said = self.cleaned_data
        return {name: said.get(name) or "" for name in self.fields}
