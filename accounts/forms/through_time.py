"""Events of departments and units: each with its day and the decision it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.actions.organisation import Decision
from accounts.choices import DepartmentKind, UnitLevel
from accounts.forms.fields import DayField, composed
from accounts.interchange.values import CODE, Unreadable
from accounts.text import clean
from accounts.through_time import last_version, owners

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.through_time import Nature

BODIES = ("standing_committee", "executive_bureau", "inspection_committee", "administration")


class TimeFilter(forms.Form):
    name = forms.CharField(label=_("Name or code"), max_length=100, required=False)
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("all")), *UnitLevel.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("Which"),
        choices=[("", _("existing on the day")), ("ended", _("ended before the day"))],
        required=False,
    )
    on = DayField(label=_("On the day"), required=False)

    def __init__(self, *args: Any, nature: Nature, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs["class"] = "num w-date"
        if not nature.is_units():
            del self.fields["level"]

    def wanted(self, today: date) -> dict[str, Any]:
        """What ``rows_on`` asks for; what cannot be read is left out."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        return {
            "day": said.get("on") or today,
            "words": said.get("name", ""),
            "level": said.get("level", ""),
            "state": said.get("state", ""),
        }


class CodeField(forms.CharField):
    """A code as the interchange takes it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            code = str(CODE.read(text))
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        if code in BODIES or code.startswith("unit:"):
            raise ValidationError(_("This is the name of a body of the agency."))
        return code


class OwnerField(forms.ModelChoiceField):
    """A department or a unit; any there ever was may come back, those not ended are offered."""

    widget = forms.Select(attrs={"data-search": ""})

    def __init__(self, nature: Nature, **kwargs: Any) -> None:
        super().__init__(owners(nature), **kwargs)

    def offer(self, rows: Iterable[Any]) -> None:
        self.choices = [("", self.empty_label), *((row.pk, str(row)) for row in rows)]


class EventForm(forms.Form):
    """The day from which it holds, and the decision."""

    on = DayField(label=_("From this day on"))
    decision_number = forms.CharField(
        label=_("Number of the decision"), max_length=60, required=False
    )
    decision_on = DayField(label=_("Date of the decision"), required=False)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, nature: Nature, owner: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nature, self.owner = nature, owner
        for name in ("on", "decision_on"):
            self.fields[name].widget.attrs["class"] = "num w-date"
        self.build()
        names = [name for name in self.fields if name not in EventForm.base_fields]
        self.order_fields([*names, *EventForm.base_fields])

    def build(self) -> None:
        """Add what this kind of event asks for."""

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})

    @property
    def decision(self) -> Decision:
        said = self.cleaned_data
        return Decision(number=said["decision_number"], on=said.get("decision_on"))

    def _others(self) -> list[Any]:
        """Everything that has not ended, but this one."""
        rows = [row for row in owners(self.nature) if row.dated()]
        own = self.owner.pk if self.owner else None
        found = [row for row in rows if row.pk != own and last_version(row).ends_on is None]
        return sorted(found, key=str)

    def _add_names(self, *, blank: bool = False) -> None:
        version = last_version(self.owner) if self.owner and not blank else None
        for name, label, longest in (
            ("name", pgettext_lazy("organisation", "Full name"), 200),
            ("short_name", _("Short name"), 60 if not self.nature.is_units() else 100),
        ):
            initial = getattr(version, name, "")
            self.fields[name] = forms.CharField(label=label, max_length=longest, initial=initial)

    def _add_place(self) -> None:
        """Level, administrative kind and superior of a unit."""
        version = last_version(self.owner) if self.owner else None
        self.fields["level"] = forms.ChoiceField(
            label=_("Level"), choices=UnitLevel, initial=getattr(version, "level", None)
        )
        self.fields["kind"] = forms.CharField(
            label=_("Kind of place"), max_length=60, required=False,
            initial=getattr(version, "kind", ""),
            help_text=_("As in the official name: Phường, Xã, Huyện …"),
        )  # fmt: skip
        parent = OwnerField(
            self.nature, label=_("Superior unit"), required=False,
            initial=getattr(version, "parent_id", None), empty_label=_("None"),
        )  # fmt: skip
        parent.offer(self._others())
        self.fields["parent"] = parent

    def names(self) -> dict[str, Any]:
        said = self.cleaned_data
        wanted = [name for name in self.nature.fields if name in said]
        return {
            name: clean(said[name]) if isinstance(said[name], str) else said[name]
            for name in wanted
        }


class FoundForm(EventForm):
    def build(self) -> None:
        self.fields["code"] = CodeField(
            label=_("Code"), help_text=_("For life; it stands in files and exports.")
        )
        self._add_names()
        if self.nature.is_units():
            self._add_place()
            return
        self.fields["department_kind"] = forms.ChoiceField(
            label=_("Kind of department"), choices=DepartmentKind, initial=DepartmentKind.DEPARTMENT
        )

    @property
    def fixed(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {} if self.nature.is_units() else {"kind": said["department_kind"]}


class RenameForm(EventForm):
    def build(self) -> None:
        self._add_names()
        if self.nature.is_units():
            self._add_place()


class SuccessorForm(forms.Form):
    """Who answers for a unit that ended and has no successor of its own."""

    decision_number = forms.CharField(
        label=_("Number of the decision"), max_length=60, required=False
    )
    decision_on = DayField(label=_("Date of the decision"), required=False)
    decision_on.widget.attrs["class"] = "num w-date"

    def __init__(self, *args: Any, nature: Nature, offered: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successor = OwnerField(
            nature, label=_("Who answers for it"), empty_label=_("Choose the unit")
        )
        successor.offer(offered)
        self.fields["successor"] = successor
        self.order_fields(["successor"])


class UndoForm(forms.Form):
    event = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
