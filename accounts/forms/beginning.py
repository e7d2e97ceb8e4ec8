"""Quick entry in the first days: departments, people, units, who holds what."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import DepartmentKind, Office
from accounts.forms.fields import DayField
from accounts.forms.rows import RowForm, Rows, rows_of
from accounts.models import Appointment, Department, DepartmentVersion, Person
from accounts.text import clean, search_text

CODE = RegexValidator(
    r"^[\w.\-]+$", _("A code consists of letters, digits, dots, hyphens and underlines.")
)
# Bodies of the agency go by these names where appointments are read from a table.
RESERVED = {"standing_committee", "executive_bureau", "inspection_committee", "administration"}
LONGEST_LIST = 8000  # signs of the names of affiliated unions
LONGEST_NAME = 200


class SinceForm(forms.Form):
    starts_on = DayField(label=_("From"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"starts_on": today.replace(month=1, day=1)}
        super().__init__(*args, **kwargs)


class DepartmentRow(RowForm):
    code = forms.CharField(label=_("Code"), max_length=40, validators=[CODE])
    name = forms.CharField(label=pgettext_lazy("organisation", "Full name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=60)
    kind = forms.ChoiceField(
        label=pgettext_lazy("department", "Kind"),
        choices=DepartmentKind,
        initial=DepartmentKind.DEPARTMENT,
    )
    is_coordinating = forms.BooleanField(label=_("Coordinates"), required=False)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code.lower() in RESERVED:
            raise forms.ValidationError(_("This word names a body of the agency; choose another."))
        return code


class DepartmentRowsBase(Rows):
    def clean(self) -> None:
        """Codes are the office's own and stand once; one department coordinates."""
        known = {code.lower() for code in Department.objects.values_list("code", flat=True)}
        coordinating = Department.objects.filter(is_coordinating=True).exists()
        for form, values in self.filled():
            if values["code"].lower() in known:
                form.add_error("code", _("There is already a department with this code."))
            known.add(values["code"].lower())
            if values["is_coordinating"] and coordinating:
                form.add_error("is_coordinating", _("Another department coordinates already."))
            coordinating |= values["is_coordinating"]


DepartmentRows = rows_of(DepartmentRow, DepartmentRowsBase, extra=8)


def department_choices(day: date) -> list[tuple[Any, str]]:
    rows = DepartmentVersion.objects.on(day).order_by("department__code")
    return [(row.department_id, row.short_name) for row in rows]


class PersonRow(RowForm):
    full_name = forms.CharField(label=pgettext_lazy("person", "Full name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("Department"), empty_label=_("Choose")
    )
    office = forms.ChoiceField(
        label=_("Office"),
        choices=[(one.value, one.label) for one in (Office.CADRE, Office.DEPUTY, Office.HEAD)],
        initial=Office.CADRE,
    )
    code = forms.CharField(
        label=_("Code"), max_length=40, required=False, validators=[CODE], help_text=_("or empty")
    )

    def __init__(self, *args: Any, departments: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [("", _("Choose")), *departments]  # type: ignore[attr-defined]  # a choice field

    def clean_full_name(self) -> str:
        return clean(self.cleaned_data["full_name"])

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class PersonRowsBase(Rows):
    def clean(self) -> None:
        """Codes and e-mails stand once; a name stands once in a department, or has a code."""
        people = list(Person.objects.values_list("code", "email"))
        codes = {code.lower() for code, _email in people}
        emails = {email.lower() for _code, email in people if email}
        names, heads = _held()
        for form, values in self.filled():
            place = (values["department"].pk, search_text(values["full_name"]))
            if values["code"] and values["code"].lower() in codes:
                form.add_error("code", _("Another person already has this code."))
            elif not values["code"] and place in names:
                form.add_error(
                    "full_name",
                    _("The department has this comrade already; another one needs a code."),
                )
            if values["email"] and values["email"] in emails:
                form.add_error("email", _("Another person already has this e-mail address."))
            if values["office"] == Office.HEAD and place[0] in heads:
                form.add_error("office", _("This department has a head already."))
            code = values["code"] or _free_code(codes)
            form.cleaned_data["code"] = code
            codes.add(code.lower())
            emails.add(values["email"])
            names.add(place)
            heads |= {place[0]} if values["office"] == Office.HEAD else set()


def _held() -> tuple[set[tuple[int | None, str]], set[int | None]]:
    """Names by department, and departments with a head: whoever is there until further notice."""
    rows = Appointment.objects.exclude(department=None).filter(ends_on=None)
    found = list(rows.values_list("department", "person__full_name", "office"))
    names: set[tuple[int | None, str]] = {
        (department, search_text(name)) for department, name, _office in found
    }
    return names, {department for department, _name, office in found if office == Office.HEAD}


def _free_code(codes: set[str]) -> str:
    number = len(codes)
    while f"cb{number:03d}" in codes:
        number += 1
    return f"CB{number:03d}"


PersonRows = rows_of(PersonRow, PersonRowsBase, extra=10)


class UnitsForm(forms.Form):
    with_table = forms.BooleanField(required=False, initial=True)
    affiliated = forms.CharField(
        label=_("Directly affiliated unions, one a line"),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Universities, colleges, workers' blocs. Those on record already stay."),
    )

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["with_table"].label = label

    def clean_affiliated(self) -> list[str]:
        names = [clean(line) for line in self.cleaned_data["affiliated"].splitlines()]
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(_("A name is too long; one union stands on one line."))
        return [name for name in names if name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("with_table") and values.get("affiliated") == []:
            raise forms.ValidationError(_("Tick the table, or write down at least one union."))
        return values
