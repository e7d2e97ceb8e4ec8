"""Convening a sitting, who is present, directions, and the number of the notice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.text import document_number
from fieldvisits import permissions
from fieldvisits.checks.seen import mark_of_presence
from fieldvisits.forms.fields import DayField
from fieldvisits.models import Presence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldvisits.models import Sitting


class _WithChair(forms.Form):
    chair = forms.TypedChoiceField(label=_("Chair"), coerce=int)

    def __init__(self, *args: Any, members: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {member.pk: member for member in members}
        self.fields["chair"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (pk, member.full_name) for pk, member in self.members.items()
        ]

    @property
    def chosen_chair(self) -> Person:
        return self.members[self.cleaned_data["chair"]]


class ConveneForm(_WithChair):
    held_on = DayField(label=_("Day of the sitting"))
    held_on.widget.attrs["class"] = "num w-date"
    field_order = ("held_on", "chair")


class PresenceForm(_WithChair):
    """One line per member: absent or not, and why."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sitting: Sitting, by: Person, **kwargs: Any) -> None:
        self.sitting = sitting
        self.presences: list[Presence] = list(sitting.presences.all())
        members = [row.member for row in self.presences]
        super().__init__(*args, members=members, **kwargs)
        if not (verdict := permissions.hands_on_chair(by, sitting)):
            self.fields["chair"].disabled = True
            self.fields["chair"].help_text = verdict.reason
        self.initial["chair"] = sitting.chair_id
        self.initial["seen"] = self.mark
        for row in self.presences:
            name = row.member.full_name
            self.fields[f"absent_{row.member_id}"] = forms.BooleanField(
                label=gettext("%(name)s is absent") % {"name": name},
                required=False,
                initial=not row.is_present,
            )
            self.fields[f"reason_{row.member_id}"] = forms.CharField(
                label=gettext("Reason of absence: %(name)s") % {"name": name},
                required=False,
                max_length=200,
                initial=row.reason,
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for row in self.presences:
            reason = f"reason_{row.member_id}"
            if said.get(f"absent_{row.member_id}") and not said.get(reason):
                self.add_error(reason, _("Say why the member is absent."))
        return said

    @property
    def mark(self) -> str:
        return mark_of_presence(self.sitting.chair_id, self.presences)

    def read_anew(self) -> None:
        self.sitting.refresh_from_db(fields=["chair"])
        rows = Presence.objects.filter(sitting=self.sitting).select_related("member")
        self.presences = list(rows.order_by("pk"))

    def stored_now(self) -> list[tuple[str, str]]:
        """Who takes the chair and who is absent, as stored: what stands beside the typed ones."""
        absent = [
            (row.member.full_name, row.reason) for row in self.presences if not row.is_present
        ]
        return [(gettext("Chair"), self.members[self.sitting.chair_id].full_name), *absent]

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [
            (self[f"absent_{row.member_id}"], self[f"reason_{row.member_id}"])
            for row in self.presences
        ]

    @property
    def absent(self) -> dict[int, str]:
        said = self.cleaned_data
        return {
            row.member_id: said[f"reason_{row.member_id}"]
            for row in self.presences
            if said[f"absent_{row.member_id}"]
        }


class DirectionForm(forms.Form):
    text = forms.CharField(
        label=_("Direction"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    department = forms.TypedChoiceField(
        label=_("Addressee"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, departments: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [("", _("All departments")), *departments]  # type: ignore[attr-defined]  # a ChoiceField


class NumberField(forms.CharField):
    """The number of a document, in its one form: “53-TB/TĐTN-TCKT”."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Number of the notice"), max_length=60, **kwargs)

    def clean(self, value: Any) -> str:
        text = document_number(super().clean(value))
        if text and not re.match(r"\d+-\S", text):
            raise forms.ValidationError(
                _("A number begins with figures and a dash, for example 53-TB/TĐTN-TCKT."),
                code="invalid",
            )
        return text


class CloseForm(forms.Form):
    """``wording`` is that of the notice that was read on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    wording = forms.IntegerField(widget=forms.HiddenInput)
    notice_number = NumberField(required=False)

    def __init__(self, *args: Any, wording: int, suggestion: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present_wording = wording
        self.initial["wording"] = wording
        self.fields["notice_number"].help_text = _(
            "The next free number is %(number)s. Left empty, the clerk numbers the notice "
            "afterwards; the decisions take effect all the same."
        ) % {"number": suggestion}

    def clean_wording(self) -> int:
        if self.cleaned_data["wording"] != self.present_wording:
            raise forms.ValidationError(
                _("A line has been decided anew meanwhile; read the notice again, then close."),
                code="stale",
            )
        return self.present_wording


class NumberForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    notice_number = NumberField(
        help_text=_("Suggested is the next one of this kind of document in the term.")
    )
    is_new_term = forms.BooleanField(
        label=_("A new term begins: numbers start again"),
        required=False,
        help_text=_("Tick it for the first notice after a congress, and give it number 1."),
    )
