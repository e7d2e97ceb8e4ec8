"""What a report is asked for with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from fieldvisits.models import Regulation
from reports import permissions
from reports.figures import default_as_of

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person

FIRST_YEAR = 2000


class DepartmentField(forms.ModelChoiceField):
    """Departments under the names they have today."""

    today: date

    def label_from_instance(self, department: Department) -> str:
        return department.name_on(self.today)


class AnnualReportForm(forms.Form):
    # Sent twice (double click, back button), one form asks for one report.
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, initial=uuid4)
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR)
    as_of = forms.DateField(
        label=_("Figures as of the end of"),
        help_text=_("dd/mm/yyyy. Left empty: today, or the last day of the year reported on."),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"}),
        required=False,
    )
    department = DepartmentField(Department.objects.none(), label=_("Whose figures"))

    def __init__(self, *args: Any, by: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["year"].initial = today.year
        self.fields["as_of"].initial = default_as_of(today.year, today)
        self._offer_departments(by)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "form_key", Row(Column("year"), Column("as_of"), Column("department"))
        )

    def _offer_departments(self, by: Person) -> None:
        field = self.fields["department"]
        field.today = self.today  # type: ignore[attr-defined]  # it is our own field
        departments = Department.objects.prefetch_related("versions")
        if permissions.ask_for_annual_report(by, None, on=self.today):
            field.required = False
            field.empty_label = _("The whole agency")  # type: ignore[attr-defined]  # as above
        else:
            own = by.offices(self.today).headed_id
            departments = departments.filter(pk=own) if own else departments.none()
            field.empty_label = None  # type: ignore[attr-defined]  # as above
        field.queryset = departments  # type: ignore[attr-defined]  # as above

    def clean_form_key(self) -> UUID | None:
        try:
            return UUID(self.cleaned_data["form_key"])
        except ValueError:
            return None

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if year > self.today.year + 1:
            raise forms.ValidationError(_("This year lies too far ahead."))
        return int(year)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (year := cleaned.get("year")) is None or "as_of" not in cleaned:
            return cleaned
        first, last = Regulation.objects.for_year(year).window(year)
        day = cleaned["as_of"] = cleaned["as_of"] or min(self.today, last)
        if not first <= day <= last:
            self.add_error(
                "as_of",
                _("The year %(year)d is counted from %(first)s to %(last)s; choose a day in it.")
                % {"year": year, "first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"},
            )
        elif day > self.today:
            self.add_error("as_of", _("This day has not come yet: choose today or an earlier day."))
        return cleaned
