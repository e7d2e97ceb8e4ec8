"""Offices: given, ended, changed, corrected; each with the decision it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.actions.organisation import Decision
from accounts.choices import OFFICES_OF, Body, Office
from accounts.forms.fields import DayField, composed
from accounts.forms.people import offices_by_body
from accounts.models import Appointment, Department, Unit, UnitVersion

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person


def day_field(label: Any, **kwargs: Any) -> DayField:
    field = DayField(label=label, **kwargs)
    field.widget.attrs["class"] = "num w-date"
    return field


class DecidedForm(forms.Form):
    """``seen`` is the mark of the consequences that were shown before this is confirmed."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    decision_number = forms.CharField(
        label=_("Number of the decision"),
        max_length=60,
        required=False,
        help_text=_("For example: 12-QĐ/TĐTN-TCKT."),
    )
    decision_on = day_field(_("Date of the decision"), required=False)

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})

    @property
    def decision(self) -> Decision:
        said = self.cleaned_data
        return Decision(said.get("decision_number") or "", said.get("decision_on"))

    def decision_last(self) -> None:
        last = ("decision_number", "decision_on", "seen")
        self.order_fields([*(name for name in self.fields if name not in last), *last])


class DepartmentField(forms.ModelChoiceField):
    """Any department may come back; ``offer`` says which ones are offered."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Department.objects.prefetch_related("versions"),
            empty_label=_("Choose the department"),
            **kwargs,
        )

    def offer(self, day: date, *, also: int | None = None) -> None:
        """Those that exist on ``day`` or begin later, by name."""
        rows = [
            row
            for row in Department.objects.prefetch_related("versions")
            if row.pk == also
            or any(one.ends_on is None or one.ends_on >= day for one in row.dated())
        ]
        self.choices = [("", self.empty_label), *((row.pk, row.name_on(day)) for row in rows)]


class UnitField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Unit.objects.prefetch_related("versions"),
            empty_label=_("Choose the unit"),
            widget=forms.Select({"data-search": ""}),
            **kwargs,
        )

    def offer(self, day: date, *, also: int | None = None) -> None:
        rows = UnitVersion.objects.on(day)
        if also:
            rows = rows | UnitVersion.objects.filter(unit=also)
        named = {row.unit_id: row.union_name for row in rows.order_by("search_text")}
        self.choices = [("", self.empty_label), *named.items()]


class OfficeForm(DecidedForm):
    """Which office, where, from when to when."""

    office = forms.ChoiceField(label=_("Office"))
    department = DepartmentField(
        label=_("Department"),
        required=False,
        help_text=_("For offices of a department or the Office."),
    )
    unit = UnitField(
        label=_("Unit"), required=False, help_text=_("For representatives of a host unit.")
    )
    starts_on = day_field(_("From"))
    ends_on = day_field(
        _("To, that day included"), required=False, help_text=_("Left empty: until further notice.")
    )

    def __init__(self, *args: Any, person: Person, row: Appointment | None = None, today: date,
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["office"].choices = [("", _("Choose the office")), *offices_by_body()]  # type: ignore[attr-defined]  # a choice field
        self.fields["department"].offer(today, also=row.department_id if row else None)  # type: ignore[attr-defined]  # ours
        self.fields["unit"].offer(today, also=row.unit_id if row else None)  # type: ignore[attr-defined]  # ours
        self.decision_last()

    @classmethod
    def stored(cls, row: Appointment) -> dict[str, Any]:
        """What is on record, as the first values of the form."""
        return {
            "office": f"{row.body}:{row.office}",
            "department": row.department_id,
            "unit": row.unit_id,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
        }

    def place(self) -> dict[str, Any]:
        """The columns of an appointment; what does not belong to the body is left out."""
        said = self.cleaned_data
        body, _colon, office = said["office"].partition(":")
        return {
            "body": body,
            "office": office,
            "department": said["department"] if body == Body.DEPARTMENT else None,
            "unit": said["unit"] if body == Body.UNIT else None,
            "starts_on": said["starts_on"],
            "ends_on": said["ends_on"],
        }

    def appointment(self) -> Appointment:
        return Appointment(person=self.person, **self.place())


class EndForm(DecidedForm):
    last_day = day_field(_("Last day in this office"))
    field_order = ["last_day", "decision_number", "decision_on", "seen"]


class MoveForm(DecidedForm):
    department = DepartmentField(label=_("Department from then on"))
    office = forms.ChoiceField(
        label=_("Office there"),
        choices=[(one, capfirst(str(one.label))) for one in OFFICES_OF[Body.DEPARTMENT]],
        initial=Office.CADRE,
    )
    starts_on = day_field(
        _("First day there"), help_text=_("The day before is the last one in the department left.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].offer(today)  # type: ignore[attr-defined]  # ours
        self.decision_last()


class WithdrawForm(forms.Form):
    """Confirms that an entry is taken out."""

    sure = forms.BooleanField(label=_("This entry was a mistake; take it out"))

    def clean_sure(self) -> bool:
        if not self.cleaned_data["sure"]:
            raise ValidationError(_("Tick it to confirm."))
        return True
