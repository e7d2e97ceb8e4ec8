"""Who holds what, for offices that are vacant: one choice each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.actions.first_offices import Choices
from accounts.choices import Body, Office
from accounts.forms.fields import DayField
from accounts.models import Department, Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from accounts.first_steps import Organisation

# Seats offered at one go: field, body, office, how many.
SEATS = (
    ("secretary", Body.STANDING_COMMITTEE, Office.SECRETARY, 1),
    ("deputy", Body.STANDING_COMMITTEE, Office.DEPUTY_SECRETARY, 3),
    ("member", Body.STANDING_COMMITTEE, Office.MEMBER, 2),
    ("inspector", Body.INSPECTION_COMMITTEE, Office.MEMBER, 3),
    ("clerk", Body.ADMINISTRATION, Office.CLERK, 1),
)
INSPECTOR = pgettext_lazy("office", "member of the Inspection Committee")


class OfficesForm(forms.Form):
    starts_on = DayField(label=gettext_lazy("From"))

    def __init__(self, *args: Any, found: Organisation, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"starts_on": today.replace(month=1, day=1)}
        super().__init__(*args, **kwargs)
        rows = Person.objects.filter(is_active=True).exclude(appointments__body=Body.UNIT)
        # Who is in another department cannot head this one: only its own, or who is in none.
        self.people = {str(person.pk): person for person in rows.in_order()}
        self.options = [
            ("", _("Leave vacant")),
            *((pk, f"{person.full_name} ({person.code})") for pk, person in self.people.items()),
        ]
        self.departments = found.departments
        place = {str(one): pk for pk, people in found.people.items() for one in people}
        for pk, name in found.departments.items():
            if pk not in found.heads:
                own = [option for option in self.options if place.get(option[0], pk) == pk]
                self._ask(f"head_{pk}", _("Head: %(name)s") % {"name": name}, own)
            if pk not in found.in_charge:
                self._ask(f"charge_{pk}", _("In charge: %(name)s") % {"name": name}, self.options)
        for field, _body, office, number in SEATS:
            label = INSPECTOR if field == "inspector" else Office(office).label
            for turn in range(1, number + 1):
                if not (field == "secretary" and found.secretary):
                    self._ask(f"{field}_{turn}", capfirst(str(label)), self.options)

    def _ask(self, name: str, label: str, options: list[Any]) -> None:
        self.fields[name] = forms.ChoiceField(
            choices=options,
            label=label,
            required=False,
            widget=forms.Select(attrs={"class": "form-select"}),
        )

    def rows(self, found: Organisation) -> Iterator[dict[str, Any]]:
        """Department by department: who is there, or the field that asks."""
        for pk, name in found.departments.items():
            yield {
                "name": name,
                "head": found.heads.get(pk) or "",
                "head_field": self[f"head_{pk}"] if f"head_{pk}" in self.fields else None,
                "charge": found.in_charge.get(pk) or "",
                "charge_field": self[f"charge_{pk}"] if f"charge_{pk}" in self.fields else None,
            }

    def seats(self) -> list[Any]:
        starts = tuple(field for field, *_rest in SEATS)
        return [self[name] for name in self.fields if name.startswith(starts)]

    def choices(self) -> Choices:
        picked = {
            name: self.people[value]
            for name, value in self.cleaned_data.items()
            if name != "starts_on" and value
        }
        departments = Department.objects.in_bulk(list(self.departments))
        return Choices(
            heads={
                departments[pk]: picked[f"head_{pk}"]
                for pk in departments
                if f"head_{pk}" in picked
            },
            in_charge={
                departments[pk]: picked[f"charge_{pk}"]
                for pk in departments
                if f"charge_{pk}" in picked
            },
            seats=[
                (body, office, picked[f"{field}_{turn}"])
                for field, body, office, number in SEATS
                for turn in range(1, number + 1)
                if f"{field}_{turn}" in picked
            ],
        )
