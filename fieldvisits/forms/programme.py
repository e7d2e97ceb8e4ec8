"""The year's programme of work: which lines are shown, and one line of it (R23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Body
from accounts.models import Appointment, Person
from accounts.numbers import whole_number
from fieldvisits.calendar import Quarter
from fieldvisits.checks.programme import activity_problems
from fieldvisits.choices import ActivityEnd
from fieldvisits.forms.fields import DayField, UnitField, composed
from fieldvisits.forms.filters import ANY, LONGEST_WORDS
from fieldvisits.models import ProgrammeActivity
from fieldvisits.overview.names import DepartmentNames

if TYPE_CHECKING:
    from datetime import date

WORDS_LINES = 3


class ProgrammeFilter(forms.Form):
    """Always of one year; the year of today where none is named."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)
    month = forms.TypedChoiceField(
        label=_("Month"),
        choices=[*ANY, *((month, str(month)) for month in range(1, 13))],
        coerce=int,
        required=False,
        empty_value=None,
    )
    department = forms.TypedChoiceField(
        label=_("Department"), coerce=int, required=False, empty_value=None
    )
    words = forms.CharField(label=_("Activity"), max_length=LONGEST_WORDS, required=False)

    def __init__(
        self, *args: Any, years: list[int], departments: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]  # a choice field
        self.fields["department"].choices = [*ANY, *departments]  # type: ignore[attr-defined]  # a choice field

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"].replace("\0", "")
        return words


class ActivityForm(forms.ModelForm):
    """One line of the programme."""

    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("To, inclusive"), required=False, help_text=_("Left empty: one day only.")
    )
    host_unit = UnitField(label=_("Unit hosting it"), required=False)
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = ProgrammeActivity
        fields = ["title", "starts_on", "ends_on", "department", "person", "host_unit", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial["revision"] = self.instance.revision if self.instance.pk else ""
        also = (self.instance.host_unit_id, whole_number(self.data.get("host_unit")))
        around = Quarter.of(self.instance.starts_on or today)
        self.fields["host_unit"].offer(around, also=also)  # type: ignore[attr-defined]  # declared above
        self._offer_owners(today)
        self.fields["note"].widget.attrs["rows"] = WORDS_LINES
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "revision",
            Div(
                Field("title"),
                Field("starts_on", wrapper_class="w2"),
                Field("ends_on", wrapper_class="w2"),
                Field("department", wrapper_class="w3"),
                Field("person", wrapper_class="w3"),
                Field("host_unit"),
                Field("note"),
                css_class="fields",
            ),
        )

    def _offer_owners(self, today: date) -> None:
        """Departments of today and the people in them, and whoever stands there already."""
        names = DepartmentNames.read()
        offered = {row.pk: names.full(row.pk, today) for row in names.existing_on(today)}
        if kept := self.instance.department_id:
            offered.setdefault(kept, names.full(kept, self.instance.starts_on))
        self.fields["department"].choices = [("", _("Choose the department")), *offered.items()]  # type: ignore[attr-defined]  # a choice field
        held = Appointment.objects.on(today).filter(body=Body.DEPARTMENT).values("person")
        people = Person.objects.filter(pk__in=held, is_active=True)
        if self.instance.person_id:
            people = people | Person.objects.filter(pk=self.instance.person_id)
        choices = [(person.pk, person.full_name) for person in people.in_order()]
        field = self.fields["person"]
        field.choices = [("", _("Nobody in particular")), *choices]  # type: ignore[attr-defined]  # a choice field
        field.widget.attrs["data-search"] = ""

    def clean(self) -> dict[str, Any]:
        cleaned = composed(super().clean() or {})
        if cleaned.get("starts_on") and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            cleaned["ends_on"] = cleaned["starts_on"]
        return cleaned

    def _post_clean(self) -> None:
        """Add what the rules say of the line as typed, at the fields they are about."""
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, not in the stubs
        if not {"starts_on", "ends_on", "department"} & set(self.errors):
            for problem in activity_problems(self.instance):
                if problem.field not in self.errors:
                    self.add_error(problem.field or None, problem.message)

    def validate_constraints(self) -> None:
        """``checks`` says the same, at its field and without a question to the database."""


class ClosingForm(forms.Form):
    """What became of an activity, and on which day."""

    closed_as = forms.ChoiceField(
        label=_("What became of it"), choices=ActivityEnd.choices, widget=forms.RadioSelect
    )
    closed_on = DayField(label=_("Day"))
    note = forms.CharField(
        label=_("Remark"),
        max_length=300,
        required=False,
        help_text=_("Of a cancelled one: the reason. Whoever planned a visit for it reads it."),
    )

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})
