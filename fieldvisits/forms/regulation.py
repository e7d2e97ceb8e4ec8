"""Settings of the regulation, made from the model's own fields; quotas by level one by one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import UnitLevel
from fieldvisits.forms.fields import FIRST_YEAR, LAST_YEAR, DayField, composed
from fieldvisits.models import Regulation
from fieldvisits.overview.regulation import label_of, setting_fields
from fieldvisits.overview.setting_sections import sections

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise

MOST = 1000  # of anything that is counted; a day count beyond it is a slip
LEAP_YEAR = 2020
QUOTAS = "level_quotas"
QUOTA = "quota_"


class SettingsForm(forms.ModelForm):
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    class Meta:
        model = Regulation
        fields = [field.name for field in setting_fields() if field.name != QUOTAS]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for model_field in setting_fields():
            if field := self.fields.get(model_field.name):
                field.label = label_of(model_field)[0]
                if isinstance(field, forms.IntegerField):
                    _bound(field)
        quotas = self.instance.level_quotas or {}
        for level in UnitLevel:
            self.fields[f"{QUOTA}{level}"] = forms.IntegerField(
                label=_("Days at units, level: %(level)s") % {"level": level.label},
                required=False,
                min_value=1,
                max_value=366,
                initial=quotas.get(level.value),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = composed(super().clean() or {})
        self._check_bounds(cleaned)
        for name in [name for name in cleaned if name.endswith("_month")]:
            self._check_day(cleaned, name.removesuffix("_month"))
        return cleaned

    def _check_bounds(self, cleaned: dict[str, Any]) -> None:
        """The model's own bounds: the form leaves the instance alone, which would ask them."""
        for field in setting_fields():
            if cleaned.get(field.name) is not None:
                try:
                    field.run_validators(cleaned[field.name])
                except ValidationError as error:
                    self.add_error(field.name, error)

    def _check_day(self, cleaned: dict[str, Any], name: str) -> None:
        """A month and a day beside it name a day that comes every year."""
        month, day = cleaned.get(f"{name}_month"), cleaned.get(f"{name}_day")
        if month is None or day is None:
            return
        try:
            date(LEAP_YEAR - 1, month, day)
        except ValueError:
            self.add_error(f"{name}_day", _("There is no such day in every year."))

    @property
    def sections(self) -> list[tuple[str, StrOrPromise, list[forms.BoundField]]]:
        """Key, heading and fields of each part, in the office's order."""
        return [
            (section.key, section.title, [self[name] for name in self._shown(section.names)])
            for section in sections()
        ]

    def _shown(self, names: Iterable[str]) -> list[str]:
        """The quotas are one setting, and a field for each level."""
        quotas = [f"{QUOTA}{level}" for level in UnitLevel]
        return [shown for name in names for shown in (quotas if name == QUOTAS else [name])]

    @property
    def values(self) -> dict[str, Any]:
        """What is to be written, by field of the model."""
        found = {name: self.cleaned_data[name] for name in self.Meta.fields}
        found[QUOTAS] = {
            level.value: self.cleaned_data[f"{QUOTA}{level}"]
            for level in UnitLevel
            if self.cleaned_data.get(f"{QUOTA}{level}")
        }
        return found

    def _post_clean(self) -> None:
        """Leave the instance as it is stored: the action writes, and compares before."""


def _bound(field: forms.IntegerField) -> None:
    if not isinstance(field.max_value, int) or field.max_value > MOST:
        limit = forms.IntegerField(max_value=MOST).validators
        field.max_value = MOST
        field.validators.extend(limit)
        field.widget.attrs["max"] = MOST


class VersionForm(SettingsForm):
    """A version for later years: its number, its name, and every setting."""

    issued_on = DayField(label=_("Date of issue"))
    first_year = forms.IntegerField(
        label=_("Applies from the year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    number = forms.CharField(label=_("Number"), max_length=60)
    title = forms.CharField(label=pgettext_lazy("regulation", "Title"), max_length=300)
    field_order = ("number", "title", "issued_on", "first_year")

    @property
    def sections(self) -> list[tuple[str, StrOrPromise, list[forms.BoundField]]]:
        about = [self[name] for name in self.field_order]
        return [("version", _("The version"), about), *super().sections]

    @property
    def about(self) -> dict[str, Any]:
        names = ("number", "title", "issued_on", "first_year")
        return {name: self.cleaned_data[name] for name in names}
