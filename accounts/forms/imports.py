"""What is uploaded, and which units are taken from what comes with the application."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from accounts.imports import uploads
from accounts.interchange.tables import tables
from accounts.interchange.wording import title_of

FIRST_YEAR, LAST_YEAR = 2000, 2100


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(SeveralFilesField, self).clean(file, initial) for file in files if file]


class UploadForm(forms.Form):
    """``upload`` is what is to be kept, once the form is valid."""

    upload: uploads.Upload

    file = SeveralFilesField(
        label=_("File"),
        allow_empty_file=True,  # ``uploads`` says what is wrong with it, and with none at all
        max_length=400,
        widget=SeveralFilesInput(attrs={"accept": ",".join(uploads.ENDINGS)}),
    )
    table = forms.ChoiceField(
        label=_("Which table a CSV file is for"),
        required=False,
        help_text=_("Only for one CSV file whose name does not say it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "One Excel workbook (.xlsx) with a sheet for each table, CSV files named after their "
            "tables, or a .zip of them; at most %(size)d MB and %(rows)s rows."
        ) % {
            "size": settings.IMPORT_FILE_BYTES >> 20,
            "rows": number_format(settings.IMPORT_ROWS, force_grouping=True),
        }
        choices = [(table.name, title_of(table.name)) for table in tables()]
        self.fields["table"].choices = [("", _("As the file is named")), *choices]  # type: ignore[attr-defined]  # a choice field
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "file" not in self.errors:
            try:
                self.upload = uploads.accepted(said.get("file") or [], said.get("table", ""))
            except ValidationError as refusal:
                self.add_error("file", refusal)
        return said


class ReadyMadeForm(forms.Form):
    """Hà Nội's real units: those of one day, or all with who took over from whom."""

    on = forms.DateField(
        label=_("The units there were on"),
        required=False,
        help_text=_("Empty: all of them, before and after 1/7/2025, and who took over from whom."),
        widget=forms.DateInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "num w-date"},
            format="%d/%m/%Y",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Row(Column("on")))

    def clean_on(self) -> date | None:
        day = self.cleaned_data["on"]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            message = _("The year has to lie between %(first)d and %(last)d.")
            raise ValidationError(message % {"first": FIRST_YEAR, "last": LAST_YEAR})
        return day
