"""The day that is asked about, portfolios, and the filters of exemptions and delegations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Body, ExemptionReason
from accounts.forms.appointments import DecidedForm, day_field
from accounts.forms.people import ANY, LONGEST_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models import Person

WHEN = [*ANY, ("now", _("in force")), ("later", _("to come")), ("over", _("over"))]


class DayForm(forms.Form):
    on = day_field(_("On the day"), required=False)

    def day(self, today: date) -> date:
        """The day asked for, or today where none can be read."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["on"] or today
        return today


class PortfolioForm(DecidedForm):
    member = forms.TypedChoiceField(
        label=_("Member in charge"), coerce=int, required=False, empty_value=None
    )
    starts_on = day_field(
        _("From"), help_text=_("Whoever was in charge is so until the day before.")
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        named = [(pk, person.full_name) for pk, person in self.people.items()]
        self.fields["member"].choices = [("", _("Nobody: the Secretary decides")), *named]  # type: ignore[attr-defined]  # a choice field
        self.decision_last()

    @property
    def chosen(self) -> Person | None:
        return self.people.get(self.cleaned_data["member"])


class _AbsenceFilter(forms.Form):
    q = forms.CharField(label=_("Name"), max_length=LONGEST_WORDS, required=False)
    when = forms.ChoiceField(label=_("State"), choices=WHEN, required=False)

    def wanted(self) -> dict[str, Any]:
        """What can be read of the address; the rest is left out, never an error page."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class ExemptionFilter(_AbsenceFilter):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[*ANY, *ExemptionReason.choices], required=False
    )


class DelegationFilter(_AbsenceFilter):
    body = forms.ChoiceField(
        label=_("Office of"),
        required=False,
        choices=[
            *ANY,
            (Body.DEPARTMENT, _("heads of departments")),
            (Body.STANDING_COMMITTEE, _("the Standing Committee")),
        ],
    )
